"""Configurable products: their children, and the attributes that tell those apart."""

from __future__ import annotations

from typing import Any

from flask import g

from mock_commerce import catalog
from mock_commerce.catalog import composites
from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Product, db
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import argument, section, serves, text_argument
from mock_commerce.wire.composites import configurable_option_schema
from mock_commerce.wire.product import product_document
from simkit.simulation import operation

bp = section("configurables")

PRODUCTS = "Magento_Catalog::products"


def _configurable(sku: str) -> Product:
    product = catalog.get(sku)
    if product.type_id != composites.CONFIGURABLE:
        raise CommerceError('This is implemented for the "%1" configurable product only.', [sku])
    return product


def _option(product: Product, option_id: int) -> dict[str, Any]:
    for row in composites.options(product):
        if row["id"] == option_id:
            return row
    raise NoSuchEntity


@bp.get("/configurable-products/<segment:sku>/children")
@operation("list_children")
@serves(PRODUCTS)
def list_children(sku: str) -> list[dict[str, Any]]:
    """linkManagement.getChildren: none of a product that is not configurable."""
    product = catalog.get(sku)
    if product.type_id != composites.CONFIGURABLE:
        return []
    return [product_document(child, g.store_id, with_stock=False) for child in catalog.children(product)]


@bp.post("/configurable-products/<segment:sku>/child")
@operation("add_child")
@serves(PRODUCTS)
def add_child(sku: str) -> bool:
    """linkManagement.addChild: a product becomes a variant."""
    product, child = catalog.get(sku), catalog.get(text_argument("childSku"))
    if child.entity_id in product.child_ids:
        raise CommerceError("The product is already attached.")
    if not composites.options(product):
        raise CommerceError("The parent product doesn't have configurable product options.")
    product.child_ids = [*product.child_ids, child.entity_id]
    db.session.commit()
    return True


@bp.delete("/configurable-products/<segment:sku>/children/<segment:child_sku>")
@operation("remove_child")
@serves(PRODUCTS)
def remove_child(sku: str, child_sku: str) -> bool:
    """linkManagement.removeChild: a variant is one no longer."""
    product = _configurable(sku)
    child = next(
        (one for one in catalog.children(product) if one.sku.casefold() == child_sku.casefold()), None
    )
    if child is None:
        raise NoSuchEntity("The option that was requested doesn't exist. Verify the entity and try again.")
    product.child_ids = [one for one in product.child_ids if one != child.entity_id]
    db.session.commit()
    return True


@bp.get("/configurable-products/<segment:sku>/options/all")
@operation("list_configurable_options")
@serves(PRODUCTS)
def list_options(sku: str) -> list[dict[str, Any]]:
    """optionRepository.getList: the attributes that tell the children apart."""
    return composites.options(_configurable(sku))


@bp.get("/configurable-products/<segment:sku>/options/<segment:option_id>")
@operation("get_configurable_option")
@serves(PRODUCTS)
def get_option(sku: str, option_id: int) -> dict[str, Any]:
    """optionRepository.get: one of them."""
    return _option(_configurable(sku), option_id)


@bp.post("/configurable-products/<segment:sku>/options")
@operation("save_configurable_option")
@serves(PRODUCTS)
def save_option(sku: str) -> int:
    """optionRepository.save: a new one; its id comes back. A simple product becomes configurable."""
    product = catalog.get(sku)
    if product.type_id not in {*composites.VARIANTS, composites.CONFIGURABLE}:
        raise CommerceError('This is implemented for the "%1" configurable product only.', [sku])
    product.type_id = composites.CONFIGURABLE
    row = composites.configurable_option(product, read(configurable_option_schema, argument("option")))
    composites.set_options(product, [*composites.options(product), row])
    db.session.commit()
    return int(row["id"])


@bp.put("/configurable-products/<segment:sku>/options/<segment:option_id>")
@operation("save_configurable_option")
@serves(PRODUCTS)
def put_option(sku: str, option_id: int) -> int:
    """optionRepository.save: what is given of one that there is."""
    product = _configurable(sku)
    given = read(configurable_option_schema, argument("option"))
    known = {key: value for key, value in given.items() if value is not None}
    row = composites.configurable_option(product, {**_option(product, option_id), **known, "id": option_id})
    others = composites.options(product)
    composites.set_options(product, [row if one["id"] == option_id else one for one in others])
    db.session.commit()
    return option_id


@bp.delete("/configurable-products/<segment:sku>/options/<segment:option_id>")
@operation("delete_configurable_option")
@serves(PRODUCTS)
def delete_option(sku: str, option_id: int) -> bool:
    """optionRepository.deleteById: one of them goes."""
    product = _configurable(sku)
    gone = _option(product, option_id)
    composites.set_options(product, [one for one in composites.options(product) if one is not gone])
    db.session.commit()
    return True
