"""Shipments: which units go, from which source, and what that does to order and stock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mock_commerce import stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import Order, Shipment
from mock_commerce.sales import book, failures, families, lifecycle, parcels
from mock_commerce.sales.papers import comment_rows, write
from mock_commerce.wire.documents import Part, shipment_document

PREFIX = "Shipment Document Validation Error(s):"

observers: list[Callable[[Order], None]] = []
"""What installed modules do after a shipment changed an order and before the order is rendered."""

Track = parcels.Track


@dataclass(frozen=True)
class Wish:
    """A shipment that somebody asks for. ``units`` None means everything that is left."""

    units: Mapping[int, Decimal] | None = None
    tracks: Sequence[Track] = ()
    comment: str | None = None
    visible: int = 0
    source: str = stock.DEFAULT_SOURCE
    number: str | None = None
    """The increment id, where the caller gives one."""


def ship(order: Order, wish: Wish) -> Shipment:
    """Make a shipment. The caller commits.

    Raises CommerceError with all that is wrong.
    """
    parts = _parts(order, wish)
    if refusals := _refusals(order, wish, parts):
        raise CommerceError("\n".join([PREFIX, *refusals]))
    shipment = book.new_document(Shipment, order, wish.number)
    try:
        parcels.take_from(order, parts, wish.source)
    except (stock.NotEnoughAtSource, parcels.NoSuchSource) as reason:
        raise failures.not_saved("a shipment", reason) from reason
    for part in parts:
        part.item.qty_shipped += part.units
    families.lift_parents(order, "shipped")
    _move_on(order)
    _write(shipment, order, parts, wish)
    return shipment


def _move_on(order: Order) -> None:
    """Let order and modules follow; quantities are set already."""
    shipped = book.settled(order, lifecycle.after_shipment(book.facts(order)))
    order.state, order.status = shipped.state, shipped.status
    for observe in observers:
        observe(order)
    book.save(order)


def _parts(order: Order, wish: Wish) -> list[Part]:
    """The units to ship: never more than are open, as Commerce's factory cuts them."""
    parts = []
    for item in order.items:
        line = book.line_of(item)
        wanted = line.to_ship
        if wish.units is not None:
            wanted = book.units_of(item, wish.units.get(item.item_id, Decimal(0)))
        units = min(wanted, line.to_ship)
        if line.is_shippable and units > 0:
            parts.append(Part(item, units, item.qty_shipped))
            led = families.followers(order, item, units, "shipped")
            parts.extend(Part(child, part, child.qty_shipped) for child, part in led)
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
    refusals.extend(_wrong_level(order, wish))
    return refusals


def _wrong_level(order: Order, wish: Wish) -> list[str]:
    """Bundles are shipped as a whole or child by child, never the other way."""
    text = (
        'Cannot create shipment as bundle product "{}" has shipment type "{}". {} should be shipped instead.'
    )
    refusals = []
    for item in order.items:
        if item.item_id not in (wish.units or ()) or item.is_shipped:
            continue
        parent = families.parent_of(order, item)
        if item.has_children:
            refusals.append(text.format(item.sku, "Separately", "Bundle product options"))
        elif parent is not None and parent.product_type == families.BUNDLE:
            refusals.append(text.format(parent.sku, "Together", "Bundle product itself"))
    return refusals


def _write(shipment: Shipment, order: Order, parts: Sequence[Part], wish: Wish) -> None:
    document = shipment_document(
        shipment,
        order,
        parts,
        tracks=[parcels.track_row(shipment, track) for track in wish.tracks],
        comments=comment_rows(shipment, wish.comment, wish.visible),
        source=wish.source,
    )
    write(shipment, document)
