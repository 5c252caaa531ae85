"""The parcels of an order, from what Amazon tells and from what was shipped in Commerce (V-47)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from connector.database import db
from connector.domain.order import Order
from connector.models import Command, OrderRow, ShipmentRow


@dataclass(frozen=True)
class Parcel:
    """Some units of one item in one parcel."""

    title: str
    quantity: int
    carrier: str
    tracking: str
    state: str


def parcels_of(row: OrderRow, order: Order | None) -> list[Parcel]:
    """A line for each item of each parcel."""
    titles = {line.item_id: line.title or line.sku for line in order.lines} if order else {}
    packages = order.packages if order else ()
    known = {package.reference for package in packages}
    shipments = db.session.scalars(
        select(ShipmentRow).where(ShipmentRow.order_id == row.id).order_by(ShipmentRow.id)
    ).all()
    confirmations = _confirmations(row)
    found: list[Parcel] = []
    for package in packages:
        state = "at Amazon"
        found += _lines(titles, package.units, package.carrier, package.tracking, state)
    for shipment in shipments:
        if shipment.origin == "commerce" and shipment.reference not in known:
            command = confirmations.get(shipment.reference)
            payload = command.payload if command else {}
            carrier, number = payload.get("carrier_name", ""), payload.get("tracking", "")
            found += _lines(titles, shipment.units, carrier, number, _state(shipment, command))
    return found


def _confirmations(row: OrderRow) -> dict[str, Command]:
    commands = db.session.scalars(
        select(Command).where(Command.order_id == row.id, Command.kind == "confirm")
    )
    return {command.payload["reference"]: command for command in commands}


def _state(shipment: ShipmentRow, command: Command | None) -> str:
    if shipment.confirmed:
        return "told to Amazon"
    if command is not None and command.state == "needs_tracking":
        return "shipped in Commerce, waits for a tracking number"
    return "shipped in Commerce, Amazon is told at the next sync"


def _lines(
    titles: Mapping[str, str], units: Mapping[str, int], carrier: str, tracking: str, state: str
) -> Iterable[Parcel]:
    for item_id, quantity in units.items():
        yield Parcel(titles.get(item_id, item_id), quantity, carrier, tracking, state)
