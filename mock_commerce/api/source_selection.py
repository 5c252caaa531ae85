"""Inventory management: which sources are to give the units of a shipment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce.errors import CommerceError, InputRequired
from mock_commerce.stock import stocks
from mock_commerce.stock.selection import shares
from mock_commerce.webapi.inputs import listed, read, schema
from mock_commerce.webapi.rest import argument, section, serves, text_argument
from mock_commerce.wire.values import number
from simkit.simulation import operation

bp = section("source_selection")

PRIORITY = "priority"
_item_schema: Any = schema("ItemRequest", text="sku", number="qty", raw="extension_attributes")
_request_schema: Any = schema(
    "InventoryRequest",
    whole="stock_id",
    raw="extension_attributes",
    items=listed(_item_schema, r"Magento\InventorySourceSelectionApi\Api\Data\ItemRequestInterface"),
)


@bp.get("/inventory/source-selection-algorithm-list")
@operation("source_selection_algorithms")
@serves("Magento_InventorySourceSelectionApi::source_selection_algorithm")
def list_algorithms() -> list[dict[str, str]]:
    """getSourceSelectionAlgorithmList: the one that is imitated."""
    description = "Sources are used in the order of their priority in the stock"
    return [{"code": PRIORITY, "title": "Source Priority", "description": description}]


@bp.post("/inventory/source-selection-algorithm-result")
@operation("select_sources")
@serves("Magento_InventorySourceSelectionApi::source_selection_algorithm_post")
def select_sources() -> dict[str, Any]:
    """sourceSelectionService: what each source would give; ``shippable`` where that is enough."""
    wanted = read(_request_schema, argument("inventoryRequest"))
    code = text_argument("algorithmCode")
    if code != PRIORITY:
        raise CommerceError("There is no such Source Selection Algorithm implemented: %1", [code])
    stock_id = stocks.get(wanted.get("stock_id") or 0).stock_id
    rows, enough = [], True
    for item in wanted.get("items") or []:
        if not item.get("sku"):
            raise InputRequired("sku")
        units = item.get("qty") or Decimal(0)
        found = shares(item["sku"], units, stock_id)
        enough &= sum((share.units for share in found), Decimal(0)) >= units
        rows += [
            {
                "source_code": share.source_code,
                "sku": item["sku"],
                "qty_to_deduct": number(share.units),
                "qty_available": number(share.available),
            }
            for share in found
        ]
    return {"source_selection_items": rows, "shippable": enough}
