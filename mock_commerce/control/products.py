"""The verbs of ``/_sim`` for products and their stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_commerce import catalog, stock
from mock_commerce.catalog import url_keys
from mock_commerce.control.stores import check_source
from mock_commerce.control.wishes import product_schema, sku_schema, stock_schema
from mock_commerce.models import ADMIN_STORE_ID, Product, Website, db
from mock_commerce.models.catalog import COMPOSITE_TYPES
from simkit.checking import wish_of
from simkit.control import BadControl

ENABLED, DISABLED = 1, 2
DEFAULT_PRICE, DEFAULT_QUANTITY = Decimal(10), 100


def add_to(bp: Blueprint) -> None:
    bp.post("/products")(_save)
    bp.post("/products/delete")(_delete)
    bp.post("/stock")(_set_stock)


def _save() -> ResponseReturnValue:
    product = _saved(wish_of(product_schema))
    db.session.commit()
    return jsonify(sku=product.sku, entity_id=product.entity_id)


def _saved(given: Mapping[str, Any]) -> Product:
    """Create a product with the defaults of a catalog line, or change what is given of one."""
    known = stock.find_product(given["sku"])
    website_ids = _website_ids(given["websites"]) if "websites" in given else None
    sources = _sources(given, new=known is None)
    if known is None:
        defaults = {"name": given["sku"], "price": DEFAULT_PRICE, "type": "simple"}
        wire = _wire({**defaults, **given})
        key = {"url_key": url_keys.free(wire["name"])}
        product = catalog.save({**wire, "custom_attributes": key}, ADMIN_STORE_ID)
        product.website_ids = website_ids or [1]
    else:
        product = catalog.save(_wire(given), ADMIN_STORE_ID)
        product.website_ids = website_ids or product.website_ids
    _set_stock_rules(product, given)
    for source, quantity in sources.items():
        _set_quantity(product, source, quantity)
    if not sources:
        _refresh_status(product)
    return product


def _wire(given: Mapping[str, Any]) -> dict[str, Any]:
    wire = {key: given[key] for key in ("sku", "name", "price") if key in given}
    if "type" in given:
        wire["type_id"] = given["type"]
    if "status" in given:
        wire["status"] = ENABLED if given["status"] == "enabled" else DISABLED
    return wire


def _website_ids(codes: Sequence[str]) -> list[int]:
    rows = db.session.execute(select(Website.code, Website.website_id).where(Website.website_id != 0))
    known = dict(rows.all())
    for code in codes:
        if code not in known:
            raise BadControl(f"field 'websites': {code!r} is not one of {', '.join(known)}")
    return [known[code] for code in codes]


def _sources(given: Mapping[str, Any], *, new: bool) -> dict[str, Decimal]:
    """Quantities by source that the call sets; a new product without any has the default quantity."""
    wanted = {code: Decimal(units) for code, units in given.get("sources", {}).items()}
    for code in wanted:
        check_source(code, "sources")
    if "qty" in given:
        wanted[stock.DEFAULT_SOURCE] = Decimal(given["qty"])
    elif new and not wanted and given.get("type") not in COMPOSITE_TYPES:
        wanted[stock.DEFAULT_SOURCE] = Decimal(DEFAULT_QUANTITY)
    return wanted


def _set_stock_rules(product: Product, given: Mapping[str, Any]) -> None:
    for name in ("manage_stock", "in_stock"):
        if name in given:
            setattr(product, name, given[name])
    if "backorders" in given:
        product.backorders = int(given["backorders"])
    for name in ("min_sale_qty", "max_sale_qty", "qty_increments"):
        if name in given:
            setattr(product, name, Decimal(given[name]))
    if "children" in given:
        _check_children(product, given["children"])
        catalog.consist_of(product, given["children"])
    db.session.flush()


def _check_children(product: Product, skus: Sequence[str]) -> None:
    if not product.is_composite:
        raise BadControl(f"field 'children': {product.sku!r} is {product.type_id}, which has none")
    for sku in skus:
        child = stock.find_product(sku)
        if child is None or child.is_composite:
            raise BadControl(f"field 'children': {sku!r} is not the SKU of a simple or virtual product")


def _set_quantity(product: Product, source: str, quantity: Decimal) -> None:
    stock.set_quantity(product.sku, source, quantity, stock.automatic_status(product, quantity))


def _refresh_status(product: Product) -> None:
    for item in stock.source_items(product):
        item.status = stock.automatic_status(product, item.quantity)


def _found(sku: str) -> Product:
    """Raises BadControl."""
    product = stock.find_product(sku)
    if product is None:
        raise BadControl(f"field 'sku': there is no product {sku!r}", 404)
    return product


def _delete() -> ResponseReturnValue:
    product = _found(wish_of(sku_schema)["sku"])
    catalog.delete(product)
    db.session.commit()
    return jsonify(sku=product.sku)


def _set_stock() -> ResponseReturnValue:
    given = wish_of(stock_schema)
    _stock_up(given)
    db.session.commit()
    return jsonify(sku=given["sku"], source=given["source"])


def _stock_up(given: Mapping[str, Any]) -> None:
    """Set the physical quantity at a source by hand; reservations stay."""
    product = _found(given["sku"])
    source, quantity = given["source"], Decimal(given["qty"])
    check_source(source, "source")
    wish = given.get("in_stock")
    if wish is not None and source == stock.DEFAULT_SOURCE:
        product.in_stock = wish
    status = stock.automatic_status(product, quantity)
    if wish is not None and source != stock.DEFAULT_SOURCE:
        status = int(wish)
    stock.set_quantity(product.sku, source, quantity, status)
