"""The order book: finding orders, and saving them with the check of the state and a new wire document."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any, TypeVar

from flask import g
from sqlalchemy import select

from mock_commerce.config.settings import current
from mock_commerce.cron import grid, schedule
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import (
    Base,
    Creditmemo,
    Invoice,
    Order,
    OrderComment,
    OrderItem,
    Shipment,
    Store,
    db,
    row_by_id,
)
from mock_commerce.sales import lifecycle, numbers, stale
from mock_commerce.webhooks import events
from mock_commerce.wire.order import order_document
from simkit import jsons
from simkit.simulation import simulation

ZERO = Decimal(0)
_PLACES = Decimal("0.0001")
MAIN_STORES = numbers.MAIN_STORES
OPEN_INVOICE = 1
_Entity = TypeVar("_Entity", bound=Base)
AnyDocument = TypeVar("AnyDocument", Shipment, Invoice, Creditmemo)


def now() -> datetime:
    """Commerce keeps whole seconds."""
    return simulation().now().replace(microsecond=0)


def get(order_id: int) -> Order:
    """Raises CommerceError for id 0, NoSuchEntity."""
    return entity(Order, order_id)


def entity(model: type[_Entity], entity_id: int) -> _Entity:
    """The order, or what belongs to one, with that id.

    Raises CommerceError for id 0, NoSuchEntity.
    """
    if entity_id == 0:
        raise CommerceError("An ID is needed. Set the ID and try again.")
    row = row_by_id(model, entity_id)
    if row is None:
        raise NoSuchEntity
    return row


def to_change(order_id: int) -> Order:
    """The order as a document is made of it; with the quirk, as it was at the start of the second.

    Raises as ``get`` does.
    """
    order = get(order_id)
    if current().has("lost_updates"):
        stale.go_back(order, now())
    return order


def new_order(store: Store, items: list[OrderItem], *, number: str | None = None, **fields: Any) -> Order:
    """An order of those lines with sums, number and times filled in; it still has to be saved.

    Raises IntegrityError where the number is taken.
    """
    moment = now()
    priced = [item for item in items if item.is_priced]
    order = Order(
        increment_id=number or numbers.draw("order", store.store_id),
        store_id=store.store_id,
        created_at=moment,
        updated_at=moment,
        is_virtual=all(item.is_virtual for item in items),
        subtotal=sum((item.row_total for item in priced), ZERO),
        tax_amount=sum((item.tax_amount for item in priced), ZERO),
        discount_amount=sum((item.discount_amount for item in priced), ZERO),
        items=items,
        **fields,
    )
    db.session.add(order)
    db.session.flush()
    return order


def facts(order: Order) -> lifecycle.SalesOrder:
    """What the state machine has to know of an order."""
    return lifecycle.SalesOrder(
        state=order.state,
        status=order.status,
        lines=tuple(line_of(item) for item in order.items),
        virtual=order.is_virtual,
        grand_total=order.grand_total,
        total_paid=order.total_paid,
        total_refunded=order.total_refunded,
        has_creditmemo=order.grand_total == 0 and _has_creditmemo(order),
        closes_unpaid=current().has("unpaid_orders_close"),
    )


def units_of(item: OrderItem, wanted: Decimal) -> Decimal:
    """The units of a line that are meant: whole ones, as PHP cuts them, unless it is sold by fractions."""
    if item.extra.get("is_qty_decimal") or item.qty_ordered % 1:
        return wanted.quantize(_PLACES, ROUND_DOWN)
    return wanted.quantize(Decimal(1), ROUND_DOWN)


def line_of(item: OrderItem) -> lifecycle.Line:
    return lifecycle.Line(
        ordered=item.qty_ordered,
        invoiced=item.qty_invoiced,
        shipped=item.qty_shipped,
        refunded=item.qty_refunded,
        canceled=item.qty_canceled,
        virtual=item.is_virtual,
        priced=item.is_priced,
        ships=item.is_shipped,
        locked_invoice=bool(item.extra.get("locked_do_invoice")),
        locked_ship=bool(item.extra.get("locked_do_ship")),
    )


def _has_creditmemo(order: Order) -> bool:
    query = select(Creditmemo.entity_id).where(Creditmemo.order_id == order.entity_id).limit(1)
    return db.session.scalar(query) is not None


def save(order: Order, moved: lifecycle.SalesOrder | None = None) -> None:
    """Check the state as Commerce does at each save, and render the order. The caller commits."""
    checked = settled(order, moved or facts(order))
    order.state, order.status = checked.state, checked.status
    order.updated_at = now()
    if order.state == "pending_payment":
        schedule.want(schedule.OLD_ORDERS)
    render(order)


def settled(order: Order, found: lifecycle.SalesOrder) -> lifecycle.SalesOrder:
    """What the check at each save makes of it; since 2.4.7 an order does not end while an invoice is open."""
    checked = lifecycle.after_save(found)
    waits = order.total_paid < order.grand_total and not current().has("open_invoice_ignored")
    if checked.state == found.state or not waits:
        return checked
    query = select(Invoice.entity_id).where(
        Invoice.order_id == order.entity_id, Invoice.state == OPEN_INVOICE
    )
    return checked if db.session.scalar(query.limit(1)) is None else found


def render(order: Order) -> None:
    """Render it without a check of the state."""
    _draw(order)
    events.saved(order)


def _draw(order: Order) -> None:
    db.session.flush()
    store = db.session.get_one(Store, order.store_id)
    grid.order_saved(order)
    shows_null = not current().has("null_state_left_out")
    order.document = jsons.dump(order_document(order, store, shows_null=shows_null))


def render_stateless() -> None:
    """Render the orders anew that show a null state or status in some versions only."""
    query = select(Order).where(Order.state.is_(None) | Order.status.is_(None))
    for order in db.session.scalars(query):
        _draw(order)


def comment(order: Order, text: str | None, **fields: Any) -> OrderComment:
    """Add a row to the order's history; it carries the order's status unless another is given."""
    row = OrderComment(comment=text, created_at=now(), **{"status": order.status, **fields})
    order.comments.append(row)
    return row


def new_document(model: type[AnyDocument], order: Order, number: str | None = None) -> AnyDocument:
    """The row of a new shipment, invoice or credit memo, numbered; its wire document is still to come."""
    moment = now()
    row = model(
        increment_id=number or numbers.draw(model.__name__.lower(), order.store_id),
        order_id=order.entity_id,
        store_id=order.store_id,
        created_at=moment,
        updated_at=moment,
    )
    db.session.add(row)
    db.session.flush()
    return row


def url_store() -> int:
    """The store view of the address for new rows: the admin's means the default one."""
    return g.store_id or MAIN_STORES[-1]
