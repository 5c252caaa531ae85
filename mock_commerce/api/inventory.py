"""Inventory management: source items, and what of a product can be sold from a stock."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, CouldNotSave
from mock_commerce.models import Source, SourceItem, db
from mock_commerce.search.pages import Columns, criteria, rendered_page
from mock_commerce.webapi.inputs import check_length, read, schema
from mock_commerce.webapi.rest import list_argument, section, serves
from mock_commerce.wire.values import number
from simkit.simulation import operation

bp = section("inventory")

_item_schema: Any = schema(
    "SourceItem", text="sku source_code", number="quantity", whole="status", raw="extension_attributes"
)
COLUMNS: Columns = {
    "sku": SourceItem.sku_key,
    "source_code": SourceItem.source_code,
    "quantity": SourceItem.quantity,
    "status": SourceItem.status,
}
Fault = dict[str, Any]


@bp.get("/inventory/source-items")
@operation("source_items")
@serves("Magento_InventoryApi::source")
def list_source_items() -> dict[str, Any]:
    """sourceItemRepository.getList: source items that fit the search criteria."""
    return rendered_page(
        criteria(), COLUMNS, SourceItem, _document, (SourceItem.sku_key, SourceItem.source_code)
    )


def _document(row: SourceItem) -> dict[str, Any]:
    return {
        "sku": row.sku,
        "source_code": row.source_code,
        "quantity": number(row.quantity),
        "status": row.status,
    }


@bp.post("/inventory/source-items")
@operation("save_source_items")
@serves("Magento_InventoryApi::stock_source_item_assign")
def save_source_items() -> list[Any]:
    """sourceItemsSave: write quantities; the status is the caller's duty."""
    rows = _rows()
    if errors := [error for row in rows for error in _faults(row)]:
        raise CommerceError(_refusal(errors[0]), errors=errors)
    for row in rows:
        if db.session.get(Source, row["source_code"]) is None:
            raise CouldNotSave("Could not save Source Item")
        stock.set_quantity(row["sku"], row["source_code"], row["quantity"], _status(row))
    db.session.commit()
    return []


def _refusal(first: Fault) -> str:
    if current().has("refusal_without_reason"):
        return "Validation Failed"
    return f"Validation Failed: {CommerceError(first['message'], first['parameters']).text}"


def _rows() -> list[dict[str, Any]]:
    given = list_argument("sourceItems")
    check_length(given, r"Magento\InventoryApi\Api\Data\SourceItemInterface")
    rows = [read(_item_schema, row) for row in given]
    if not rows:
        raise CommerceError("Input data is empty")
    return rows


def _status(row: dict[str, Any]) -> int:
    """The caller's; without the quirk ``source_status_is_callers`` it follows from the quantity."""
    product = stock.find_product(row["sku"])
    if current().has("source_status_is_callers"):
        return int(row["status"])
    if product is None:
        known = stock.IN_STOCK if row["quantity"] > 0 else stock.OUT_OF_STOCK
        return known if row.get("status") is None else int(row["status"])
    return stock.automatic_status(product, row["quantity"])


def _faults(row: dict[str, Any]) -> list[Fault]:
    faults = [*text_faults("sku", row.get("sku")), *text_faults("source_code", row.get("source_code"))]
    if row.get("quantity") is None:
        faults.append(_fault('"%field" should be numeric.', "quantity"))
    status = row.get("status")
    if status is None and current().has("source_status_is_callers"):
        faults.append(_fault('"%field" should be numeric.', "status"))
    elif status not in {None, stock.IN_STOCK, stock.OUT_OF_STOCK}:
        faults.append(_fault('"%field" should a known status.', "status"))
    return faults


def text_faults(field: str, value: str | None) -> list[Fault]:
    """What is wrong with a code or a SKU: nothing but blanks, or blanks where they must not be."""
    text = value or ""
    faults = [] if text.strip() else [_fault('"%field" can not be empty.', field)]
    if field == "sku" and text != text.strip():
        faults.append(_fault('"%field" can not contain leading or trailing spaces.', field))
    if field == "source_code" and text != "".join(text.split()):
        faults.append(_fault('"%field" can not contain whitespaces.', field))
    return faults


def _fault(message: str, field: str) -> Fault:
    return {"message": message, "parameters": {"field": field}}


@bp.post("/inventory/source-items-delete")
@operation("delete_source_items")
@serves("Magento_InventoryApi::stock_source_item_assign")
def delete_source_items() -> list[Any]:
    """sourceItemsDelete: take products off sources; what is not there is passed over."""
    for row in _rows():
        _delete(stock.source_item(row.get("sku") or "", row.get("source_code") or ""))
    db.session.commit()
    return []


def _delete(row: SourceItem | None) -> None:
    if row is not None:
        db.session.delete(row)


def source_faults(codes: Sequence[tuple[str, str]]) -> list[Fault]:
    """Each source that there is not; pairs of message and code."""
    return [
        {"message": message, "parameters": {"sourceCode": code}}
        for message, code in codes
        if db.session.get(Source, code) is None
    ]


def check_sources(codes: Sequence[tuple[str, str]]) -> None:
    """Raises CommerceError that names each source that there is not; pairs of message and code."""
    if errors := source_faults(codes):
        raise CommerceError("Validation Failed", errors=errors)


def take_over(sku: str, source: str, units: Decimal, status: int) -> None:
    """Put units of another source on top of what a source has."""
    row = stock.source_item(sku, source)
    held = row.quantity if row is not None else Decimal(0)
    stock.set_quantity(sku, source, held + units, status)
