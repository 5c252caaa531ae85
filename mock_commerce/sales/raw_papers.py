"""Plain saves of shipments, invoices and credit memos (POST /V1/shipment, /invoices, /creditmemo).

Up to 2.4.6 they only store the document (magento2#4052); later ones move the order as well.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, CouldNotSave, Masked
from mock_commerce.models import Creditmemo, Invoice, Order, Shipment, row_by_id
from mock_commerce.sales import book, invoicing, papers, parcels, refunding, shipping
from mock_commerce.wire.documents import MOST_LINES, OPEN, Part
from mock_commerce.wire.values import number, time, without_nulls

ZERO = Decimal(0)
_PARTS = frozenset({"items", "tracks", "comments", "shipping_label"})
_OWN = frozenset({"entity_id", "increment_id", "order_id", "created_at", "updated_at", "store_id"})
Row = Shipment | Invoice | Creditmemo


def save_shipment(given: dict[str, Any]) -> dict[str, Any]:
    """Store a shipment, and send its units in versions that do. The caller commits.

    Raises CouldNotSave; CommerceError where the order cannot be shipped.
    """
    if given.get("entity_id"):
        return _change(book.entity(Shipment, given["entity_id"]), given)
    order = _order(given, CouldNotSave("The shipment couldn't be saved."))
    tracks = [track_of(row) for row in given.get("tracks") or []]
    source = (given.get("extension_attributes") or {}).get("source_code") or stock.DEFAULT_SOURCE
    wish = shipping.Wish(_units(order, given), tracks, source=source, number=given.get("increment_id"))
    if current().has("raw_documents_alone"):
        row = _lone_shipment(order, wish, given)
    else:
        row = shipping.ship(order, wish)
    _keep(row, {key: given.get(key) for key in ("shipping_label", "comments", "packages")})
    return papers.content_of(row)


def _lone_shipment(order: Order, wish: shipping.Wish, given: dict[str, Any]) -> Shipment:
    """Units leave their source and the reservation is given back; the order does not hear of it."""
    row = book.new_document(Shipment, order, wish.number)
    units = wish.units or {}
    parts = [
        Part(item, units[item.item_id], ZERO) for item in order.items if units.get(item.item_id, ZERO) > 0
    ]
    try:
        parcels.take_from(order, parts, wish.source)
    except (stock.NotEnoughAtSource, parcels.NoSuchSource) as reason:
        raise CouldNotSave("The shipment couldn't be saved.") from reason
    tracks = [parcels.track_row(row, track) for track in wish.tracks]
    extension = {"extension_attributes": {"source_code": wish.source}}
    papers.write(row, {**_lone(row, given), "tracks": tracks, **extension})
    return row


def save_invoice(given: dict[str, Any]) -> dict[str, Any]:
    """Store an invoice, and count it for its order in versions that do. The caller commits.

    Raises CommerceError; Masked for an order that there is not.
    """
    if given.get("entity_id"):
        row = book.entity(Invoice, given["entity_id"])
        row.state = given.get("state") or row.state
        return _change(row, given)
    order = _order(given, _no_order(given))
    if current().has("raw_documents_alone"):
        row = book.new_document(Invoice, order, given.get("increment_id"))
        row.state = given.get("state")
        papers.write(row, {"total_qty": 0, **_lone(row, given)})
    else:
        row = invoicing.invoice(order, _units(order, given), paid=given.get("state") != OPEN)
    _keep(row, {"comments": given.get("comments")})
    return papers.content_of(row)


def save_creditmemo(given: dict[str, Any]) -> dict[str, Any]:
    """Store a credit memo, and count it for its order in versions that do. The caller commits.

    Raises CouldNotSave; CommerceError where the order cannot be refunded.
    """
    if given.get("entity_id"):
        return _change(book.entity(Creditmemo, given["entity_id"]), given)
    order = _order(given, CouldNotSave("The credit memo couldn't be saved."))
    if not current().has("raw_documents_alone"):
        return refund(order, given)
    row = book.new_document(Creditmemo, order, given.get("increment_id"))
    papers.write(row, _lone(row, given))
    _keep(row, {"comments": given.get("comments")})
    return papers.content_of(row)


def register_refund(given: dict[str, Any]) -> dict[str, Any]:
    """POST /V1/creditmemo/refund: a credit memo that always counts. The caller commits.

    Raises CommerceError.
    """
    order = _order(given, _no_order(given))
    if given.get("entity_id"):
        raise CommerceError("We cannot register an existing credit memo.")
    refundable = order.total_paid - order.total_refunded
    if (given.get("grand_total") or ZERO) > refundable:
        raise CommerceError("The most money available to refund is %1.", [f"${refundable:,.2f}"])
    return refund(order, given)


def refund(order: Order, given: dict[str, Any]) -> dict[str, Any]:
    wish = refunding.Wish(
        units=_units(order, given) or {},
        shipping=given.get("shipping_amount") or ZERO,
        adjustment=given.get("adjustment_positive") or ZERO,
        fee=abs(given.get("adjustment_negative") or ZERO),
        total=given.get("grand_total"),
        invoice_id=given.get("invoice_id"),
    )
    row = refunding.refund(order, wish)
    _keep(row, {"comments": given.get("comments")})
    return papers.content_of(row)


def track_of(row: Mapping[str, Any]) -> parcels.Track:
    """A track as the caller gave it."""
    return parcels.Track(
        row.get("track_number") or "",
        row.get("carrier_code") or "custom",
        row.get("title") or "",
        row.get("description"),
        row.get("weight"),
        row.get("qty"),
    )


def _order(given: Mapping[str, Any], otherwise: CommerceError) -> Order:
    order = row_by_id(Order, given.get("order_id") or 0)
    if order is None:
        raise otherwise
    return order


def _no_order(given: Mapping[str, Any]) -> Masked:
    return Masked(
        "SQLSTATE[23000]: Integrity constraint violation: 1452 Cannot add or update a child row: "
        f"no sales_order has the entity_id {given.get('order_id')}"
    )


def _units(order: Order, given: Mapping[str, Any]) -> dict[int, Decimal] | None:
    """Units by order item; rows may name the SKU only. No rows: everything."""
    if not given.get("items"):
        return None
    by_sku = {item.sku: item.item_id for item in order.items}
    units: dict[int, Decimal] = {}
    for row in given["items"]:
        item_id = row.get("order_item_id") or by_sku.get(row.get("sku"), 0)
        units[item_id] = units.get(item_id, ZERO) + (row.get("qty") or ZERO)
    return units


def _lone(row: Row, given: dict[str, Any]) -> dict[str, Any]:
    """The document as it was given, under its own ids."""
    known = {key: _plain(value) for key, value in given.items() if key not in _PARTS | _OWN}
    head = {
        **{key: getattr(row, key) for key in ("entity_id", "increment_id", "order_id", "store_id")},
        "created_at": time(row.created_at),
    }
    return without_nulls({**known, **head, "items": _rows(row, given.get("items") or []), "comments": []})


def _rows(row: Row, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **without_nulls({key: _plain(value) for key, value in line.items()}),
            "entity_id": row.entity_id * MOST_LINES + place,
            "parent_id": row.entity_id,
        }
        for place, line in enumerate(given)
    ]


def _plain(value: Any) -> Any:
    return number(value) if isinstance(value, Decimal) else value


def _change(row: Row, given: dict[str, Any]) -> dict[str, Any]:
    """An update: the given properties, and comments and tracks that have no id yet."""
    known = {key: _plain(value) for key, value in given.items() if key not in _PARTS | _OWN}
    papers.change(row, **without_nulls(known))
    _keep(row, {key: given.get(key) for key in ("shipping_label", "comments", "tracks")})
    return papers.content_of(row)


def _keep(row: Row, given: Mapping[str, Any]) -> None:
    """Parts beside the lines; a label is shown in Base64."""
    changes: dict[str, Any] = {}
    content = papers.content_of(row)
    for part, make in _MAKERS.items():
        new = [make(row, one) for one in given.get(part) or [] if not one.get("entity_id")]
        if new:
            changes[part] = [*content.get(part, []), *new]
    if given.get("packages"):
        changes["packages"] = given["packages"]
    if given.get("shipping_label"):
        changes["shipping_label"] = base64.b64encode(given["shipping_label"].encode()).decode()
    if changes:
        papers.change(row, **changes)


_MAKERS: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "comments": papers.comment_row,
    "tracks": lambda row, given: parcels.track_row(row, track_of(given)),
}
