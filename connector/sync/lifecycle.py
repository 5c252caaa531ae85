"""Following imported orders: Commerce shipments to Amazon, Amazon's shipments and cancels to Commerce,
completion. Nothing is sent from here: each consequence becomes a command of the outbox.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, exists, select

from connector.commerce.schemas import PlacedOrder
from connector.database import db
from connector.domain.fulfilment import (
    CommerceShipment,
    at_most,
    covers,
    foreign_packages,
    units_missing,
)
from connector.domain.order import Order
from connector.domain.statuses import AmazonStatus, Phase
from connector.models import Command, OrderRow, ShipmentRow
from connector.sync.commands import (
    MARKER,
    confirm_only,
    drop_confirmation,
    drop_open,
    has_arrived,
    marker,
    order_cancel,
    order_confirm,
    order_invoice,
    order_ship,
    perhaps_confirmed,
    track_arrived,
    waits_for_tracking,
)
from connector.sync.context import Context
from connector.sync.isolation import one_order
from connector.sync.rows import LIVE, complete, follow_table, order_of

COMMERCE_TIME = "%Y-%m-%d %H:%M:%S"
"""UTC, whatever the store's time zone is."""
COMMERCE_OVERLAP = timedelta(minutes=1)
_OUT = (AmazonStatus.SHIPPED, AmazonStatus.PARTIALLY_SHIPPED)
_HERE = OrderRow.store_id == bindparam("store")
_WAITING = exists().where(Command.order_id == OrderRow.id, Command.state.in_(("open", "needs_tracking")))
_COMPLETABLE = select(OrderRow.id).where(_HERE, OrderRow.phase == Phase.SHIPPED, ~_WAITING)
_LIVE = (
    select(OrderRow)
    .where(_HERE, OrderRow.phase.in_(LIVE), OrderRow.commerce_order_id.is_not(None))
    .order_by(OrderRow.id)
)
_UNCONFIRMED = (
    select(ShipmentRow.order_id)
    .join(OrderRow, OrderRow.id == ShipmentRow.order_id)
    .where(_HERE, ShipmentRow.confirmed.is_(False))
)
_WITHOUT_TRACK = (
    select(OrderRow.commerce_order_id)
    .join(Command, Command.order_id == OrderRow.id)
    .where(Command.store_id == bindparam("store"), Command.state == "needs_tracking")
    .order_by(Command.id)
)
_SHIPMENTS = select(ShipmentRow).where(ShipmentRow.order_id == bindparam("order")).order_by(ShipmentRow.id)
_OF_COMMERCE = select(ShipmentRow).where(
    ShipmentRow.order_id == bindparam("order"), ShipmentRow.commerce_shipment_id.is_not(None)
)


def completable(store_id: int) -> frozenset[int]:
    """Orders that the run which begins now completes: table Shipped, nothing in the outbox (L-07, Y-04)."""
    return frozenset(db.session.scalars(_COMPLETABLE, {"store": store_id}))


def follow(context: Context) -> None:
    """Turn what changed on either side into commands.

    Raises RetryLater, AbortRun.
    """
    rows = _live_rows(context)
    if rows:
        _follow_commerce(context, rows)
        _follow_amazon(context, rows)
        _complete(context, rows)


def _live_rows(context: Context) -> Sequence[OrderRow]:
    """Orders that have a Commerce order and are not finished."""
    return db.session.scalars(_LIVE, {"store": context.store.id}).all()


def _follow_commerce(context: Context, rows: Sequence[OrderRow]) -> None:
    """Read what changed in Commerce since the last look, and the shipments of it."""
    found = {row.id for row in rows if row.commerce_state is None}
    # An order that was found has shipments of which Amazon may know: its items have to tell.
    by_id = {row.commerce_order_id: row for row in rows if row.id not in found or order_of(row).detailed}
    newest = context.store.commerce_watermark or context.connected_at.strftime(COMMERCE_TIME)
    to_read = set(_waiting_for_tracks(context))
    for placed in _changed(context, rows, newest):
        newest = max(newest, placed.updated_at)
        row = by_id.get(placed.entity_id)
        if row is not None and _ships_more(row, placed):
            to_read.add(placed.entity_id)
    for shipment in context.commerce.shipments(sorted(to_read)):
        if row := by_id.get(shipment.order_id):
            with one_order(context, row):
                _shipped_in_commerce(context, row, shipment, found=row.id in found)
            db.session.commit()
    context.store.commerce_watermark = newest
    db.session.commit()


def _changed(context: Context, rows: Sequence[OrderRow], since: str) -> Iterator[PlacedOrder]:
    """Orders that changed since a moment, and those that were never looked at: they may be older."""
    unseen = [row.amazon_order_id for row in rows if row.commerce_state is None]
    if unseen:
        yield from context.commerce.orders_by_amazon_id(unseen).values()
    yield from context.commerce.orders_updated_since(_reaching_back(since))


