"""The two "all orders" reports: one row per item, no word about who bought it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mock_amazon.models import Order, OrderItem, Package, db
from mock_amazon.ordering.lifecycle import DELIVERABLE, PAYMENT_OPEN, Status, shipped_quantities
from mock_amazon.wire.orders_v0 import SERVICE

COLUMNS = (
    *("amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status"),
    *("fulfillment-channel", "sales-channel", "order-channel", "url", "ship-service-level"),
    *("product-name", "sku", "asin", "item-status", "quantity", "currency", "item-price", "item-tax"),
    *("shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax"),
    *("item-promotion-discount", "ship-promotion-discount"),
    *("ship-city", "ship-state", "ship-postal-code", "ship-country", "promotion-ids"),
    *("is-business-order", "purchase-order-number", "price-designation"),
)
_STATUSES = {
    Status.PENDING_AVAILABILITY: "Pending",
    Status.PENDING: "Pending",
    Status.UNSHIPPED: "Unshipped",
    Status.PARTIALLY_SHIPPED: "Shipping",
    Status.SHIPPED: "Shipped",
    Status.CANCELED: "Cancelled",
    Status.UNFULFILLABLE: "Unfulfillable",
    Status.INVOICE_UNCONFIRMED: "Shipped",
}
_AT_ONCE = 500


@dataclass(frozen=True)
class Window:
    """Whose orders, where, and of which time (both ends belong to it)."""

    seller_id: str
    marketplace_ids: Sequence[str]
    start: datetime
    end: datetime


def by_order_date(window: Window) -> list[str]:
    """The rows of the orders placed in that time."""
    return list(_rows(window, "purchase_date"))


def by_last_update(window: Window) -> list[str]:
    """The rows of the orders changed in that time."""
    return list(_rows(window, "last_update"))


def _rows(window: Window, time: str) -> Iterator[str]:
    column = getattr(Order, time)
    statement = (
        select(Order)
        .where(
            Order.seller_id == window.seller_id,
            Order.marketplace_id.in_(window.marketplace_ids),
            column >= window.start,
            column <= window.end,
        )
        .order_by(column, Order.amazon_order_id)
        .options(selectinload(Order.items), selectinload(Order.packages).selectinload(Package.contents))
        .execution_options(yield_per=_AT_ONCE)
    )
    for order in db.session.scalars(statement):
        shipped = shipped_quantities(order.packed.values())
        for item in order.items:
            yield "\t".join(_cell(value) for value in _row(order, item, shipped[item.order_item_id]))


def _row(order: Order, item: OrderItem, shipped: int) -> tuple[str | None, ...]:
    return (
        order.amazon_order_id,
        order.seller_order_id,
        _written(order.purchase_date),
        _written(order.last_update),
        _order_status(order),
        "Amazon" if order.by_amazon else "Merchant",
        order.marketplace.name,
        None,
        None,
        SERVICE[order.service_level][0],
        item.title,
        item.seller_sku,
        item.asin,
        _item_status(order, item, shipped),
        str(item.quantity),
        *_amounts(order, item),
        *_place(order),
        None,
        str(order.business).lower(),
        None,
        None,
    )


def _order_status(order: Order) -> str:
    if order.by_amazon and order.state is Status.UNSHIPPED:
        return "Shipping"
    return _STATUSES[order.state]


def _item_status(order: Order, item: OrderItem, shipped: int) -> str | None:
    if order.state in PAYMENT_OPEN:
        return None
    if order.state is Status.CANCELED:
        return "Cancelled"
    return "Shipped" if shipped == item.quantity else "Unshipped"


def _amounts(order: Order, item: OrderItem) -> tuple[str | None, ...]:
    """Currency, price, tax, and what there is of the rest."""
    if order.state in PAYMENT_OPEN:
        return (None,) * 9
    market = order.marketplace

    def some(value: Decimal) -> str | None:
        return market.amount(value) if value else None

    price = market.amount(item.unit_price * item.quantity)
    paid = (price, some(item.tax), some(item.shipping), None, some(item.gift_wrap), None, some(item.discount))
    return (market.currency, *paid, None)


def _place(order: Order) -> tuple[str | None, ...]:
    if order.state not in DELIVERABLE:
        return (None,) * 4
    return tuple(order.ship_to.get(key) for key in ("city", "region", "postal_code", "country"))


def _written(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")


def _cell(value: str | None) -> str:
    """A value that cannot break its row."""
    return " ".join((value or "").split())
