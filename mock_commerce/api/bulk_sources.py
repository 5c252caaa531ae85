"""Inventory management: many products put on, taken off and moved between sources at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.api.inventory import Fault, check_sources, source_faults, take_over
from mock_commerce.errors import CommerceError
from mock_commerce.models import SourceItem, db, sku_key
from mock_commerce.webapi.inputs import Texts, read, schema
from mock_commerce.webapi.rest import argument, list_argument, optional, section, serves, text_argument
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
    if faults := _pair_faults(origin, target):
        raise CommerceError("Validation Failed", errors=faults)
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


def _pair_faults(origin: str, target: str) -> list[Fault]:
    faults = source_faults(
        [
            ("Origin source %sourceCode does not exist", origin),
            ("Destination source %sourceCode does not exist", target),
        ]
    )
    if origin == target:
        faults.append({"message": "Cannot transfer a source on itself", "parameters": []})
    return faults


@bp.post("/inventory/bulk-partial-source-transfer")
@operation("bulk_partial_transfer")
@serves("Magento_Catalog::products")
def transfer_parts() -> list[Any]:
    """bulkPartialInventoryTransfer: move some units of each product; nothing moves where one is short."""
    origin, target = text_argument("originSourceCode"), text_argument("destinationSourceCode")
    given = list_argument("items")
    parts = [read(_part_schema, row) for row in given]
    lines = [fault for part in _by_sku(parts) for fault in _faults(part, origin, target)]
    if errors := [*_pair_faults(origin, target), *lines]:
        raise CommerceError("Transfer validation failed", errors=errors)
    for part in parts:
        row = stock.source_item(part["sku"], origin)
        if row is not None:
            row.quantity -= part["qty"]
            row.status = row.status if row.quantity > 0 else stock.OUT_OF_STOCK
            take_over(row.sku, target, part["qty"], stock.IN_STOCK)
    db.session.commit()
    return []


def _by_sku(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is to move of each product, however many rows share it; rows below zero stand for themselves."""
    units: dict[str, dict[str, Any]] = {}
    odd = []
    for part in parts:
        key, qty = sku_key(part.get("sku") or ""), part.get("qty") or Decimal(0)
        if qty <= 0:
            odd.append(part)
        elif key in units:
            units[key]["qty"] += qty
        else:
            units[key] = dict(part)
    return [*units.values(), *odd]


def _faults(part: dict[str, Any], origin: str, target: str) -> list[Fault]:
    """Both sources have to list the product already; what is missing is told as a finished sentence."""
    sku, wanted = part.get("sku") or "", part.get("qty") or Decimal(0)
    row = stock.source_item(sku, origin)
    if row is None:
        return [_missing(sku, origin)]
    faults = []
    if wanted <= 0 or wanted > row.quantity:
        message = "Requested transfer amount for sku %sku is not available"
        faults.append({"message": message, "parameters": {"sku": sku}})
    return faults if stock.source_item(sku, target) else [*faults, _missing(sku, target)]


def _missing(sku: str, source: str) -> Fault:
    text = f"Source item for {sku} and {source} does not exist"
    return {"message": "%message", "parameters": {"message": text}}
