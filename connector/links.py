"""Addresses of an order's pages at Amazon and in Commerce, for people to open."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from connector.amazon.marketplaces import MARKETPLACES

SELLER_CENTRAL_ORDER = "/orders-v3/order/{number}"
COMMERCE_ORDER = "/sales/order/view/order_id/{entity_id}"


@dataclass(frozen=True)
class Links:
    """Where the pages of both systems live. ``seller_central`` empty: the marketplace's own."""

    commerce_admin: str
    seller_central: str = ""

    def seller_central_order(self, marketplace: str, amazon_order_id: str) -> str:
        base = self.seller_central or f"https://{MARKETPLACES[marketplace].seller_central}"
        return base.rstrip("/") + SELLER_CENTRAL_ORDER.format(number=quote(amazon_order_id, safe=""))

    def commerce_order(self, entity_id: int) -> str:
        return self.commerce_admin.rstrip("/") + COMMERCE_ORDER.format(entity_id=entity_id)