def _follow_amazon(context: Context, rows: Sequence[OrderRow]) -> None:
    unconfirmed = _unconfirmed(context)
    for row in rows:
        if row.amazon_status == AmazonStatus.CANCELED:
            drop_open(row, "confirm")
            order_cancel(row)
        elif row.amazon_status in _OUT:
            with one_order(context, row):
                _shipped_at_amazon(context, row)
        elif row.id in unconfirmed:
            with one_order(context, row):
                _settle_unshipped(row)
        else:
            continue
        db.session.commit()


def _unconfirmed(context: Context) -> frozenset[int]:
    """Orders with shipments of which Amazon is still to be told."""
    return frozenset(db.session.scalars(_UNCONFIRMED, {"store": context.store.id}))


def _settle_unshipped(row: OrderRow) -> None:
    """Nothing has left at Amazon, but a line may be cancelled there: it is not confirmed (F23)."""
    order = order_of(row)
    if order.detailed:
        _settle_confirmations(row, order, _shipments(row))


def _shipments(row: OrderRow) -> Sequence[ShipmentRow]:
    return db.session.scalars(_SHIPMENTS, {"order": row.id}).all()


def _shipped_at_amazon(context: Context, row: OrderRow) -> None:
    """One Commerce shipment for the units that left without Commerce (L-13, F69)."""
    order = order_of(row)
    if not order.detailed:
        return  # how many units of what left is not read yet
    known = _shipments(row)
    _settle_confirmations(row, order, known)
    counted = [shipment.units for shipment in known if shipment.confirmed or perhaps_confirmed(row, shipment)]
    room = units_missing(order.units_ordered, (shipment.units for shipment in known))
    if missing := at_most(units_missing(order.units_shipped, counted), room):
        shipment = ShipmentRow(
            order_id=row.id,
            origin="amazon",
            reference=marker(row, len(known) + 1),
            units=missing,
            confirmed=True,
        )
        db.session.add(shipment)
        order_ship(row, shipment, foreign_packages(order))
    follow_table(row)
    if row.id in context.placed_now and row.phase == Phase.SHIPPED:  # L-11: complete in the same run
        order_invoice(row)


def _settle_confirmations(row: OrderRow, order: Order, known: Sequence[ShipmentRow]) -> None:
    """Shipments that Amazon has got to know in another way need no confirmation any more.

    Amazon has the package; or it has no units left for it; or somebody entered in Seller Central what
    waits here for a tracking number.
    """
    left = {line.item_id: line.quantity - line.shipped for line in order.live_lines}
    for shipment in known:
        if shipment.confirmed:
            continue
        elsewhere = units_missing(order.units_shipped, (one.units for one in known if one.confirmed))
        possible = at_most(shipment.units, left)
        entered = waits_for_tracking(row, shipment) and covers(elsewhere, shipment.units)
        if has_arrived(row, shipment, order):
            shipment.confirmed = True
        elif not possible or entered:
            shipment.confirmed = True
            drop_confirmation(row, shipment)
        else:
            confirm_only(row, shipment, possible)


def _reaching_back(moment: str) -> str:
    """A change may become visible a little after the time it carries."""
    time = datetime.strptime(moment, COMMERCE_TIME).replace(tzinfo=UTC)
    return (time - COMMERCE_OVERLAP).strftime(COMMERCE_TIME)


def _waiting_for_tracks(context: Context) -> list[int]:
    found = db.session.scalars(_WITHOUT_TRACK, {"store": context.store.id})
    return [entity_id for entity_id in found if entity_id is not None]


def _ships_more(row: OrderRow, placed: PlacedOrder) -> bool:
    """Whether Commerce shipped units of which no shipment is known here."""
    row.commerce_state = placed.state
    known = db.session.scalars(_OF_COMMERCE, {"order": row.id})
    return placed.units_shipped > sum(sum(shipment.units.values()) for shipment in known)


def _shipped_in_commerce(context: Context, row: OrderRow, shipment: CommerceShipment, *, found: bool) -> None:
    known = db.session.scalar(
        select(ShipmentRow).where(
            ShipmentRow.order_id == row.id,
            ShipmentRow.commerce_shipment_id == shipment.shipment_id,
        )
    )
    settings = context.store.settings
    if known is not None:
        track_arrived(known, shipment, settings)
    elif not any(comment.startswith(MARKER) for comment in shipment.comments):
        order_confirm(row, shipment, settings, _confirmed_units(row) if found else None)


def _confirmed_units(row: OrderRow) -> dict[str, int]:
    statement = select(ShipmentRow).where(ShipmentRow.order_id == row.id, ShipmentRow.confirmed.is_(True))
    units: Counter[str] = Counter()
    for shipment in db.session.scalars(statement):
        units.update(shipment.units)
    return dict(units)


def _complete(context: Context, rows: Sequence[OrderRow]) -> None:
    for row in rows:
        if row.id not in context.completable or row.phase != Phase.SHIPPED:
            continue
        if row.commerce_state in {"complete", "closed"}:  # the merchant invoiced first
            complete(row)
        else:
            order_invoice(row)
        db.session.commit()
