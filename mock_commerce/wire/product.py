"""Products and their stock items as Commerce shows them, and what may be sent of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.inputs import nested, schema
from mock_commerce.models import MAX_SALE_QTY, Product
from mock_commerce.wire.values import number, time, without_nulls

stock_item_schema: Any = schema(
    "StockItem",
    number="qty min_qty min_sale_qty max_sale_qty qty_increments notify_stock_qty",
    whole="item_id product_id stock_id backorders use_config_min_sale_qty stock_status_changed_auto",
    flag="is_in_stock is_qty_decimal show_default_notification_message use_config_min_qty "
    "use_config_max_sale_qty use_config_backorders use_config_notify_stock_qty use_config_qty_increments "
    "use_config_enable_qty_inc enable_qty_increments use_config_manage_stock manage_stock "
    "is_decimal_divided",
    raw="low_stock_date extension_attributes",
)

_extension_schema: Any = schema(
    "ProductExtension", raw="website_ids category_links", stock_item=nested(stock_item_schema)
)

product_schema: Any = schema(
    "Product",
    text="sku name type_id created_at updated_at",
    number="price weight",
    whole="id attribute_set_id status visibility",
    raw="product_links options media_gallery_entries tier_prices custom_attributes",
    extension_attributes=nested(_extension_schema),
)


def product_document(product: Product, store_id: int, *, with_stock: bool) -> dict[str, Any]:
    """A product as a store view sees it; lists come without the stock item, as in Commerce."""
    extra = product.extra
    extension: dict[str, Any] = {"website_ids": product.website_ids}
    if extra.get("category_links"):
        extension["category_links"] = extra["category_links"]
    if with_stock:
        extension["stock_item"] = stock_item_document(product)
    document = {
        "id": product.entity_id,
        "sku": product.sku,
        "name": product.seen_from(store_id, "name"),
        "attribute_set_id": product.attribute_set_id,
        "price": number(product.price),
        "status": product.seen_from(store_id, "status"),
        "visibility": product.seen_from(store_id, "visibility"),
        "type_id": product.type_id,
        "created_at": time(product.created_at),
        "updated_at": time(product.updated_at),
        "weight": None if product.weight is None else number(product.weight),
        "extension_attributes": extension,
        "product_links": extra.get("product_links", []),
        "options": extra.get("options", []),
        "media_gallery_entries": extra.get("media_gallery_entries", []),
        "tier_prices": extra.get("tier_prices", []),
        "custom_attributes": extra.get("custom_attributes", []),
    }
    return without_nulls(document)


def stock_item_document(product: Product) -> dict[str, Any]:
    """The legacy stock item: it shows source ``default`` and stock 1."""
    item = stock.source_item(product.sku)
    return {
        "item_id": product.entity_id,
        "product_id": product.entity_id,
        "stock_id": stock.DEFAULT_STOCK,
        "qty": number(item.quantity if item is not None else Decimal(0)),
        "is_in_stock": item is not None and item.status == stock.IN_STOCK,
        "is_qty_decimal": False,
        "show_default_notification_message": False,
        "use_config_min_qty": product.min_qty == 0,
        "min_qty": number(product.min_qty),
        "use_config_min_sale_qty": int(product.min_sale_qty == 1),
        "min_sale_qty": number(product.min_sale_qty),
        "use_config_max_sale_qty": product.max_sale_qty == MAX_SALE_QTY,
        "max_sale_qty": number(product.max_sale_qty),
        "use_config_backorders": product.backorders == 0,
        "backorders": product.backorders,
        "use_config_notify_stock_qty": True,
        "notify_stock_qty": 1,
        "use_config_qty_increments": product.qty_increments == 1,
        "qty_increments": number(product.qty_increments),
        "use_config_enable_qty_inc": product.qty_increments == 1,
        "enable_qty_increments": product.qty_increments != 1,
        "use_config_manage_stock": product.manage_stock,
        "manage_stock": product.manage_stock,
        "low_stock_date": None,
        "is_decimal_divided": False,
        "stock_status_changed_auto": 0,
    }
