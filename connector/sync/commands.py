"""The commands that following an order leads to, each under a key that exists once (F70, F72)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from connector.database import db
from connector.domain.fulfilment import (
    Carrier,
    CommerceShipment,
    arrived,
    carrier_of,
    package_reference,
    tracking,
)
from connector.domain.order import Order, Package
from connector.domain.settings import OrderSettings
from connector.models import Command, OrderRow, ShipmentRow
from connector.sync.rows import order_of

MARKER = "Shipped at Amazon, "
"""Begins the comment of a Commerce shipment that the connector made, so that it is known again."""
UNTRACKED = "untracked"
_COMMAND = select(Command).where(Command.key == bindparam("key"))
Units = Mapping[str, int]


def marker(row: OrderRow, number: int) -> str:
    return f"{row.amazon_order_id}/{number}"


def order_confirm(
    row: OrderRow, shipment: CommerceShipment, settings: OrderSettings, confirmed_before: Units | None
) -> None:
    """Amazon is to be told of a Commerce shipment, unless it knows the package already (F65).

    ``confirmed_before``: units of shipments that Amazon knows of, if this one may be older than the link to
    the Commerce order; else None.
    """
    items = {entity_id: item_id for item_id, entity_id in row.commerce_items.items()}
    units = {items[item]: quantity for item, quantity in shipment.units.items() if item in items}
    reference = package_reference(shipment.shipment_id)
    confirmed = arrived(order_of(row), reference, units, confirmed_before)
    db.session.add(
        ShipmentRow(
            order_id=row.id,
            origin="commerce",
            commerce_shipment_id=shipment.shipment_id,
            reference=reference,
            units=units,
            confirmed=confirmed,
        )
    )
    if confirmed:
        return
    payload = {"reference": reference, "units": units, "shipped_at": shipment.created_at}
    carrier = _carrier(shipment, settings)
    state = "open" if carrier else "needs_tracking"
    _put(row, "confirm", f"confirm:{row.amazon_order_id}:{shipment.shipment_id}", payload | carrier, state)


def track_arrived(known: ShipmentRow, shipment: CommerceShipment, settings: OrderSettings) -> None:
    """Let a command go that waited for a tracking number (F75)."""
    if known.origin != "commerce":
        return
    order = db.session.get_one(OrderRow, known.order_id)
    command = _find(f"confirm:{order.amazon_order_id}:{shipment.shipment_id}")
    carrier = _carrier(shipment, settings)
    if command is not None and command.state == "needs_tracking" and carrier:
        command.payload, command.state = command.payload | carrier, "open"


def waits_for_tracking(row: OrderRow, shipment: ShipmentRow) -> bool:
    command = _confirmation(row, shipment)
    return command is not None and command.state == "needs_tracking"


def perhaps_confirmed(row: OrderRow, shipment: ShipmentRow) -> bool:
    """Whether the confirmation was tried, so that Amazon may count its units already."""
    command = _confirmation(row, shipment)
    return command is not None and command.state == "open" and command.tried_at is not None


def has_arrived(row: OrderRow, shipment: ShipmentRow, order: Order) -> bool:
    """Whether Amazon has the package: it lists it, or its units are there since the call (F58)."""
    command = _confirmation(row, shipment)
    payload = command.payload if command is not None else {"units": shipment.units}
    return arrived(order, shipment.reference, payload["units"], payload.get("before"))


def confirm_only(row: OrderRow, shipment: ShipmentRow, units: dict[str, int]) -> None:
    """Confirm no more units than Amazon has left; the rest of the shipment left there already."""
    command = _confirmation(row, shipment)
    if command is not None and command.payload["units"] != units:
        command.payload = command.payload | {"units": units}


def drop_confirmation(row: OrderRow, shipment: ShipmentRow) -> None:
    """Give the confirmation up: Amazon has the units."""
    command = _confirmation(row, shipment)
    if command is not None and command.state in {"open", "needs_tracking"}:
        command.state = "dropped"


def order_ship(row: OrderRow, shipment: ShipmentRow, packages: Iterable[Package]) -> None:
    """Commerce is to have a shipment for units that left at Amazon."""
    tracks = [
        {
            "carrier_code": package.carrier.lower() or "custom",
            "title": package.carrier or "Amazon",
            "track_number": package.tracking,
        }
        for package in packages
        if package.tracking
    ]
    payload = {"reference": shipment.reference, "units": shipment.units, "tracks": tracks}
    _put(row, "ship", f"ship:{shipment.reference}", payload)


def order_invoice(row: OrderRow) -> None:
    _put(row, "invoice", f"invoice:{row.amazon_order_id}", {})


def order_cancel(row: OrderRow) -> None:
    _put(row, "cancel", f"cancel:{row.amazon_order_id}", {})


def drop_open(row: OrderRow, kind: str) -> None:
    """Give up commands that have lost their sense: Amazon would refuse them for ever."""
    statement = update(Command).where(
        Command.order_id == row.id, Command.kind == kind, Command.state.in_(("open", "needs_tracking"))
    )
    db.session.execute(statement.values(state="dropped"))


def _carrier(shipment: CommerceShipment, settings: OrderSettings) -> dict[str, str]:
    """Carrier and number for Amazon; {} while there is neither a track nor a setting that stands in."""
    track = tracking(shipment)
    if track is not None:
        carrier, number = carrier_of(track), track.number
    elif settings.untracked_carrier is not None:
        carrier, number = Carrier("Other", settings.untracked_carrier), UNTRACKED
    else:
        return {}
    return {"carrier_code": carrier.code, "carrier_name": carrier.name, "tracking": number}


def _confirmation(row: OrderRow, shipment: ShipmentRow) -> Command | None:
    return _find(f"confirm:{row.amazon_order_id}:{shipment.commerce_shipment_id}")


def _find(key: str) -> Command | None:
    return db.session.scalar(_COMMAND, {"key": key})


def _put(row: OrderRow, kind: str, key: str, payload: dict[str, Any], state: str = "open") -> None:
    if _find(key) is None:
        command = Command(
            key=key, store_id=row.store_id, order_id=row.id, kind=kind, payload=payload, state=state
        )
        db.session.add(command)
        db.session.flush()
