"""POST_FLAT_FILE_FULFILLMENT_DATA: shipments as tab-separated records, a package each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mock_amazon.feeds.envelope import units
from mock_amazon.feeds.results import FeedBroken, Outcome, Refused, flat_outcome, incomplete
from mock_amazon.feeds.shipping import Shipment, Wanted, ship
from mock_amazon.wire.charsets import decoded
from mock_amazon.wire.xml_times import flat_time

NEEDED = ("order-id", "ship-date")
COLUMNS = (
    *NEEDED,
    *("order-item-id", "quantity", "carrier-code", "carrier-name", "tracking-number"),
    *("ship-method", "cod-collection-method"),
)
_HEADING_WITHIN = 3
"""The template begins with a line for Amazon, and in some languages one with translated headings."""
_MISSING = (
    "The required {} field is missing from the file. To correct this error, download the template again "
    "and use the new copy, or insert the required field into your existing file."
)
_UNKNOWN = (
    "The {} field heading is invalid, so values in this field were ignored. To correct this error, download "
    "the template again and use the new copy, or fix the field heading in your existing file."
)
_TRACKING_ODD = "18901"
"""Ours: Amazon's number of this warning is not known."""

Row = Sequence[str]


def fulfil_flat(seller_id: str, content: bytes, content_type: str) -> Outcome:
    """Carry out the records.

    Raises FeedBroken.
    """
    try:
        text = decoded(content, content_type)
    except ValueError as error:
        raise FeedBroken(str(error)) from None
    lines = [
        [cell.strip().strip('"').strip() for cell in line.split("\t")]
        for line in text.replace("\0", "").splitlines()
    ]
    start = next((at for at, line in enumerate(lines[:_HEADING_WITHIN]) if "order-id" in line), 0)
    heading = lines[start] if lines else []
    rows = [*_heading_faults(heading)]
    if any(row[4] == "Fatal" for row in rows):
        return flat_outcome(0, rows, 0)
    records = [dict(zip(heading, line, strict=False)) for line in lines[start + 1 :] if any(line)]
    failed = 0
    for number, record in enumerate(records, 1):
        told, fails = _one(seller_id, str(number), record)
        rows += told
        failed += fails
    return flat_outcome(len(records), rows, failed)


def _heading_faults(heading: Row) -> list[Row]:
    missing = [("90012", "Fatal", _MISSING.format(name)) for name in NEEDED if name not in heading]
    unknown = [
        ("90061", "Warning", _UNKNOWN.format(name)) for name in heading if name and name not in COLUMNS
    ]
    return [("0", "", "", *fault) for fault in (*missing, *unknown)]


def _one(seller_id: str, number: str, record: Mapping[str, str]) -> tuple[list[Row], int]:
    about = (number, record.get("order-id", ""), record.get("order-item-id", ""))
    try:
        warnings = ship(seller_id, _shipment(record))
    except Refused as error:
        return [(*about, error.code, "Error", error.text)], 1
    return [(*about, _TRACKING_ODD, "Warning", text) for text in warnings], 0


def _shipment(record: Mapping[str, str]) -> Shipment:
    shipped_at = flat_time(record.get("ship-date", ""))
    if shipped_at is None:
        raise incomplete(f"ship-date: {record.get('ship-date', '')!r} is not a date")
    item, quantity = record.get("order-item-id", ""), units(record.get("quantity", ""), "quantity")
    if quantity is not None and not item:
        raise incomplete("a quantity needs its order-item-id")
    code, name = record.get("carrier-code", ""), record.get("carrier-name", "")
    return Shipment(
        amazon_id=record.get("order-id", ""),
        merchant_id="",
        shipped_at=shipped_at,
        carrier=name if not code or (code.lower() == "other" and name) else code,
        method=record.get("ship-method") or None,
        tracking=record.get("tracking-number", ""),
        wanted=[Wanted(item, "", quantity)] if item else [],
        cod=record.get("cod-collection-method", ""),
    )
