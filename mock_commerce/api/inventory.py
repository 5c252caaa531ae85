"""Inventory management: source items, salable quantities, the stock of a website."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.errors import CommerceError, NoSuchEntity, TypeInvalid, no_such_sku
from mock_commerce.inputs import check_length, read, schema
from mock_commerce.models import Product, Source, SourceItem, Website, db
from mock_commerce.rest import argument, section, serves
from mock_commerce.search import Columns, criteria, rendered_page
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
    given = argument("sourceItems")
    if not isinstance(given, list):
        raise TypeInvalid("sourceItems", given, "array")
    check_length(given, r"Magento\InventoryApi\Api\Data\SourceItemInterface")
    rows = [read(_item_schema, row) for row in given]
    if not rows:
        raise CommerceError("Input data is empty")
    if errors := [error for row in rows for error in _faults(row)]:
        raise CommerceError("Validation Failed", errors=errors)
    for row in rows:
        status = row.get("status")
        stock.set_quantity(
            row["sku"],
            row["source_code"],
            row.get("quantity") or Decimal(0),
            stock.IN_STOCK if status is None else status,
        )
    db.session.commit()
    return []


def _faults(row: dict[str, Any]) -> list[dict[str, Any]]:
    faults = [
        {"message": '"%field" can not be empty.', "parameters": {"field": field}}
        for field in ("sku", "source_code")
        if not row.get(field)
    ]
    source = row.get("source_code")
    if source and db.session.get(Source, source) is None:
        message = 'Source with code "%value" does not exist.'
        faults.append({"message": message, "parameters": {"value": source}})
    if row.get("status") not in {None, stock.IN_STOCK, stock.OUT_OF_STOCK}:
        faults.append({"message": '"%field" should a known status.', "parameters": {"field": "status"}})
    return faults


def _product(sku: str, stock_id: int) -> Product:
    if stock_id != stock.DEFAULT_STOCK:
        raise NoSuchEntity('Stock with id "%value" does not exist.', {"value": stock_id})
    product = stock.find_product(sku)
    if product is None:
        raise no_such_sku(sku)
    return product


@bp.get("/inventory/get-product-salable-quantity/<segment:sku>/<segment:stock_id>")
@operation("get_salable")
@serves("Magento_InventorySalesApi::stock")
def get_salable(sku: str, stock_id: int) -> int | float:
    """getProductSalableQty: what of a product can be sold."""
    product = _product(sku, stock_id)
    return number(stock.salable({product.sku_key: product}).get(product.sku_key, Decimal(0)))


@bp.get("/inventory/is-product-salable/<segment:sku>/<segment:stock_id>")
@operation("is_salable")
@serves("Magento_InventorySalesApi::stock")
def is_salable(sku: str, stock_id: int) -> bool:
    """isProductSalable: whether any of it can be sold."""
    product = _product(sku, stock_id)
    return stock.objection(product, product.min_sale_qty) is None


@bp.get("/inventory/is-product-salable-for-requested-qty/<segment:sku>/<segment:stock_id>/<segment:quantity>")
@operation("is_salable_for_quantity")
@serves("Magento_InventorySalesApi::stock")
def is_salable_for_quantity(sku: str, stock_id: int, quantity: str) -> dict[str, Any]:
    """isProductSalableForRequestedQty: whether that many can be sold, and why not."""
    objection = stock.objection(_product(sku, stock_id), _quantity(quantity))
    errors = []
    if objection is not None:
        message = objection.message
        for place, value in enumerate(objection.parameters, start=1):
            message = message.replace(f"%{place}", value)
        errors.append({"code": objection.code, "message": message})
    return {"salable": not errors, "errors": errors}


def _quantity(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise TypeInvalid("requestedQty", text, "float") from None


@bp.get("/inventory/stock-resolver/<segment:kind>/<segment:code>")
@operation("stock_resolver")
@serves("Magento_InventorySalesApi::stock")
def resolve_stock(kind: str, code: str) -> dict[str, Any]:
    """stockResolver: the stock of a sales channel; all websites sell from stock 1."""
    query = select(Website.code).where(Website.website_id != 0).order_by(Website.website_id)
    codes = list(db.session.scalars(query))
    if kind != "website" or code not in codes:
        raise NoSuchEntity("No linked stock found")
    channels = [{"type": "website", "code": website} for website in codes]
    return {
        "stock_id": stock.DEFAULT_STOCK,
        "name": stock.STOCK_NAME,
        "extension_attributes": {"sales_channels": channels},
    }
