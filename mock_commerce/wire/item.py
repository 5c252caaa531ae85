"""A line of an order, and what a part of its units is worth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce.models import Order, OrderItem
from mock_commerce.wire.values import cents, in_both_currencies, number, time, without_nulls

ZERO = Decimal(0)


def portion(amount: Decimal, units: Decimal, ordered: Decimal) -> Decimal:
    """What the first ``units`` of a line are worth, to the cent; all of them are worth all of it."""
    if units >= ordered:
        return amount
    return cents(amount * units / ordered)


def slice_of(amount: Decimal, done: Decimal, units: Decimal, ordered: Decimal) -> Decimal:
    """What the next ``units`` are worth after ``done``: parts always add up to the whole."""
    return portion(amount, done + units, ordered) - portion(amount, done, ordered)


def item_documents(order: Order, rate: Decimal) -> list[dict[str, Any]]:
    """The lines of an order; a child carries its parent."""
    rows = {item.item_id: item_document(item, order, rate) for item in order.items}
    return [
        {**row, "parent_item": rows[row["parent_item_id"]]} if row.get("parent_item_id") in rows else row
        for row in rows.values()
    ]


def item_document(item: OrderItem, order: Order, rate: Decimal) -> dict[str, Any]:
    document = {
        "item_id": item.item_id,
        "order_id": order.entity_id,
        "store_id": order.store_id,
        "product_id": item.product_id,
        "product_type": item.product_type,
        "sku": item.sku,
        "name": item.name,
        "ext_order_item_id": item.ext_order_item_id,
        "parent_item_id": item.parent_item_id,
        "is_virtual": int(item.is_virtual),
        "is_qty_decimal": 0,
        "free_shipping": 0,
        "no_discount": 0,
        **_quantities(item),
        **in_both_currencies(_amounts(item), rate),
        "tax_percent": 0,
        "discount_percent": 0,
        "created_at": time(order.created_at),
        "updated_at": time(order.updated_at),
        **item.extra,
    }
    return without_nulls(document, ("sku",))


def _quantities(item: OrderItem) -> dict[str, int | float]:
    return {
        "qty_ordered": number(item.qty_ordered),
        "qty_invoiced": number(item.qty_invoiced),
        "qty_shipped": number(item.qty_shipped),
        "qty_refunded": number(item.qty_refunded),
        "qty_canceled": number(item.qty_canceled),
    }


def _amounts(item: OrderItem) -> dict[str, Decimal]:
    invoiced, refunded, ordered = item.qty_invoiced, item.qty_refunded, item.qty_ordered
    return {
        "price": item.price,
        "original_price": item.price,
        "price_incl_tax": item.price_incl_tax,
        "row_total": item.row_total,
        "row_total_incl_tax": item.row_total_incl_tax,
        "row_invoiced": portion(item.row_total, invoiced, ordered),
        "tax_amount": item.tax_amount,
        "tax_invoiced": portion(item.tax_amount, invoiced, ordered),
        "discount_amount": item.discount_amount,
        "discount_invoiced": portion(item.discount_amount, invoiced, ordered),
        "discount_tax_compensation_amount": ZERO,
        "amount_refunded": portion(item.row_total, refunded, ordered),
    }
