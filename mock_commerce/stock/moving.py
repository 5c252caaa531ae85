"""Changes of quantities: reservations, units taken out and put back, counts by hand."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import delete, update

from mock_commerce.config.settings import current
from mock_commerce.cron import schedule
from mock_commerce.models import Order, Product, Reservation, SourceItem, db, sku_key
from mock_commerce.stock import stocks
from mock_commerce.stock.quantities import IN_STOCK, OUT_OF_STOCK, ZERO, find_product, source_item


class NotEnoughAtSource(Exception):
    """A source has fewer units than are to be taken from it."""


def reserve(order: Order, sku: str, quantity: Decimal, event: str) -> None:
    """Write a reservation in the stock of the order's website; below zero holds units back.

    Products whose stock is not managed have none (code of magento/inventory).
    """
    product = find_product(sku)
    if product is not None and not product.manage_stock:
        return
    row = Reservation(
        stock_id=stocks.of_store(order.store_id),
        order_id=order.entity_id,
        sku=sku,
        sku_key=sku_key(sku),
        quantity=quantity,
        event=event,
    )
    db.session.add(row)
    if quantity > 0:
        schedule.want(schedule.RESERVATIONS)


def reserve_all(order: Order) -> None:
    """Hold back what a new order needs; lines are not merged, and those with children hold nothing."""
    for item in order.items:
        if item.has_children:
            continue
        reserve(order, item.sku, -item.qty_ordered, "order_placed")


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

    Raises NotEnoughAtSource, with the quirk ``shipping_needs_units`` even where backorders are allowed.
    """
    product = find_product(sku)
    if product is not None and not product.manage_stock:
        return
    row = source_item(sku, source)
    if row is None:
        raise NotEnoughAtSource(f"Source item not found by source code: {source} and sku: {sku}.")
    on_order = product is not None and bool(product.backorders)
    if row.quantity < units and (not on_order or current().has("shipping_needs_units")):
        raise NotEnoughAtSource("Not all of your products are available in the requested quantity.")
    row.quantity -= units
    threshold = product.min_qty if product is not None else ZERO
    if row.quantity <= threshold and not on_order:
        row.status = OUT_OF_STOCK


def put_back(sku: str, source: str, units: Decimal) -> None:
    """Put returned units into a source again."""
    row = source_item(sku, source)
    product = find_product(sku)
    if row is not None and product is not None and product.manage_stock:
        row.quantity += units
        row.status = automatic_status(product, row.quantity)


def rename(product: Product, sku: str) -> None:
    """Let source items and reservations follow a product to its new SKU."""
    for model in (SourceItem, Reservation):
        query = update(model).where(model.sku_key == product.sku_key)
        db.session.execute(query.values(sku=sku, sku_key=sku_key(sku)))
    product.sku, product.sku_key = sku, sku_key(sku)


def forget(product: Product) -> None:
    """Remove what sources have of a product; its reservations stay where inventory#3373 does."""
    take_off(product)
    if not current().has("reservations_outlive_products"):
        db.session.execute(delete(Reservation).where(Reservation.sku_key == product.sku_key))


def take_off(product: Product) -> None:
    """Take a product off all sources."""
    db.session.execute(delete(SourceItem).where(SourceItem.sku_key == product.sku_key))
