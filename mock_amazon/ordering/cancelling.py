"""Cancelling parts of an order, and the buyer's wish to cancel. The caller commits.

A cancelled line stays with quantity 0 and without amounts, as importers of Orders v0 know it (WooCommerce,
ERPNext and Magento connectors drop such lines); 2026-01-01 shows the same by Amazon's own field mapping.
"""

from __future__ import annotations

from decimal import Decimal

from mock_amazon.models import Order, OrderItem
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import (
    FOLLOWERS,
    CancelledBy,
    NotAllowed,
    Status,
    left_quantities,
    shipped_quantities,
)
from mock_amazon.ordering.totals import EXTRAS

REASON = "Changed mind about purchase"


def can_cancel_line(order: Order, item: OrderItem) -> bool:
    shipped = shipped_quantities(order.packed.values())
    return _is_open(order) and item.quantity > 0 and not shipped[item.order_item_id]


def cancel_line(order: Order, sku: str) -> None:
    """Cancel the lines of that SKU that are not shipped yet, the order with its last one.

    Raises NotAllowed.
    """
    _check_open(order, "have a line cancelled")
    items = [item for item in order.items if sku in {item.sku, item.seller_sku}]
    if not items:
        known = ", ".join(dict.fromkeys(item.sku for item in order.items))
        raise NotAllowed(f"SKU {sku!r} is not in the order: it has {known}")
    cancelled = [item for item in items if can_cancel_line(order, item)]
    if not cancelled:
        raise NotAllowed(f"SKU {sku!r}: its line is cancelled already, or units of it are shipped")
    cancel_items(order, cancelled)


def cancel_items(order: Order, items: list[OrderItem], by: CancelledBy | None = None) -> None:
    """Cancel these lines, of which nothing is shipped."""
    for item in items:
        item.cancelled_by = by
        item.cancelled, item.quantity = item.quantity, 0
        item.tax = item.shipping = item.discount = item.gift_wrap = Decimal(0)
        item.facts = {name: fact for name, fact in item.facts.items() if name not in EXTRAS}
    if not any(order.ordered.values()):
        orders.cancel(order)
        return
    if not left_quantities(order.ordered, order.packed.values()):
        order.status = Status.SHIPPED
    orders.touch(order)


def request_cancel(order: Order, reason: str) -> None:
    """The buyer asks to cancel; the order may be shipped all the same.

    Raises NotAllowed.
    """
    _check_open(order, "be asked to be cancelled")
    order.cancel_request = reason
    orders.touch(order)


def _is_open(order: Order) -> bool:
    return Status.CANCELED in FOLLOWERS[order.state]


def _check_open(order: Order, what: str) -> None:
    if not _is_open(order):
        allowed = ", ".join(sorted(status for status in Status if Status.CANCELED in FOLLOWERS[status]))
        raise NotAllowed(f"an order that is {order.status} cannot {what}: only {allowed}")
