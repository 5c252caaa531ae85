"""The catalog as far as one run has looked at it: matches by hand first, else the same SKU (X-27)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from connector.commerce.client import CommerceClient
from connector.database import db
from connector.domain.assessment import Catalog, Product
from connector.models import Match

_MATCHES = select(Match.seller_sku, Match.sku).where(Match.store_id == bindparam("store"))


class CatalogCache:
    """Products by catalog SKU; each is looked up once in a run."""

    def __init__(self, commerce: CommerceClient, store_id: int) -> None:
        self._commerce = commerce
        matches = db.session.execute(_MATCHES, {"store": store_id})
        self.matches = {match.seller_sku: match.sku for match in matches}
        self._products: dict[str, Product | None] = {}

    def load(self, seller_skus: Iterable[str], *, again: bool = False) -> Catalog:
        """What is known of these seller SKUs; ``again``: asked anew."""
        wanted = {self.matches.get(sku, sku) for sku in seller_skus}
        missing = sorted(sku for sku in wanted if sku and (again or sku not in self._products))
        if missing:
            self._products.update(dict.fromkeys(missing))
            # Commerce compares SKUs without case; a product of another spelling is another product (F28).
            found = {product.sku: product for product in self._commerce.products(missing)}
            self._products.update({sku: found[sku] for sku in missing if sku in found})
        products = {sku: product for sku in wanted if (product := self._products.get(sku)) is not None}
        return Catalog(self.matches, products, frozenset(self.matches))
