"""What Commerce's directory knows, read once: store views, currencies, regions of countries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import quote

import requests

from connector.commerce.client import SYSTEM, CommerceClient, StoreView
from connector.domain.blockers import Code
from connector.errors import AbortRun, GiveUpOnOrder
from connector.http import shaped


@dataclass(frozen=True)
class Region:
    """A region as Commerce's addresses carry it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Currencies:
    """The shop's own currency, and how much of others one unit of it buys."""

    base: str
    rates: Mapping[str, Decimal]

    def rate(self, currency: str) -> Decimal | None:
        return Decimal(1) if currency == self.base else self.rates.get(currency)


class Directory:
    """The directory as one store view sees it; each part is asked for when it is needed first."""

    def __init__(self, commerce: CommerceClient, website_id: int, store_view: str) -> None:
        self._commerce = commerce
        self._website_id = website_id
        self._code = store_view
        self._regions: dict[str, dict[str, Region] | None] = {}

    @cached_property
    def view(self) -> StoreView:
        """The store view.

        Raises AbortRun where the website has none of that code.
        """
        for view in self._commerce.store_views(self._website_id):
            if view.code == self._code:
                return view
        raise AbortRun(
            Code.STORE_CONFIG,
            f"Commerce has no store view {self._code!r} in the store's website",
            "Name a store view of that website in the setting store_view.",
        )

    @cached_property
    def currencies(self) -> Currencies:
        return self._read_currencies()

    def regions(self, country: str) -> Mapping[str, Region] | None:
        """Regions by code and by name in small letters; None: Commerce does not know the country."""
        if country not in self._regions:
            self._regions[country] = self._read_regions(country)
        return self._regions[country]

    @shaped(SYSTEM)
    def _read_currencies(self) -> Currencies:
        answer = self._commerce.call("GET", "directory/currency", view=self.view.code)
        rates = {rate["currency_to"]: Decimal(rate["rate"]) for rate in answer["exchange_rates"]}
        known = {code: rate for code, rate in rates.items() if rate}  # a rate that was never set is 0
        return Currencies(str(answer["base_currency_code"]), known)

    @shaped(SYSTEM)
    def _read_regions(self, country: str) -> dict[str, Region] | None:
        try:
            answer = self._commerce.call("GET", f"directory/countries/{quote(country, safe='')}")
        except GiveUpOnOrder as refusal:
            if refusal.status == requests.codes.not_found:
                return None
            raise
        found: dict[str, Region] = {}
        for entry in answer.get("available_regions") or []:
            region = Region(int(entry["id"]), str(entry["code"]), str(entry["name"]))
            found[region.code.casefold()] = found[region.name.casefold()] = region
        return found
