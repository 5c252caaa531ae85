"""Physical quantities and reservations, and what follows from them: the salable quantity.

salable = units at enabled sources with status "in stock" + reservations - the product's threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from mock_commerce.cron import schedule
from mock_commerce.models import Order, Product, Reservation, Source, SourceItem, db, sku_key

ZERO = Decimal(0)
DEFAULT_SOURCE = "default"
DEFAULT_STOCK = 1
STOCK_NAME = "Default Stock"
IN_STOCK = 1
OUT_OF_STOCK = 0


class NotEnoughAtSource(Exception):
    """A source has fewer units than are to be taken from it."""


@dataclass(frozen=True)
class Objection:
    """Why a quantity cannot be sold: Commerce's code and words."""

    code: str
    message: str
    parameters: tuple[str, ...] = ()


def find_product(sku: str) -> Product | None:
    return db.session.scalar(select(Product).where(Product.sku_key == sku_key(sku)))


def find_products(skus: Iterable[str]) -> dict[str, Product]:
    """The products of those SKUs by their key."""
    keys = {sku_key(sku) for sku in skus}
    products = db.session.scalars(select(Product).where(Product.sku_key.in_(keys)))
    return {product.sku_key: product for product in products}


def at_sources(keys: Iterable[str]) -> dict[str, Decimal]:
    """Units by SKU key at enabled sources, as far as they are in stock."""
    query = (
        select(SourceItem.sku_key, func.sum(SourceItem.quantity, type_=SourceItem.quantity.type))
        .join(Source, Source.source_code == SourceItem.source_code)
        .where(SourceItem.sku_key.in_(list(keys)), SourceItem.status == IN_STOCK, Source.enabled)
        .group_by(SourceItem.sku_key)
    )
    return dict(db.session.execute(query).all())


def reserved(keys: Iterable[str] | None = None) -> dict[str, Decimal]:
    """The sum of reservations by SKU key; below zero where units are held back."""
    query = select(
        Reservation.sku_key, func.sum(Reservation.quantity, type_=Reservation.quantity.type)
    ).group_by(Reservation.sku_key)
    if keys is not None:
        query = query.where(Reservation.sku_key.in_(list(keys)))
    return dict(db.session.execute(query).all())


def salable(products: Mapping[str, Product]) -> dict[str, Decimal]:
    """The salable quantity by SKU key of those that some enabled source has in stock."""
    units, held = at_sources(products), reserved(products)
    return {
        key: units[key] + held.get(key, ZERO) - product.min_qty
        for key, product in products.items()
        if key in units
    }


def quantity_rule(product: Product, quantity: Decimal) -> Objection | None:
    """The product's rule on cart quantities that a quantity breaks."""
    start = "is_correct_qty"
    if quantity < product.min_sale_qty:
        least = _plain(product.min_sale_qty)
        return Objection(f"{start}-min_sale_qty", "The fewest you may purchase is %1.", (least,))
    if quantity > product.max_sale_qty:
        message = "The requested qty exceeds the maximum qty allowed in shopping cart"
        return Objection(f"{start}-max_sale_qty", message)
    if quantity % 1:
        return Objection(f"{start}-is_qty_decimal", "You cannot use decimal quantity for this product.")
    if product.qty_increments and quantity % product.qty_increments:
        step = _plain(product.qty_increments)
        message = "You can buy this product only in quantities of %1 at a time."
        return Objection(f"{start}-qty_increment", message, (step,))
    return None


def objection(product: Product, quantity: Decimal) -> Objection | None:
    """What the stock says against selling a quantity."""
    if broken := quantity_rule(product, quantity):
        return broken
    if not product.manage_stock:
        return None
    units = salable({product.sku_key: product}).get(product.sku_key)
    if units is None:
        message = "There are no source items with the in stock status"
        return Objection("is_any_source_item_in_stock-no_source_items_in_stock", message)
    if product.backorders or units >= quantity:
        return None
    message = "The requested qty is not available"
    return Objection("is_salable_with_reservations-not_enough_qty", message)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def reserve(order: Order, sku: str, quantity: Decimal, event: str) -> None:
    """Write a reservation; below zero holds units back."""
    row = Reservation(order_id=order.entity_id, sku=sku, sku_key=sku_key(sku), quantity=quantity, event=event)
    db.session.add(row)
    if quantity > 0:
        schedule.want(schedule.RESERVATIONS)


def reserve_all(order: Order) -> None:
    """Hold back what a new order needs; lines are not merged, and those with children hold nothing."""
    for item in order.items:
        if item.has_children:
            continue
        reserve(order, item.sku, -item.qty_ordered, "order_placed")


def source_item(sku: str, source: str = DEFAULT_SOURCE) -> SourceItem | None:
    return db.session.get(SourceItem, (sku_key(sku), source))


def set_quantity(sku: str, source: str, quantity: Decimal, status: int) -> None:
    """Write the physical quantity of a SKU at a source."""
    row = source_item(sku, source)
    if row is None:
        product = find_product(sku)
        row = SourceItem(sku_key=sku_key(sku), source_code=source, sku=product.sku if product else sku)
        db.session.add(row)
    row.quantity, row.status = quantity, status


def automatic_status(product: Product, quantity: Decimal) -> int:
    """In stock unless the merchant says otherwise or there is nothing to sell."""
    return (
        IN_STOCK if product.in_stock and (quantity > product.min_qty or product.backorders) else OUT_OF_STOCK
    )


def take(sku: str, source: str, units: Decimal) -> None:
    """Take units out of a source; unmanaged stock is left alone.

    Raises NotEnoughAtSource, even where backorders are allowed.
    """
    product = find_product(sku)
    if product is not None and not product.manage_stock:
        return
    row = source_item(sku, source)
    if row is None or row.quantity < units:
        raise NotEnoughAtSource("Not all of your products are available in the requested quantity.")
    row.quantity -= units
    threshold = product.min_qty if product is not None else ZERO
    if row.quantity <= threshold and not (product is not None and product.backorders):
        row.status = OUT_OF_STOCK


def put_back(sku: str, source: str, units: Decimal) -> None:
    """Put returned units into a source again."""
    row = source_item(sku, source)
    product = find_product(sku)
    if row is not None and product is not None and product.manage_stock:
        row.quantity += units
        row.status = automatic_status(product, row.quantity)


def source_items(product: Product) -> list[SourceItem]:
    query = select(SourceItem).where(SourceItem.sku_key == product.sku_key)
    return list(db.session.scalars(query.order_by(SourceItem.source_code)))
