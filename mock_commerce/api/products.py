"""Catalogue: products; and the legacy stock items, which show source ``default``."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy import select

from mock_commerce import catalog, stock
from mock_commerce.errors import CommerceError, no_such_sku
from mock_commerce.inputs import read
from mock_commerce.models import Product, db
from mock_commerce.rest import argument, section, serves
from mock_commerce.search import Columns, criteria, page
from mock_commerce.wire.product import (
    product_document,
    product_schema,
    stock_item_document,
    stock_item_schema,
)
from simkit.simulation import operation

bp = section("products")

COLUMNS: Columns = {
    "entity_id": Product.entity_id,
    "sku": Product.sku_key,
    "name": Product.name,
    "price": Product.price,
    "status": Product.status,
    "visibility": Product.visibility,
    "type_id": Product.type_id,
    "attribute_set_id": Product.attribute_set_id,
    "created_at": Product.created_at,
    "updated_at": Product.updated_at,
}


def _unknown_attribute(field: str) -> Exception:
    return CommerceError("Invalid attribute name: %1", [field])


@bp.get("/products")
@operation("list_products")
@serves("Magento_Catalog::products")
def list_products() -> dict[str, Any]:
    """productRepository.getList: products that fit the search criteria."""
    wanted = criteria()
    rows = page(wanted, COLUMNS, Product.entity_id, _unknown_attribute)
    products = db.session.scalars(select(Product).where(rows.condition).order_by(*rows.order))
    items = [product_document(product, g.store_id, with_stock=False) for product in products]
    return {"items": items, "search_criteria": wanted.echo(), "total_count": rows.total}


@bp.get("/products/<segment:sku>")
@operation("get_product")
@serves("Magento_Catalog::products")
def get_product(sku: str) -> dict[str, Any]:
    """productRepository.get: one product by SKU."""
    return product_document(catalog.get(sku), g.store_id, with_stock=True)


@bp.post("/products")
@operation("save_product")
@serves("Magento_Catalog::products")
def save_product() -> dict[str, Any]:
    """productRepository.save: create a product, or change the one of that SKU."""
    product = catalog.save(read(product_schema, argument("product")), g.store_id)
    db.session.commit()
    return product_document(product, g.store_id, with_stock=True)


@bp.put("/products/<segment:sku>")
@operation("save_product")
@serves("Magento_Catalog::products")
def put_product(sku: str) -> dict[str, Any]:
    """productRepository.save: the SKU of the address wins over the body's."""
    product = catalog.save({**read(product_schema, argument("product")), "sku": sku}, g.store_id)
    db.session.commit()
    return product_document(product, g.store_id, with_stock=True)


@bp.delete("/products/<segment:sku>")
@operation("delete_product")
@serves("Magento_Catalog::products")
def delete_product(sku: str) -> bool:
    """productRepository.deleteById: remove a product."""
    catalog.delete(catalog.get(sku))
    db.session.commit()
    return True


@bp.get("/stockItems/<segment:sku>")
@operation("stock_item")
@serves("Magento_Catalog::catalog_inventory")
def get_stock_item(sku: str) -> dict[str, Any]:
    """stockRegistry.getStockItemBySku: the stock item of a product."""
    product = stock.find_product(sku)
    if product is None:
        raise no_such_sku(sku)
    return stock_item_document(product)


@bp.put("/products/<segment:sku>/stockItems/<segment:item>")
@operation("save_stock_item")
@serves("Magento_Catalog::catalog_inventory")
def put_stock_item(sku: str, item: str) -> int:
    """stockRegistry.updateStockItemBySku: change it; the item id of the address is ignored."""
    del item
    product = stock.find_product(sku)
    if product is None:
        raise no_such_sku(sku)
    catalog.change_stock(product, read(stock_item_schema, argument("stockItem")))
    db.session.commit()
    return product.entity_id
