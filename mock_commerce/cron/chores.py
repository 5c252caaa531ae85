"""Hourly and nightly work of the cron: unpaid orders, expired tokens, settled reservations."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Select, delete, func, select

from mock_commerce.access import tokens
from mock_commerce.models import OpaqueToken, Order, Reservation, db
from mock_commerce.sales import changes
from simkit.simulation import simulation

UNPAID_LIFE = timedelta(minutes=480)
"""Commerce's default of "Pending Payment Order Lifetime"."""
UNPAID = "pending_payment"
ZERO = Decimal(0)
_TOTAL = func.sum(Reservation.quantity, type_=Reservation.quantity.type)


def cancel_old_orders() -> int:
    """Cancel what has not been touched for too long since it is pending payment."""
    is_old = Order.updated_at <= simulation().now() - UNPAID_LIFE
    orders = db.session.scalars(select(Order).where(Order.state == UNPAID, is_old).order_by(Order.entity_id))
    return sum(changes.cancel(order) for order in orders.all())


def has_unpaid_orders() -> bool:
    return db.session.scalar(select(Order.entity_id).where(Order.status_key == UNPAID).limit(1)) is not None


def delete_expired_tokens() -> int:
    return tokens.delete_expired()


def has_tokens() -> bool:
    return db.session.scalar(select(OpaqueToken.token).limit(1)) is not None


def clean_reservations() -> int:
    """Delete the reservations of each order whose SKUs all sum to 0, in every stock."""
    settled = list(db.session.scalars(_settled_orders()))
    if settled:
        db.session.execute(delete(Reservation).where(Reservation.order_id.in_(settled)))
    return len(settled)


def has_settled_reservations() -> bool:
    return db.session.scalar(_settled_orders().limit(1)) is not None


def _settled_orders() -> Select[int]:
    open_sums = (
        select(Reservation.order_id)
        .group_by(Reservation.order_id, Reservation.sku_key, Reservation.stock_id)
        .having(_TOTAL != ZERO)
    )
    return (
        select(Reservation.order_id)
        .where(Reservation.order_id.not_in(open_sums))
        .group_by(Reservation.order_id)
        .order_by(Reservation.order_id)
    )
