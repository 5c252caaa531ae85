"""What has to be told to whom after something was shipped. Quantities decide, not statuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from connector.domain.order import Order, Package

KNOWN_CARRIERS = {"fedex": "FedEx", "ups": "UPS", "usps": "USPS"}
"""Sent as Amazon's own codes; every other goes as a free name (K-23)."""

OWN_REFERENCES = 900_000_000
"""The connector's package numbers start here: Seller Central's own are small, and one that is given
again edits that package."""


@dataclass(frozen=True)
class Carrier:
    """A carrier as confirmShipment wants it."""

    code: str
    name: str


@dataclass(frozen=True)
class Track:
    """One tracking entry of a Commerce shipment."""

    carrier_code: str
    number: str
    title: str = ""


@dataclass(frozen=True)
class CommerceShipment:
    """A shipment document of Commerce: order item id (Commerce's) to units."""

    shipment_id: int
    order_id: int
    created_at: str
    units: Mapping[int, int]
    tracks: tuple[Track, ...]
    comments: tuple[str, ...]


def carrier_of(track: Track) -> Carrier:
    known = KNOWN_CARRIERS.get(track.carrier_code.lower())
    if known is not None:
        return Carrier(known, known)
    return Carrier("Other", track.title or track.carrier_code)


def package_reference(shipment_id: int) -> str:
    """The number of a shipment at Amazon: confirmShipment wants a positive one, as text."""
    return str(OWN_REFERENCES + shipment_id)


def tracking(shipment: CommerceShipment) -> Track | None:
    """The tracking entry that is sent: an Amazon package has one number, and the last one wins (K-24)."""
    return shipment.tracks[-1] if shipment.tracks else None


def units_missing(at_amazon: Mapping[str, int], known: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Units that left at Amazon and for which no shipment is known here (L-13, F69)."""
    counted: dict[str, int] = {}
    for units in known:
        for item_id, quantity in units.items():
            counted[item_id] = counted.get(item_id, 0) + quantity
    missing = {item_id: quantity - counted.get(item_id, 0) for item_id, quantity in at_amazon.items()}
    return {item_id: quantity for item_id, quantity in missing.items() if quantity > 0}


def covers(there: Mapping[str, int], units: Mapping[str, int]) -> bool:
    """Whether there are that many units of each item."""
    return all(there.get(item_id, 0) >= quantity for item_id, quantity in units.items())


def at_most(units: Mapping[str, int], limit: Mapping[str, int]) -> dict[str, int]:
    """Of each item no more than the limit; items of which nothing is left drop out."""
    capped = {item_id: min(quantity, limit.get(item_id, 0)) for item_id, quantity in units.items()}
    return {item_id: quantity for item_id, quantity in capped.items() if quantity > 0}


def arrived(order: Order, reference: str, units: Mapping[str, int], before: Mapping[str, int] | None) -> bool:
    """Whether Amazon has a package of these units.

    Where packages are not told: whether as many units more are shipped there than were before it could have
    been sent; ``None``: it was not sent.
    """
    if order.packages_told:
        return any(package.reference == reference for package in order.packages)
    return before is not None and covers(units_missing(order.units_shipped, [before]), units)


def foreign_packages(order: Order) -> list[Package]:
    """Packages that were not confirmed by this connector."""
    return [
        package
        for package in order.packages
        if not (package.reference.isdigit() and int(package.reference) > OWN_REFERENCES)
    ]


def all_units_out(order: Order, shipped: Iterable[Mapping[str, int]]) -> bool:
    """Whether the shipments together cover every unit that was ordered."""
    return not units_missing(order.units_ordered, shipped)
