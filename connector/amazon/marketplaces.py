"""The marketplaces a store can be tied to: id, and whether their prices include tax.

Source: the Selling Partner API's list of marketplace ids.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marketplace:
    """A country's marketplace."""

    code: str
    id: str
    seller_central: str
    tax_included: bool = True


_ALL = (
    Marketplace("US", "ATVPDKIKX0DER", "sellercentral.amazon.com", tax_included=False),
    Marketplace("CA", "A2EUQ1WTGCTBG2", "sellercentral.amazon.ca", tax_included=False),
    Marketplace("MX", "A1AM78C64UM0Y8", "sellercentral.amazon.com.mx", tax_included=False),
    Marketplace("BR", "A2Q3Y263D00KWC", "sellercentral.amazon.com.br"),
    Marketplace("UK", "A1F83G8C2ARO7P", "sellercentral.amazon.co.uk"),
    Marketplace("IE", "A28R8C7NBKEWEA", "sellercentral.amazon.ie"),
    Marketplace("DE", "A1PA6795UKMFR9", "sellercentral.amazon.de"),
    Marketplace("FR", "A13V1IB3VIYZZH", "sellercentral.amazon.fr"),
    Marketplace("IT", "APJ6JRA9NG5V4", "sellercentral.amazon.it"),
    Marketplace("ES", "A1RKKUPIHCS9HS", "sellercentral.amazon.es"),
    Marketplace("NL", "A1805IZSGTT6HS", "sellercentral.amazon.nl"),
    Marketplace("BE", "AMEN7PMS3EDWL", "sellercentral.amazon.com.be"),
    Marketplace("SE", "A2NODRKZP88ZB9", "sellercentral.amazon.se"),
    Marketplace("PL", "A1C3SOZRARQ6R3", "sellercentral.amazon.pl"),
    Marketplace("TR", "A33AVAJ2PDY3EV", "sellercentral.amazon.com.tr"),
    Marketplace("AE", "A2VIGQ35RCS4UG", "sellercentral.amazon.ae"),
    Marketplace("IN", "A21TJRUUN4KGV", "sellercentral.amazon.in"),
    Marketplace("JP", "A1VC38T7YXB528", "sellercentral.amazon.co.jp"),
    Marketplace("AU", "A39IBJ37TRP1C6", "sellercentral.amazon.com.au"),
    Marketplace("SG", "A19VAU5U5O7RUS", "sellercentral.amazon.sg"),
)

MARKETPLACES = {marketplace.code: marketplace for marketplace in _ALL}
