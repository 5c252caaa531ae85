"""Writing products: defaults of new ones, values of single store views, stock settings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Product, SourceItem, Store, Website, db, sku_key
from mock_commerce.rest import ADMIN_STORE_ID
from mock_commerce.sales.book import now

SCOPED = ("name", "status", "visibility")
PLAIN = ("type_id", "attribute_set_id", "price", "weight")
KEPT = ("product_links", "options", "media_gallery_entries", "tier_prices", "custom_attributes")
STOCK_SETTINGS = ("min_qty", "min_sale_qty", "max_sale_qty", "qty_increments", "manage_stock", "backorders")
SKU_LENGTH = 64


def get(sku: str) -> Product:
    """The product of a SKU, whatever its case.

    Raises NoSuchEntity.
    """
    product = stock.find_product(sku)
    if product is None:
        raise NoSuchEntity("The product that was requested doesn't exist. Verify the product and try again.")
    return product


def save(given: Mapping[str, Any], store_id: int) -> Product:
    """Create a product, or change what is given of one. The caller commits.

    A store view of the address only takes the scoped attributes of a product that exists (magento2#36443).
    """
    sku = given.get("sku") or ""
    product = stock.find_product(sku)
    if product is None:
        product = _new(sku, given, store_id)
    elif store_id != ADMIN_STORE_ID:
        _override(product, store_id, given)
    else:
        _set(product, SCOPED, given)
    _set(product, PLAIN, given)
    _extend(product, given)
    product.updated_at = now()
    db.session.flush()
    return product


def _new(sku: str, given: Mapping[str, Any], store_id: int) -> Product:
    for label, value in (("SKU", sku), ("Product Name", given.get("name"))):
        if not value:
            message = 'The "%1" attribute value is empty. Set the attribute and try again.'
            raise CommerceError(message, [label])
    if len(sku) > SKU_LENGTH:
        raise CommerceError("SKU length should be %1 characters maximum.", [SKU_LENGTH])
    product = Product(
        sku=sku, sku_key=sku_key(sku), created_at=now(), updated_at=now(), overrides={}, extra={}
    )
    product.website_ids = _websites_of(store_id)
    db.session.add(product)
    _set(product, SCOPED, given)
    _set(product, PLAIN, given)
    db.session.flush()
    stock.set_quantity(sku, stock.DEFAULT_SOURCE, Decimal(0), stock.OUT_OF_STOCK)
    return product


def _websites_of(store_id: int) -> list[int]:
    """A new product belongs to the website of the address; under ``all`` to every one."""
    if store_id == ADMIN_STORE_ID:
        query = select(Website.website_id).where(Website.website_id != 0)
        return list(db.session.scalars(query.order_by(Website.website_id)))
    return [db.session.get_one(Store, store_id).website_id]


def _set(product: Product, names: tuple[str, ...], given: Mapping[str, Any]) -> None:
    for name in names:
        if given.get(name) is not None:
            setattr(product, name, given[name])


def _override(product: Product, store_id: int, given: Mapping[str, Any]) -> None:
    own = {name: given[name] for name in SCOPED if given.get(name) is not None}
    if own:
        key = str(store_id)
        product.overrides = {**product.overrides, key: {**product.overrides.get(key, {}), **own}}


def _extend(product: Product, given: Mapping[str, Any]) -> None:
    extension = given.get("extension_attributes") or {}
    if extension.get("website_ids") is not None:
        product.website_ids = sorted(extension["website_ids"])
    if extension.get("stock_item"):
        change_stock(product, extension["stock_item"])
    kept = {name: given[name] for name in KEPT if given.get(name) is not None}
    if extension.get("category_links") is not None:
        kept["category_links"] = extension["category_links"]
    if kept:
        product.extra = {**product.extra, **kept}


def change_stock(product: Product, given: Mapping[str, Any]) -> None:
    """Change stock settings, and quantity and status of the default source."""
    _set(product, STOCK_SETTINGS, given)
    if given.get("is_in_stock") is not None:
        product.in_stock = given["is_in_stock"]
    item = stock.source_item(product.sku)
    quantity = given.get("qty")
    if quantity is None:
        quantity = item.quantity if item is not None else Decimal(0)
    status = stock.automatic_status(product, quantity)
    stock.set_quantity(product.sku, stock.DEFAULT_SOURCE, quantity, status)


def delete(product: Product) -> None:
    """Remove a product; its source items go with it. The caller commits."""
    for item in db.session.scalars(select(SourceItem).where(SourceItem.sku_key == product.sku_key)):
        db.session.delete(item)
    db.session.delete(product)
