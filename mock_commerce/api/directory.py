"""The directory: countries with their regions, and the shop's currencies. Anonymous, as in Commerce."""

from __future__ import annotations

from typing import Any

from mock_commerce.access.auth import ANONYMOUS
from mock_commerce.config.settings import BASE_CURRENCY, RATES, current
from mock_commerce.directory.countries import COUNTRIES, Country
from mock_commerce.directory.regions import REGIONS
from mock_commerce.errors import NoSuchEntity
from mock_commerce.webapi.rest import section, serves
from mock_commerce.wire.values import number
from simkit.simulation import operation

bp = section("directory")

SYMBOL = "$"


@bp.get("/directory/countries")
@operation("list_countries")
@serves(ANONYMOUS)
def list_countries() -> list[dict[str, Any]]:
    """countryInformationAcquirer.getCountriesInfo: all countries with their regions."""
    return [_document(country) for country in COUNTRIES.values()]


@bp.get("/directory/countries/<segment:country_id>")
@operation("get_country")
@serves(ANONYMOUS)
def get_country(country_id: str) -> dict[str, Any]:
    """countryInformationAcquirer.getCountryInfo: one country with its regions."""
    country = COUNTRIES.get(country_id.upper())
    if country is None:
        raise NoSuchEntity("The country isn't available.")
    return _document(country)


def _document(country: Country) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": country.code,
        "two_letter_abbreviation": country.code,
        "three_letter_abbreviation": country.long_code,
        "full_name_locale": country.name,
        "full_name_english": country.name,
    }
    if regions := REGIONS.get(country.code):
        document["available_regions"] = [
            {"id": str(region.id), "code": region.code, "name": region.name} for region in regions
        ]
    return document


@bp.get("/directory/currency")
@operation("get_currencies")
@serves(ANONYMOUS)
def get_currencies() -> dict[str, Any]:
    """currencyInformationAcquirer.getCurrencyInfo: the base currency, and what others cost in it."""
    codes = current().currencies
    return {
        "base_currency_code": BASE_CURRENCY,
        "base_currency_symbol": SYMBOL,
        "default_display_currency_code": BASE_CURRENCY,
        "default_display_currency_symbol": SYMBOL,
        "available_currency_codes": list(codes),
        "exchange_rates": [{"currency_to": code, "rate": number(RATES[code])} for code in codes],
    }
