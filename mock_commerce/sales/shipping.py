"""Shipments: which units go, from which source, and what that does to order and stock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mock_commerce import lifecycle, stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import Order, Shipment, Source, db
from mock_commerce.sales import book
from mock_commerce.webhooks import events
from mock_commerce.wire.documents import Part, shipment_document
from mock_commerce.wire.values import time
from simkit import jsons
from simkit.simulation import simulation

PREFIX = "Shipment Document Validation Error(s):"
NOT_SAVED = "Could not save a shipment, see error log for details"

observers: list[Callable[[Order], None]] = []
"""What installed modules do after a shipment changed an order and before the order is rendered."""


@dataclass(frozen=True)
class Track:
    """A package's number, as the caller gave it."""

    number: str
    carrier: str
    title: str


@dataclass(frozen=True)
class Wish:
    """A shipment that somebody asks for. ``units`` None means everything that is left."""

    units: Mapping[int, Decimal] | None = None
    tracks: Sequence[Track] = ()
    comment: str | None = None
    visible: int = 0
    source: str = stock.DEFAULT_SOURCE


def ship(order: Order, wish: Wish) -> Shipment:
    """Make a shipment. The caller commits.

    Raises CommerceError with all that is wrong.
    """
    parts = _parts(order, wish)
    if refusals := _refusals(order, wish, parts):
        raise CommerceError("\n".join([PREFIX, *refusals]))
    _move_stock(order, parts, wish.source)
    for part in parts:
        part.item.qty_shipped += part.units
    return record(order, parts, wish)


def record(order: Order, parts: Sequence[Part], wish: Wish) -> Shipment:
    """Write the document and let order and modules follow; quantities are set already."""
    shipped = lifecycle.after_save(lifecycle.after_shipment(book.facts(order)))
    order.state, order.status = shipped.state, shipped.status
    for observe in observers:
        observe(order)
    book.save(order)
    return _document(order, parts, wish)


def _parts(order: Order, wish: Wish) -> list[Part]:
    """The units to ship: never more than are open, as Commerce's factory cuts them."""
    parts = []
    for item in order.items:
        line = book.line_of(item)
        wanted = line.to_ship if wish.units is None else wish.units.get(item.item_id, Decimal(0))
        units = min(wanted, line.to_ship)
        if line.is_shippable and units > 0:
            parts.append(Part(item, units, item.qty_shipped))
    return parts


def _refusals(order: Order, wish: Wish, parts: Sequence[Part]) -> list[str]:
    refusals = lifecycle.shipment_refusals(book.facts(order))
    if not parts:
        refusals.append("You can't create a shipment without products.")
    known = {item.item_id for item in order.items}
    refusals.extend(
        f'The shipment contains product SKU "{item_id}" that is not part of the original order.'
        for item_id in wish.units or ()
        if item_id not in known
    )
    if any(not track.number for track in wish.tracks):
        refusals.append("Please enter a tracking number.")
    return refusals


def _move_stock(order: Order, parts: Sequence[Part], source: str) -> None:
    if not order.touches_stock:
        return
    if db.session.get(Source, source) is None:
        raise CommerceError(NOT_SAVED)
    for part in parts:
        try:
            stock.take(part.item.sku, source, part.units)
        except stock.NotEnoughAtSource as reason:
            raise CommerceError(NOT_SAVED) from reason  # what Commerce's log says; the Admin shows it
        # Always given back, even if nothing was reserved (inventory#2130).
        stock.reserve(order, part.item.sku, part.units, "shipment_created")


def _document(order: Order, parts: Sequence[Part], wish: Wish) -> Shipment:
    shipment = book.new_document(Shipment, order)
    tracks = [_track(shipment, order, track) for track in wish.tracks]
    comments = [] if wish.comment is None else [_comment(shipment, wish.comment, wish.visible)]
    document = shipment_document(shipment, order, parts, tracks=tracks, comments=comments, source=wish.source)
    shipment.document = jsons.dump(document)
    events.saved(shipment)
    return shipment


def _track(shipment: Shipment, order: Order, track: Track) -> dict[str, Any]:
    return {
        "entity_id": simulation().ids.next("shipment_track"),
        "parent_id": shipment.entity_id,
        "order_id": order.entity_id,
        "track_number": track.number,
        "title": track.title,
        "carrier_code": track.carrier,
        "weight": None,
        "qty": None,
        "description": None,
        "created_at": time(shipment.created_at),
        "updated_at": time(shipment.created_at),
    }


def _comment(shipment: Shipment, text: str, visible: int) -> dict[str, Any]:
    return {
        "entity_id": simulation().ids.next("shipment_comment"),
        "parent_id": shipment.entity_id,
        "comment": text,
        "is_customer_notified": 0,
        "is_visible_on_front": visible,
        "created_at": time(shipment.created_at),
    }
