"""Looks at an order that is due and says what blocks it. Pure: catalog and stock are handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from connector.domain.blockers import Blocker, Code, by_precedence
from connector.domain.order import Order
from connector.domain.totals import expected_total

SUPPORTED_TYPES = frozenset({"simple", "virtual"})


@dataclass(frozen=True)
class Product:
    """What the connector needs to know of a catalog product."""

    sku: str
    enabled: bool
    type: str
    website_ids: frozenset[int]
    id: int = 0
    """Commerce's number of it; 0 where it was not asked for."""


@dataclass(frozen=True)
class Catalog:
    """The seller SKUs of some orders: which product each means, and which products exist."""

    product_of: Mapping[str, str]
    """Seller SKU to catalog SKU: matched by hand, or the same text."""
    products: Mapping[str, Product]
    linked_before: frozenset[str]
    """Seller SKUs that had a product at an earlier import, or are matched to one by hand."""

    def product(self, seller_sku: str) -> Product | None:
        return self.products.get(self.product_of.get(seller_sku, seller_sku))


@dataclass(frozen=True)
class Shop:
    """Where the store's orders go."""

    website: str
    website_id: int


def blockers_before_stock(order: Order, catalog: Catalog, shop: Shop, *, tax_included: bool) -> list[Blocker]:
    """Everything that can be said without looking at stock."""
    found = _data_blockers(order, tax_included=tax_included)
    for seller_sku in order.needed:
        found += _item_blockers(seller_sku, catalog, shop)
    return by_precedence(found)


def stock_blockers(order: Order, catalog: Catalog, available: Mapping[str, Decimal]) -> list[Blocker]:
    """A blocker for each product of which fewer units are salable than ordered (B-03, X-24).

    ``available``: catalog SKU to salable units; a SKU that is missing there is not judged.
    """
    found = []
    for sku, (seller_sku, needed) in _needed_products(order, catalog).items():
        if sku in available and available[sku] < needed:
            data = {
                "sku": seller_sku,
                "product": sku,
                "needed": str(needed),
                "available": f"{max(available[sku], Decimal(0)).normalize():f}",
            }
            found.append(Blocker(Code.ITEM_OUT_OF_STOCK, data))
    return found


def rule_blockers(order: Order, catalog: Catalog, broken: Mapping[str, str]) -> list[Blocker]:
    """A blocker for each product whose quantity rules refuse the number (F40). ``broken``: SKU to message."""
    needed = _needed_products(order, catalog)
    return [
        Blocker(Code.QUANTITY_RULE, {"sku": needed[sku][0], "product": sku, "reason": message})
        for sku, message in broken.items()
        if message and sku in needed
    ]


def needed_products(order: Order, catalog: Catalog) -> dict[str, int]:
    """Catalog SKU to units, over all lines whose product exists and has units of its own."""
    return {sku: needed for sku, (_, needed) in _needed_products(order, catalog).items()}


def _needed_products(order: Order, catalog: Catalog) -> dict[str, tuple[str, int]]:
    needed: dict[str, tuple[str, int]] = {}
    for seller_sku, units in order.needed.items():
        product = catalog.product(seller_sku)
        if product is not None and product.type in SUPPORTED_TYPES:  # of others Commerce refuses to be asked
            before = needed.get(product.sku, (seller_sku, 0))
            needed[product.sku] = (before[0], before[1] + units)
    return needed


def _data_blockers(order: Order, *, tax_included: bool) -> list[Blocker]:
    free = order.total == 0  # F50: a replacement has no prices at all
    if not order.live_lines or any(line.item_total is None and not free for line in order.live_lines):
        return [Blocker(Code.DETAILS_INCOMPLETE)]
    found = []
    if order.address_withheld:
        found.append(Blocker(Code.PII_UNAVAILABLE))
    total = expected_total(order, tax_included=tax_included)
    if order.total is not None and total != order.total:
        found.append(Blocker(Code.TOTAL_MISMATCH, {"sum": str(total), "total": str(order.total)}))
    return found


def _item_blockers(seller_sku: str, catalog: Catalog, shop: Shop) -> list[Blocker]:
    product = catalog.product(seller_sku)
    if product is None:
        gone = seller_sku in catalog.linked_before
        code = Code.ITEM_DELETED if gone else Code.ITEM_NOT_IN_CATALOG
        return [Blocker(code, {"sku": seller_sku, "product": catalog.product_of.get(seller_sku, seller_sku)})]
    data = {"sku": seller_sku, "product": product.sku, "website": shop.website, "type": product.type}
    found = []
    if not product.enabled:
        found.append(Blocker(Code.ITEM_DISABLED, data))
    if shop.website_id not in product.website_ids:
        found.append(Blocker(Code.ITEM_NOT_IN_WEBSITE, data))
    if product.type not in SUPPORTED_TYPES:
        found.append(Blocker(Code.ITEM_TYPE_UNSUPPORTED, data))
    return found
