"""What the page functions take hold of: the program behind the app, stores and orders by their address."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import abort, current_app
from sqlalchemy import and_, or_, select

from connector.database import db
from connector.domain.statuses import Phase
from connector.models import OrderRow, Store

if TYPE_CHECKING:
    from connector.program import Connector

EXTENSION = "connector"
STORE = "/stores/<int(max=2147483647):store_id>"
"""The address of a store; a greater number is none that a database has."""
SHOWN = or_(
    OrderRow.table_status.is_not(None),
    and_(OrderRow.phase == Phase.NEEDS_ATTENTION, OrderRow.error.is_not(None)),
)
"""Orders that have a page: those of the table, and those that could not even be read (T-25, F16)."""


def program() -> Connector:
    return cast("Connector", current_app.extensions[EXTENSION])


def store_or_404(store_id: int) -> Store:
    store = db.session.get(Store, store_id)
    if store is None:
        abort(404, f"There is no store with the number {store_id}.")
    return store


def order_or_404(store: Store, amazon_order_id: str) -> OrderRow:
    wanted = select(OrderRow).where(
        OrderRow.store_id == store.id, OrderRow.amazon_order_id == amazon_order_id, SHOWN
    )
    row = db.session.scalar(wanted) if "\0" not in amazon_order_id else None
    if row is None:
        abort(404, f"Store {store.name} has no Amazon order {amazon_order_id[:40]!r}.")
    return row
