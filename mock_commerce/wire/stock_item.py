"""The legacy stock item and its status, which show source ``default`` and stock 1."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.catalog.stock_items import follows_configuration
from mock_commerce.models import Product
from mock_commerce.webapi.inputs import schema
from mock_commerce.wire.values import number

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


def stock_item_document(product: Product) -> dict[str, Any]:
    """The rules are those that count, be they the product's or the configuration's."""
    kept = product.stock_extra
    steps = product.sells_in_steps
    return {
        "item_id": product.entity_id,
        "product_id": product.entity_id,
        "stock_id": stock.DEFAULT_STOCK,
        "qty": number(quantity(product)),
        "is_in_stock": is_in_stock(product),
        "is_qty_decimal": product.is_qty_decimal,
        "show_default_notification_message": False,
        "use_config_min_qty": follows_configuration(product, "min_qty"),
        "min_qty": number(product.min_qty),
        "use_config_min_sale_qty": int(follows_configuration(product, "min_sale_qty")),
        "min_sale_qty": number(product.min_sale_qty),
        "use_config_max_sale_qty": follows_configuration(product, "max_sale_qty"),
        "max_sale_qty": number(product.max_sale_qty),
        "use_config_backorders": follows_configuration(product, "backorders"),
        "backorders": product.backorders,
        "use_config_notify_stock_qty": kept.get("use_config_notify_stock_qty", True),
        "notify_stock_qty": number(Decimal(str(kept.get("notify_stock_qty", 1)))),
        "use_config_qty_increments": follows_configuration(product, "qty_increments"),
        "qty_increments": number(product.qty_increments) if steps else 0,
        "use_config_enable_qty_inc": kept.get("use_config_enable_qty_inc", not steps),
        "enable_qty_increments": steps,
        "use_config_manage_stock": follows_configuration(product, "manage_stock"),
        "manage_stock": product.manage_stock,
        "low_stock_date": None,
        "is_decimal_divided": kept.get("is_decimal_divided", False),
        "stock_status_changed_auto": 0,
    }


def quantity(product: Product) -> Decimal:
    item = stock.source_item(product.sku)
    return item.quantity if item is not None else Decimal(0)


def is_in_stock(product: Product) -> bool:
    """What the default source says; a composite product has no source and is as the merchant says."""
    if product.is_composite:
        return product.in_stock
    item = stock.source_item(product.sku)
    return item is not None and item.status == stock.IN_STOCK


def stock_status_document(product: Product) -> dict[str, Any]:
    return {
        "product_id": product.entity_id,
        "stock_id": stock.DEFAULT_STOCK,
        "qty": int(quantity(product)),
        "stock_status": int(not product.manage_stock or is_in_stock(product)),
        "stock_item": stock_item_document(product),
    }
