"""The outbox: durable commands to either side, in order, one order's one after the other (F71).

Before a call is made the command is marked as tried. From then on its answer may have been lost, so
the next try looks first and sends only what is not there (F58).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select

from connector.amazon import stored
from connector.amazon.reading import read_order
from connector.database import db
from connector.domain.fulfilment import all_units_out, arrived
from connector.domain.order import Order
from connector.domain.statuses import AmazonStatus, Phase, status_note
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.models import Command, OrderRow, ShipmentRow
from connector.sync.backoff import failed, succeeded
from connector.sync.commands import MARKER
from connector.sync.context import Context
from connector.sync.isolation import one_order
from connector.sync.lifecycle import COMMERCE_TIME
from connector.sync.rows import complete, follow_table, order_of, show_status

SUBMITTED = "Tracking information has been submitted to Amazon."
_REFUSED = {
    # B-13 and B-15 are Adobe's texts
    "confirm": "Transmission of tracking information failed. "
    "Please add tracking directly within Amazon Seller Central.",
    "invoice": "Error creating invoice: {reason}",
    "ship": "Commerce refuses the shipment that was made at Amazon: {reason}",
    "cancel": "Commerce refuses to cancel the order: {reason}",
}
CONFLICT = "Canceled at Amazon, but the Commerce order is {reason}: decide by hand what happens to it."
_OPEN = (
    select(Command)
    .where(Command.store_id == bindparam("store"), Command.state == "open")
    .order_by(Command.id)
)


def send(context: Context) -> None:
    """Carry out what is open and due; a command that fails keeps the later ones of its order waiting.

    Raises AbortRun.
    """
    stopped: set[int] = set()
    for command in db.session.scalars(_OPEN, {"store": context.store.id}).all():
        if command.order_id in stopped or not _may_go(context, command):
            stopped.add(command.order_id)
            continue
        with one_order(context, command.order):
            if not _carry_out(context, command):
                stopped.add(command.order_id)
        context.lease.renew()


def _may_go(context: Context, command: Command) -> bool:
    if context.store.settings.read_only and command.kind == "confirm":
        return False  # S-33: it waits until the mode is off
    return command.next_try_at is None or command.next_try_at <= context.now


def _carry_out(context: Context, command: Command) -> bool:
    look_first = command.tried_at is not None
    command.tried_at = context.now
    db.session.commit()
    try:
        _KINDS[command.kind](context, command, look_first)
    except AbortRun as error:
        failed(command, str(error), context.now)
        db.session.commit()
        raise
    except (RetryLater, GiveUpOnOrder) as error:
        failed(command, str(error), context.now)
        context.run.failed += 1
        if isinstance(error, GiveUpOnOrder):
            command.order.note = _REFUSED[command.kind].format(reason=error)
        db.session.commit()
        return False
    succeeded(command)
    command.state = "done"
    db.session.commit()
    return True


def _confirm(context: Context, command: Command, look_first: bool) -> None:
    row, payload = command.order, command.payload
    order = _known(context, row, anew=look_first)
    if not (look_first and _at_amazon(order, payload)):
        # Where packages are not told, what was there before the call tells later whether it arrived.
        command.payload = payload | {"before": order.units_shipped}
        db.session.commit()
        context.amazon.confirm_shipment(row.amazon_order_id, _confirmation(context, command))
        row.document = stored.written(stored.outdated(stored.read(row.document)))
    statement = select(ShipmentRow).where(ShipmentRow.order_id == row.id).order_by(ShipmentRow.id)
    shipments = list(db.session.scalars(statement))
    for shipment in shipments:
        if shipment.reference == payload["reference"]:
            shipment.confirmed = True
    out = all_units_out(order_of(row), (shipment.units for shipment in shipments if shipment.confirmed))
    show_status(row, AmazonStatus.SHIPPED if out else AmazonStatus.PARTIALLY_SHIPPED)
    row.note = SUBMITTED
    follow_table(row)


def _known(context: Context, row: OrderRow, *, anew: bool) -> Order:
    """The order as it was read last, or as it is now.

    Raises RetryLater, AbortRun.
    """
    document = stored.read(row.document)
    reads_v0 = context.store.settings["orders_api_version"] == stored.V0
    if anew or (reads_v0 and not stored.has_items(document)):
        document = context.orders.with_details(document) or document
    return read_order(document)


def _at_amazon(order: Order, payload: Mapping[str, Any]) -> bool:
    return arrived(order, payload["reference"], payload["units"], payload.get("before"))


def _confirmation(context: Context, command: Command) -> dict[str, object]:
    payload = command.payload
    shipped_at = datetime.strptime(payload["shipped_at"], COMMERCE_TIME).replace(tzinfo=UTC)
    return {
        "marketplaceId": context.marketplace.id,
        "packageDetail": {
            "packageReferenceId": payload["reference"],
            "carrierCode": payload["carrier_code"],
            "carrierName": payload["carrier_name"],
            "trackingNumber": payload["tracking"],
            "shipDate": shipped_at.isoformat().replace("+00:00", "Z"),
            "orderItems": [
                {"orderItemId": item_id, "quantity": quantity}
                for item_id, quantity in payload["units"].items()
            ],
        },
    }


def _ship(context: Context, command: Command, look_first: bool) -> None:
    row, payload = command.order, command.payload
    entity_id = _commerce_id(row)
    comment = MARKER + payload["reference"]
    shipment_id = _marked(context, entity_id, comment) if look_first else None
    if shipment_id is None:
        units = {row.commerce_items[item_id]: count for item_id, count in payload["units"].items()}
        try:
            shipment_id = context.commerce.ship(entity_id, units, payload["tracks"], comment)
        except GiveUpOnOrder:
            if not _all_shipped(context, entity_id):
                raise
            return  # the merchant shipped these units too, before they could be
    shipment = db.session.scalars(
        select(ShipmentRow).where(
            ShipmentRow.order_id == row.id, ShipmentRow.reference == payload["reference"]
        )
    ).one()
    shipment.commerce_shipment_id = shipment_id


def _all_shipped(context: Context, entity_id: int) -> bool:
    placed = context.commerce.order(entity_id)
    return placed.state != "canceled" and placed.to_ship == 0


def _marked(context: Context, entity_id: int, comment: str) -> int | None:
    for shipment in context.commerce.shipments([entity_id]):
        if comment in shipment.comments:
            return shipment.shipment_id
    return None


def _invoice(context: Context, command: Command, look_first: bool) -> None:
    row = command.order
    entity_id = _commerce_id(row)
    if row.commerce_items.keys() - order_of(row).units_ordered.keys():
        _close_without_the_cancelled(context, entity_id)
    elif not (look_first and context.commerce.order(entity_id).to_invoice == 0):
        context.commerce.invoice(entity_id)
    complete(row)


def _close_without_the_cancelled(context: Context, entity_id: int) -> None:
    """Amazon cancelled lines after the import: what was shipped is invoiced, the rest is cancelled (F23)."""
    placed = context.commerce.order(entity_id)
    if units := placed.shipped_not_invoiced:
        context.commerce.invoice(entity_id, units)
    if placed.to_ship:
        context.commerce.cancel(entity_id)


def _cancel(context: Context, command: Command, look_first: bool) -> None:
    """Cancel what is not shipped. The quantities decide: Commerce would cancel a shipped order that is
    not invoiced (decision 4); and its word is not taken for it (F79).
    """
    del look_first  # it always looks first
    row = command.order
    entity_id = _commerce_id(row)
    placed = context.commerce.order(entity_id)
    shipped = placed.units_shipped
    invoiced = sum(line.invoiced for line in placed.lines)
    reason = _conflict(placed.state, shipped, invoiced, placed.to_ship)
    if placed.state != "canceled" and reason is None and placed.to_ship:
        if units := placed.shipped_not_invoiced:
            context.commerce.invoice(entity_id, units)
        context.commerce.cancel(entity_id)
        placed = context.commerce.order(entity_id)
        reason = "still open" if placed.to_ship else None
    row.commerce_state = placed.state
    row.phase = Phase.CANCEL_CONFLICT if reason else Phase.CANCELLED
    row.note = CONFLICT.format(reason=reason) if reason else status_note(AmazonStatus.CANCELED)


def _conflict(state: str, shipped: int, invoiced: int, to_ship: int) -> str | None:
    if state == "holded":
        return "on hold"
    if state == "closed":
        return "closed"
    if shipped and not to_ship and state != "complete":
        return "shipped"
    if invoiced > shipped:
        return "invoiced"
    return None


def _commerce_id(row: OrderRow) -> int:
    assert row.commerce_order_id is not None  # noqa: S101 - commands exist for linked orders only
    return row.commerce_order_id


_KINDS: dict[str, Callable[[Context, Command, bool], None]] = {
    "confirm": _confirm,
    "ship": _ship,
    "invoice": _invoice,
    "cancel": _cancel,
}
