"""Tracks of shipments that were made before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_commerce.errors import CommerceError, CouldNotSave
from mock_commerce.models import Shipment, ShipmentTrack, db, row_by_id
from mock_commerce.sales import book, papers, parcels
from mock_commerce.sales.raw_papers import track_of

_REQUIRED = {"track_number": "Number", "carrier_code": "Carrier Code"}


def save(given: Mapping[str, Any]) -> dict[str, Any]:
    """Add a track to its shipment, or change the one of that id. The caller commits.

    Raises CouldNotSave for a shipment of another order, and where something is missing.
    """
    shipment = _shipment(given)
    missing = [label for field, label in _REQUIRED.items() if not given.get(field)]
    if missing:
        lines = [f'"{label}" is required. Enter and try again.' for label in missing]
        raise _refusal("\n".join(["Cannot save track:", *lines]))
    rows = papers.content_of(shipment).get("tracks", [])
    old = next((row for row in rows if row["entity_id"] == given.get("entity_id")), None)
    new = parcels.track_row(shipment, track_of(given)) if old is None else _changed(shipment, old, given)
    papers.change(shipment, tracks=[*(row for row in rows if row is not old), new])
    return new


def _changed(shipment: Shipment, old: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    fields = parcels.track_fields(shipment, track_of(given))
    return {**old, **fields, "created_at": old["created_at"]}


def delete(track_id: int) -> None:
    """Take a track away, wherever it stands; the caller commits."""
    known = row_by_id(ShipmentTrack, track_id)
    if known is None:
        return
    shipment = book.entity(Shipment, known.parent_id)
    rows = papers.content_of(shipment).get("tracks", [])
    papers.change(shipment, tracks=[row for row in rows if row["entity_id"] != track_id])
    db.session.delete(known)


def _shipment(given: Mapping[str, Any]) -> Shipment:
    shipment = row_by_id(Shipment, given.get("parent_id") or 0)
    if shipment is None or shipment.order_id != given.get("order_id"):
        raise _refusal("The shipment doesn't belong to the order.")
    return shipment


def _refusal(reason: str) -> CouldNotSave:
    error = CouldNotSave("Could not save the shipment tracking.")
    error.__cause__ = CommerceError(reason)
    return error
