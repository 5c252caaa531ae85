"""The marketplaces of the Selling Partner API: ids, names, currencies. Pure data and look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NO_DECIMALS = frozenset({"JPY"})
TAX_ON_TOP = frozenset({"US", "CA", "MX"})


@dataclass(frozen=True)
class Marketplace:
    """One marketplace; ``code`` is the word that people use for it (UK, not GB)."""

    code: str
    id: str
    domain: str
    currency: str
    language: str

    @property
    def name(self) -> str:
        return self.domain.capitalize()

    @property
    def country(self) -> str:
        return "GB" if self.code == "UK" else self.code

    @property
    def tax_included(self) -> bool:
        """Whether prices contain the tax; in North America it comes on top."""
        return self.code not in TAX_ON_TOP

    @property
    def decimals(self) -> int:
        return 0 if self.currency in NO_DECIMALS else 2

    def amount(self, value: Decimal) -> str:
        """An amount as Amazon writes it: text, with the decimals of the currency."""
        return f"{value:.{self.decimals}f}"

    def money(self, value: Decimal) -> dict[str, str]:
        return {"amount": self.amount(value), "currencyCode": self.currency}

    def as_wire(self) -> dict[str, Any]:
        """The marketplace object of the Sellers API."""
        return {
            "id": self.id,
            "name": self.name,
            "countryCode": self.country,
            "defaultCurrencyCode": self.currency,
            "defaultLanguageCode": self.language,
            "domainName": f"www.{self.domain}",
        }


MARKETPLACES = (
    Marketplace("US", "ATVPDKIKX0DER", "amazon.com", "USD", "en_US"),
    Marketplace("CA", "A2EUQ1WTGCTBG2", "amazon.ca", "CAD", "en_CA"),
    Marketplace("MX", "A1AM78C64UM0Y8", "amazon.com.mx", "MXN", "es_MX"),
    Marketplace("BR", "A2Q3Y263D00KWC", "amazon.com.br", "BRL", "pt_BR"),
    Marketplace("UK", "A1F83G8C2ARO7P", "amazon.co.uk", "GBP", "en_GB"),
    Marketplace("DE", "A1PA6795UKMFR9", "amazon.de", "EUR", "de_DE"),
    Marketplace("FR", "A13V1IB3VIYZZH", "amazon.fr", "EUR", "fr_FR"),
    Marketplace("IT", "APJ6JRA9NG5V4", "amazon.it", "EUR", "it_IT"),
    Marketplace("ES", "A1RKKUPIHCS9HS", "amazon.es", "EUR", "es_ES"),
    Marketplace("NL", "A1805IZSGTT6HS", "amazon.nl", "EUR", "nl_NL"),
    Marketplace("BE", "AMEN7PMS3EDWL", "amazon.com.be", "EUR", "fr_BE"),
    Marketplace("IE", "A28R8C7NBKEWEA", "amazon.ie", "EUR", "en_IE"),
    Marketplace("SE", "A2NODRKZP88ZB9", "amazon.se", "SEK", "sv_SE"),
    Marketplace("PL", "A1C3SOZRARQ6R3", "amazon.pl", "PLN", "pl_PL"),
    Marketplace("TR", "A33AVAJ2PDY3EV", "amazon.com.tr", "TRY", "tr_TR"),
    Marketplace("AE", "A2VIGQ35RCS4UG", "amazon.ae", "AED", "en_AE"),
    Marketplace("SA", "A17E79C6D8DWNP", "amazon.sa", "SAR", "ar_SA"),
    Marketplace("EG", "ARBP9OOSHTCHU", "amazon.eg", "EGP", "ar_EG"),
    Marketplace("ZA", "AE08WJ6YKNBMC", "amazon.co.za", "ZAR", "en_ZA"),
    Marketplace("IN", "A21TJRUUN4KGV", "amazon.in", "INR", "en_IN"),
    Marketplace("JP", "A1VC38T7YXB528", "amazon.co.jp", "JPY", "ja_JP"),
    Marketplace("AU", "A39IBJ37TRP1C6", "amazon.com.au", "AUD", "en_AU"),
    Marketplace("SG", "A19VAU5U5O7RUS", "amazon.sg", "SGD", "en_SG"),
)

BY_ID = {marketplace.id: marketplace for marketplace in MARKETPLACES}
FAR_EAST = frozenset(marketplace.id for marketplace in MARKETPLACES if marketplace.code in {"JP", "AU", "SG"})
"""The marketplaces that the host of region FE answers for."""
BY_CODE = {marketplace.code: marketplace for marketplace in MARKETPLACES}
