"""What a shipment consists of: units taken from a source, and tracks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from mock_commerce import stock
from mock_commerce.config.settings import current
from mock_commerce.models import Order, OrderItem, Reservation, Shipment, ShipmentTrack, Source, db, sku_key
from mock_commerce.sales import families
from mock_commerce.wire.documents import Part
from mock_commerce.wire.values import number, time
from simkit import jsons
from simkit.simulation import simulation

ZERO = Decimal(0)


class NoSuchSource(Exception):
    """A shipment names a source that there is not."""


@dataclass(frozen=True)
class Track:
    """A package's number, as the caller gave it."""

    number: str
    carrier: str
    title: str
    description: str | None = None
    weight: Decimal | None = None
    qty: Decimal | None = None


def take_from(order: Order, parts: Sequence[Part], source: str) -> None:
    """Take the parts out of a source, and give their reservations back.

    Raises NoSuchSource, NotEnoughAtSource.
    """
    if not order.touches_stock:
        return
    if db.session.get(Source, source) is None:
        raise NoSuchSource(f'Source with code "{source}" does not exist.')
    for part in parts:
        if not part.item.is_shipped:
            continue
        for item, units in families.in_stock_terms(order, part.item, part.units):
            stock.take(item.sku, source, units)
            if compensated := _compensated(order, item.sku, units):
                stock.reserve(order, item.sku, compensated, "shipment_created")


def _compensated(order: Order, sku: str, units: Decimal) -> Decimal:
    """How much reservation a shipment gives back: all of it, even if nothing was reserved."""
    if current().has("unreserved_given_back"):
        return units
    query = select(func.sum(Reservation.quantity, type_=Reservation.quantity.type)).where(
        Reservation.order_id == order.entity_id, Reservation.sku_key == sku_key(sku)
    )
    return min(units, max(-(db.session.scalar(query) or ZERO), ZERO))


def sent_from(order: Order, item: OrderItem) -> list[tuple[str, Decimal]]:
    """The source of each shipment that holds units of a line, and how many."""
    parent = families.parent_of(order, item)
    carrier = item if parent is None or item.is_shipped else parent
    query = select(Shipment.document).where(Shipment.order_id == order.entity_id)
    found = []
    for document in db.session.scalars(query.order_by(Shipment.entity_id)):
        content = jsons.load(document)
        source = (content.get("extension_attributes") or {}).get("source_code") or stock.DEFAULT_SOURCE
        for line in content.get("items", []):
            if line.get("order_item_id") == carrier.item_id:
                units = Decimal(str(line.get("qty") or 0))
                found.append((source, units if carrier is item else families.share(item, carrier, units)))
    return found


def track_row(shipment: Shipment, track: Track) -> dict[str, Any]:
    """A new track of a shipment as its document holds it; the number is known from now on."""
    row = ShipmentTrack(entity_id=simulation().ids.next("shipment_track"), parent_id=shipment.entity_id)
    db.session.add(row)
    return {"entity_id": row.entity_id, **track_fields(shipment, track)}


def track_fields(shipment: Shipment, track: Track) -> dict[str, Any]:
    """All of a track but its id."""
    moment = time(simulation().now())
    return {
        "parent_id": shipment.entity_id,
        "order_id": shipment.order_id,
        "track_number": track.number,
        "title": track.title,
        "carrier_code": track.carrier,
        "weight": None if track.weight is None else number(track.weight),
        "qty": None if track.qty is None else number(track.qty),
        "description": track.description,
        "created_at": moment,
        "updated_at": moment,
    }
