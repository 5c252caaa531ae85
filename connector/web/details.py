"""Amazon Order Details: all that is known of one order, and what keeps it from being imported (V-41 to V-49).

A buyer's data is shown here, to the merchant, and goes nowhere else.
"""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy import select

from connector.amazon import stored
from connector.amazon.extras import extras_of
from connector.amazon.loose import UnreadableOrder
from connector.database import db
from connector.domain.order import Order
from connector.domain.statuses import Phase
from connector.models import Command, OrderRow
from connector.overview import blockers_of
from connector.sync.rows import order_of
from connector.web.access import STORE, order_or_404, program, store_or_404
from connector.web.parcels import parcels_of
from connector.web.targets import seller_central

bp = Blueprint("details", __name__)
WORDS = {
    # what a command of the outbox does
    "confirm": "Tell Amazon of a shipment",
    "ship": "Make a shipment in Commerce",
    "invoice": "Invoice the Commerce order",
    "cancel": "Cancel the Commerce order",
}


@bp.get(f"{STORE}/orders/<amazon_order_id>")
def show(store_id: int, amazon_order_id: str) -> str:
    """Amazon Order Details."""
    store = store_or_404(store_id)
    row = order_or_404(store, amazon_order_id)
    order = _readable(row)
    return render_template(
        "details.html",
        store=store,
        row=row,
        order=order,
        extras=extras_of(stored.read(row.document)),
        blockers=blockers_of(row),
        parcels=parcels_of(row, order),
        commands=_open_commands(row),
        words=WORDS,
        reserved=_reserved(row),
        seller_central=seller_central(store, row),
        commerce=program().links.commerce_order(row.commerce_order_id) if row.commerce_order_id else None,
    )


def _readable(row: OrderRow) -> Order | None:
    try:
        return order_of(row)
    except UnreadableOrder:
        return None


def _reserved(row: OrderRow) -> bool:
    """Whether stock in Commerce is set aside: by the plugin, until all is shipped (L-03)."""
    by_plugin = row.store.settings["place_orders_by"] == "plugin"
    return by_plugin and not row.by_amazon and row.phase in {Phase.IMPORTED, Phase.PARTLY_SHIPPED}


def _open_commands(row: OrderRow) -> list[Command]:
    waiting = select(Command).where(Command.order_id == row.id, Command.state.in_(("open", "needs_tracking")))
    return list(db.session.scalars(waiting.order_by(Command.id)))
