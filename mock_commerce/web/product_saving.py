"""What the product pages write: the same values by the same ways as the REST API. The caller commits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce import catalog, stock
from mock_commerce.catalog.stock_items import CONFIGURED
from mock_commerce.models import ADMIN_STORE_ID, Product
from mock_commerce.web.product_forms import (
    DISABLED,
    ENABLED,
    CompositeForm,
    NewProductForm,
    ProductForm,
    ScopedForm,
    quantity_name,
    sources,
    status_name,
)

_SCOPED = ("name", "status")


def create(form: NewProductForm) -> Product:
    """Raises CommerceError."""
    given = {"sku": form.sku.data, "type_id": "simple", **_whole(form)}
    product = catalog.save(given, ADMIN_STORE_ID)
    _save_other_sources(product, form)
    return product


def change(product: Product, store_id: int, form: ScopedForm) -> None:
    """Change the product, or what a store view sees of it. Raises CommerceError."""
    if isinstance(form, ProductForm):
        catalog.save({"sku": product.sku, **_whole(form)}, ADMIN_STORE_ID)
        _save_other_sources(product, form)
    elif isinstance(form, CompositeForm):
        extension = {"website_ids": form.websites.data}
        own = {**_scoped(form), "price": form.price.data, "extension_attributes": extension}
        catalog.save({"sku": product.sku, **own}, ADMIN_STORE_ID)
    else:
        seen = {name: product.seen_from(store_id, name) for name in _SCOPED}
        own = {name: value for name, value in _scoped(form).items() if value != seen[name]}
        catalog.save({"sku": product.sku, **own}, store_id)


def _scoped(form: ScopedForm) -> dict[str, Any]:
    return {"name": form.name.data, "status": ENABLED if form.enabled.data else DISABLED}


def _whole(form: ProductForm) -> dict[str, Any]:
    quantity, wanted = _at(form, stock.DEFAULT_SOURCE)
    names = ("manage_stock", "min_sale_qty", "max_sale_qty", "qty_increments")
    rules = {**{name: form[name].data for name in names}, "backorders": int(form.backorders.data)}
    stock_item = {
        **rules,
        **{CONFIGURED[name][0]: rules[name] == CONFIGURED[name][1] for name in rules},
        "enable_qty_increments": rules["qty_increments"] != 1,
        "qty": quantity,
        "is_in_stock": wanted,
    }
    extension = {"website_ids": form.websites.data, "stock_item": stock_item}
    return {**_scoped(form), "price": form.price.data, "extension_attributes": extension}


def _save_other_sources(product: Product, form: ProductForm) -> None:
    for source in sources():
        quantity, wanted = _at(form, source.source_code)
        if source.source_code == stock.DEFAULT_SOURCE or quantity is None:
            continue
        sellable = wanted and (quantity > product.min_qty or product.backorders)
        status = stock.IN_STOCK if sellable else stock.OUT_OF_STOCK
        stock.set_quantity(product.sku, source.source_code, quantity, status)


def _at(form: ProductForm, source: str) -> tuple[Decimal | None, bool]:
    """Quantity and wish of a source, as they stand in the form."""
    wanted = form[status_name(source)].data == str(stock.IN_STOCK)
    return form[quantity_name(source)].data, wanted
