"""The legacy stock item of a product: its rules, and quantity and status of source ``default``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.config.settings import current
from mock_commerce.models import MAX_SALE_QTY, Product

CONFIGURED: Mapping[str, tuple[str, Any]] = {
    "min_qty": ("use_config_min_qty", Decimal(0)),
    "min_sale_qty": ("use_config_min_sale_qty", Decimal(1)),
    "max_sale_qty": ("use_config_max_sale_qty", MAX_SALE_QTY),
    "qty_increments": ("use_config_qty_increments", Decimal(1)),
    "manage_stock": ("use_config_manage_stock", True),
    "backorders": ("use_config_backorders", 0),
}
"""Each rule with the flag that lets the configuration decide, and what the configuration says."""
KEPT = ("is_qty_decimal", "notify_stock_qty", "use_config_notify_stock_qty", "is_decimal_divided",
        "enable_qty_increments", "use_config_enable_qty_inc")  # fmt: skip


def follows_configuration(product: Product, rule: str) -> bool:
    """Whether the configuration decides a rule: as somebody said, or since the product says the same."""
    flag, default = CONFIGURED[rule]
    return bool(product.stock_extra.get(flag, getattr(product, rule) == default))


def change(product: Product, given: Mapping[str, Any]) -> None:
    """Change rules, and quantity and status of the default source. The caller commits."""
    for rule in CONFIGURED:
        _change_rule(product, rule, given)
    kept = {name: given[name] for name in KEPT if given.get(name) is not None}
    if kept:
        numbers = {name: float(value) for name, value in kept.items() if isinstance(value, Decimal)}
        product.stock_extra = {**product.stock_extra, **kept, **numbers}
    if given.get("is_in_stock") is not None:
        product.in_stock = given["is_in_stock"]
    if not product.is_composite:
        _change_quantity(product, given.get("qty"))


def _change_rule(product: Product, rule: str, given: Mapping[str, Any]) -> None:
    """With the quirk ``use_config_hides_values`` a value alone does not count: its flag is needed too."""
    flag, default = CONFIGURED[rule]
    value, wish = given.get(rule), given.get(flag)
    if value is None and wish is None:
        return
    if wish is None:
        wish = current().has("use_config_hides_values") and follows_configuration(product, rule)
    product.stock_extra = {**product.stock_extra, flag: bool(wish)}
    if wish:
        setattr(product, rule, default)
    elif value is not None:
        setattr(product, rule, value)


def _change_quantity(product: Product, quantity: Decimal | None) -> None:
    item = stock.source_item(product.sku)
    if quantity is None:
        quantity = item.quantity if item is not None else Decimal(0)
    stock.set_quantity(product.sku, stock.DEFAULT_SOURCE, quantity, stock.automatic_status(product, quantity))
