"""Inventory management: many products put on, taken off and moved between sources at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.api.inventory import check_sources, take_over
from mock_commerce.errors import CommerceError, TypeInvalid
from mock_commerce.inputs import Texts, read, schema
from mock_commerce.models import SourceItem, db
from mock_commerce.rest import argument, optional, section, serves, text_argument
from simkit.simulation import operation

bp = section("bulk_sources")

_part_schema: Any = schema("PartialInventoryTransferItem", text="sku", number="qty")


def _texts(name: str) -> list[str]:
    texts: list[str] = Texts().deserialize(argument(name))
    return texts


def _known(skus: list[str]) -> list[str]:
    return [product.sku for product in stock.find_products(skus).values() if not product.is_composite]


@bp.post("/inventory/bulk-product-source-assign")
@operation("bulk_source_assign")
@serves("Magento_Catalog::products")
def assign() -> int:
    """bulkSourceAssign: put products on sources with nothing; how many were put there."""
    skus, codes = _known(_texts("skus")), _texts("sourceCodes")
    check_sources([("Source %sourceCode does not exist", code) for code in codes])
    wanted = [(sku, code) for sku in skus for code in codes if stock.source_item(sku, code) is None]
    for sku, code in wanted:
        stock.set_quantity(sku, code, Decimal(0), stock.OUT_OF_STOCK)
    db.session.commit()
    return len(wanted)


@bp.post("/inventory/bulk-product-source-unassign")
@operation("bulk_source_unassign")
@serves("Magento_Catalog::products")
def unassign() -> int:
    """bulkSourceUnassign: take products off sources; how many were there."""
    skus, codes = _texts("skus"), _texts("sourceCodes")
    check_sources([("Source %sourceCode does not exist", code) for code in codes])
    rows = [stock.source_item(sku, code) for sku in skus for code in codes]
    found = [row for row in rows if row is not None]
    for row in found:
        db.session.delete(row)
    db.session.commit()
    return len(found)


@bp.post("/inventory/bulk-product-source-transfer")
@operation("bulk_source_transfer")
@serves("Magento_Catalog::products")
def transfer() -> bool:
    """bulkInventoryTransfer: move all units of products, and their status, to another source."""
    origin, target = text_argument("originSource"), text_argument("destinationSource")
    _check_pair(origin, target, "Validation Failed")
    for sku in _texts("skus"):
        row = stock.source_item(sku, origin)
        if row is not None:
            take_over(row.sku, target, row.quantity, row.status)
            row.quantity, row.status = Decimal(0), stock.OUT_OF_STOCK
            _leave(row)
    db.session.commit()
    return True


def _leave(row: SourceItem) -> None:
    if optional("unassignFromOrigin") in {True, "1", "true"}:
        db.session.delete(row)


def _check_pair(origin: str, target: str, message: str) -> None:
    pairs = [
        ("Origin source %sourceCode does not exist", origin),
        ("Destination source %sourceCode does not exist", target),
    ]
    try:
        check_sources(pairs)
    except CommerceError as error:
        raise CommerceError(message, errors=error.errors) from None
    if origin == target:
        fault = {"message": "Cannot transfer a source on itself", "parameters": []}
        raise CommerceError(message, errors=[fault])


@bp.post("/inventory/bulk-partial-source-transfer")
@operation("bulk_partial_transfer")
@serves("Magento_Catalog::products")
def transfer_parts() -> list[Any]:
    """bulkPartialInventoryTransfer: move some units of each product; nothing moves where one is short."""
    origin, target = text_argument("originSourceCode"), text_argument("destinationSourceCode")
    given = argument("items")
    if not isinstance(given, list):
        raise TypeInvalid("", given, "array")
    parts = [read(_part_schema, row) for row in given]
    message = "Transfer validation failed"
    _check_pair(origin, target, message)
    if errors := [fault for part in parts for fault in _faults(part, origin)]:
        raise CommerceError(message, errors=errors)
    for part in parts:
        row = stock.source_item(part["sku"], origin)
        if row is not None:
            row.quantity -= part["qty"]
            row.status = row.status if row.quantity > 0 else stock.OUT_OF_STOCK
            take_over(row.sku, target, part["qty"], stock.IN_STOCK)
    db.session.commit()
    return []


def _faults(part: dict[str, Any], origin: str) -> list[dict[str, Any]]:
    sku, wanted = part.get("sku") or "", part.get("qty") or Decimal(0)
    row = stock.source_item(sku, origin)
    if row is None:
        message = "Source item for %sku and %sourceCode does not exist"
        return [{"message": message, "parameters": {"sku": sku, "sourceCode": origin}}]
    if wanted <= 0 or wanted > row.quantity:
        message = "Requested transfer amount for sku %sku is not available"
        return [{"message": message, "parameters": {"sku": sku}}]
    return []
