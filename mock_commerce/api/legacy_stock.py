"""Legacy stock: stock items and statuses by SKU, which show source ``default`` and stock 1."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import request
from sqlalchemy import select

from mock_commerce import catalog, stock
from mock_commerce.errors import InputRequired, no_such_sku
from mock_commerce.models import Product, SourceItem, db
from mock_commerce.webapi.inputs import Number, read
from mock_commerce.webapi.rest import argument, section, serves, whole_number
from mock_commerce.wire.stock_item import stock_item_document, stock_item_schema, stock_status_document
from simkit.simulation import operation

bp = section("legacy_stock")


def _product(sku: str) -> Product:
    product = stock.find_product(sku)
    if product is None:
        raise no_such_sku(sku)
    return product


@bp.get("/stockItems/<segment:sku>")
@operation("stock_item")
@serves("Magento_Catalog::catalog_inventory")
def get_stock_item(sku: str) -> dict[str, Any]:
    """stockRegistry.getStockItemBySku: the stock item of a product."""
    return stock_item_document(_product(sku))


@bp.get("/stockStatuses/<segment:sku>")
@operation("stock_status")
@serves("Magento_Catalog::catalog_inventory")
def get_stock_status(sku: str) -> dict[str, Any]:
    """stockRegistry.getStockStatusBySku: whether a product is in stock."""
    return stock_status_document(_product(sku))


@bp.put("/products/<segment:sku>/stockItems/<segment:item>")
@operation("save_stock_item")
@serves("Magento_Catalog::catalog_inventory")
def put_stock_item(sku: str, item: str) -> int:
    """stockRegistry.updateStockItemBySku: change it; the item id of the address is ignored."""
    whole_number(item)
    product = _product(sku)
    catalog.change_stock(product, read(stock_item_schema, argument("stockItem")))
    db.session.commit()
    return product.entity_id


@bp.get("/stockItems/lowStock")
@operation("low_stock")
@serves("Magento_Catalog::catalog_inventory")
def list_low_stock() -> dict[str, Any]:
    """stockRegistry.getLowStockItems: stock items with no more than ``qty`` units, page by page."""
    for name in ("scopeId", "qty"):
        if name not in request.args:
            raise InputRequired(name)
    size = whole_number(request.args.get("pageSize", "0"))
    start = (max(1, whole_number(request.args.get("currentPage", "1"))) - 1) * size
    query = (
        select(Product)
        .join(SourceItem, SourceItem.sku_key == Product.sku_key)
        .where(SourceItem.source_code == stock.DEFAULT_SOURCE, SourceItem.quantity <= _limit())
        .order_by(Product.entity_id)
    )
    found = list(db.session.scalars(query))
    shown = found[start : start + size] if size > 0 else found
    return {
        "items": [stock_item_document(product) for product in shown],
        "search_criteria": {
            "mapper_interface_name": "Magento\\CatalogInventory\\Model\\ResourceModel\\Stock\\Item\\"
            "StockItemCriteriaMapper",
            "criteria_list": [],
            "filters": [],
            "orders": [],
            "limit": [],
        },
        "total_count": len(found),
    }


def _limit() -> Decimal:
    limit: Decimal = Number().deserialize(request.args["qty"], "qty")
    return limit
