"""Inventory management: what can be sold from a stock, and why not; which stock a website sells from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import request

from mock_commerce import catalog, stock
from mock_commerce.errors import CommerceError, InputRequired, TypeInvalid
from mock_commerce.models import Product
from mock_commerce.stock import stocks
from mock_commerce.webapi import php_query
from mock_commerce.webapi.inputs import Number
from mock_commerce.webapi.rest import section, serves, whole_number
from mock_commerce.wire.inventory import stock_document
from mock_commerce.wire.values import number
from simkit.simulation import operation

bp = section("salability")


def _product(sku: str, stock_id: int) -> Product:
    """Raises NoSuchEntity; CommerceError for products that only have children."""
    stocks.get(stock_id)
    product = catalog.get(sku)
    if product.is_composite:
        raise CommerceError("Can't check requested quantity for products without Source Items support.")
    return product


@bp.get("/inventory/get-product-salable-quantity/<segment:sku>/<segment:stock_id>")
@operation("get_salable")
@serves("Magento_InventorySalesApi::stock")
def get_salable(sku: str, stock_id: int) -> int | float:
    """getProductSalableQty: what of a product can be sold; 0 where no source has it in stock."""
    product = _product(sku, stock_id)
    return number(stock.salable({product.sku_key: product}, stock_id).get(product.sku_key, Decimal(0)))


@bp.get("/inventory/is-product-salable/<segment:sku>/<segment:stock_id>")
@operation("is_salable")
@serves("Magento_InventorySalesApi::stock")
def is_salable(sku: str, stock_id: int) -> bool:
    """isProductSalable: whether any of it can be sold."""
    stocks.get(stock_id)
    return _is_salable(sku, stock_id)


def _is_salable(sku: str, stock_id: int) -> bool:
    product = catalog.get(sku)
    if not product.is_composite:
        return stock.is_salable(product, stock_id)
    parts = catalog.children(product)
    return product.in_stock and any(stock.is_salable(part, stock_id) for part in parts)


@bp.get("/inventory/is-product-salable-for-requested-qty/<segment:sku>/<segment:stock_id>/<segment:quantity>")
@operation("is_salable_for_quantity")
@serves("Magento_InventorySalesApi::stock")
def is_salable_for_quantity(sku: str, stock_id: int, quantity: str) -> dict[str, Any]:
    """isProductSalableForRequestedQty: whether that many can be sold, and why not."""
    return _verdict(_product(sku, stock_id), stock_id, _quantity("requestedQty", quantity))


def _verdict(product: Product, stock_id: int, quantity: Decimal) -> dict[str, Any]:
    found = stock.objections(product, quantity, stock_id)
    errors = [{"code": one.code, "message": one.text} for one in found]
    return {"salable": not errors, "errors": errors}


@bp.get("/inventory/are-products-salable")
@operation("are_salable")
@serves("Magento_InventorySalesApi::stock")
def are_salable() -> list[dict[str, Any]]:
    """areProductsSalable: the same question for many SKUs; they come as ``skus[]``."""
    stock_id = _stock_id()
    skus = _listed("skus")
    return [
        {"sku": str(sku), "stock_id": stock_id, "salable": _is_salable(str(sku), stock_id)} for sku in skus
    ]


@bp.get("/inventory/are-product-salable-for-requested-qty")
@operation("are_salable_for_quantity")
@serves("Magento_InventorySalesApi::stock")
def are_salable_for_quantity() -> list[dict[str, Any]]:
    """areProductsSalableForRequestedQty: quantities come as ``skuRequests[0][sku]`` and ``[qty]``."""
    stock_id = _stock_id()
    answers = []
    for row in _listed("skuRequests"):
        if not isinstance(row, dict):
            raise TypeInvalid("skuRequests", row, "object")
        product = _product(str(row.get("sku", "")), stock_id)
        verdict = _verdict(product, stock_id, _quantity("qty", str(row.get("qty", ""))))
        answers.append({"sku": product.sku, "stock_id": stock_id, **verdict})
    return answers


def _stock_id() -> int:
    if "stockId" not in request.args:
        raise InputRequired("stockId")
    stock_id = whole_number(request.args["stockId"])
    return stocks.get(stock_id).stock_id


def _listed(name: str) -> list[Any]:
    found = php_query.parse(request.args.items(multi=True)).get(name)
    if not found:
        raise InputRequired(name)
    if isinstance(found, dict):
        return list(found.values())
    return str(found).split(",")


def _quantity(field: str, text: str) -> Decimal:
    quantity: Decimal = Number().deserialize(text, field)
    return quantity


@bp.get("/inventory/stock-resolver/<segment:kind>/<segment:code>")
@operation("stock_resolver")
@serves("Magento_InventorySalesApi::stock")
def resolve_stock(kind: str, code: str) -> dict[str, Any]:
    """stockResolver: the stock of a sales channel."""
    return stock_document(stocks.of_channel(kind, code))
