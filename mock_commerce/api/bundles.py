"""Bundles: their options, and the products that each option offers."""

from __future__ import annotations

from typing import Any

from mock_commerce import catalog
from mock_commerce.catalog import composites
from mock_commerce.errors import CommerceError, InputRequired, NoSuchEntity
from mock_commerce.models import Product, db, sku_key
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import argument, section, serves
from mock_commerce.wire.composites import bundle_link_schema, bundle_option_schema
from simkit.simulation import operation

bp = section("bundles")

PRODUCTS = "Magento_Catalog::products"
TYPES = {"select": "Drop-down", "radio": "Radio Buttons", "checkbox": "Checkbox", "multi": "Multiple Select"}


def _bundle(sku: str) -> Product:
    product = catalog.get(sku)
    if product.type_id != composites.BUNDLE:
        raise CommerceError("This is implemented for bundle products only.")
    return product


def _option(product: Product, option_id: int) -> dict[str, Any]:
    for row in composites.options(product):
        if row["option_id"] == option_id:
            return row
    raise NoSuchEntity("The option that was requested doesn't exist. Verify the entity and try again.")


def _store(product: Product, changed: dict[str, Any]) -> None:
    rows = composites.options(product)
    if not any(row["option_id"] == changed["option_id"] for row in rows):
        rows = [*rows, changed]
    composites.set_options(
        product, [changed if row["option_id"] == changed["option_id"] else row for row in rows]
    )
    db.session.commit()


@bp.get("/bundle-products/<segment:sku>/children")
@operation("list_bundle_links")
@serves(PRODUCTS)
def list_links(sku: str) -> list[dict[str, Any]]:
    """productLinkManagement.getChildren: the links of all options."""
    return [link for option in composites.options(_bundle(sku)) for link in option["product_links"]]


@bp.get("/bundle-products/options/types")
@operation("list_bundle_types")
@serves(PRODUCTS)
def list_types() -> list[dict[str, str]]:
    """productOptionTypeList.getItems: how an option can be shown."""
    return [{"label": label, "code": code} for code, label in TYPES.items()]


@bp.get("/bundle-products/<segment:sku>/options/all")
@operation("list_bundle_options")
@serves(PRODUCTS)
def list_options(sku: str) -> list[dict[str, Any]]:
    """productOptionRepository.getList: all options with their links."""
    return composites.options(_bundle(sku))


@bp.get("/bundle-products/<segment:sku>/options/<segment:option_id>")
@operation("get_bundle_option")
@serves(PRODUCTS)
def get_option(sku: str, option_id: int) -> dict[str, Any]:
    """productOptionRepository.get: one option."""
    return _option(_bundle(sku), option_id)


@bp.post("/bundle-products/options/add")
@operation("save_bundle_option")
@serves(PRODUCTS)
def add_option() -> int:
    """productOptionManagement.save: a new option of the bundle that it names; its id comes back."""
    given = read(bundle_option_schema, argument("option"))
    return _saved(given, given.get("option_id"))


@bp.put("/bundle-products/options/<segment:option_id>")
@operation("save_bundle_option")
@serves(PRODUCTS)
def put_option(option_id: int) -> int:
    """productOptionManagement.save: what is given of an option; the id of the address wins."""
    return _saved(read(bundle_option_schema, argument("option")), option_id)


def _saved(given: dict[str, Any], option_id: int | None) -> int:
    if not given.get("sku"):
        raise InputRequired("sku")
    product = _bundle(given["sku"])
    before = _option(product, option_id) if option_id else {}
    known = {key: value for key, value in given.items() if value is not None}
    row = composites.bundle_option(product, {**before, **known, "option_id": option_id})
    _store(product, row)
    return int(row["option_id"])


@bp.delete("/bundle-products/<segment:sku>/options/<segment:option_id>")
@operation("delete_bundle_option")
@serves(PRODUCTS)
def delete_option(sku: str, option_id: int) -> bool:
    """productOptionRepository.deleteById: an option goes with its links."""
    product = _bundle(sku)
    gone = _option(product, option_id)
    composites.set_options(product, [row for row in composites.options(product) if row is not gone])
    db.session.commit()
    return True


@bp.post("/bundle-products/<segment:sku>/links/<segment:option_id>")
@operation("save_bundle_link")
@serves(PRODUCTS)
def add_link(sku: str, option_id: int) -> int:
    """productLinkManagement.addChildByProductSku: one more choice; its id comes back."""
    product = _bundle(sku)
    option = _option(product, option_id)
    link = composites.bundle_link(option_id, read(bundle_link_schema, argument("linkedProduct")))
    if any(sku_key(one["sku"]) == sku_key(link["sku"]) for one in option["product_links"]):
        message = 'Child with specified sku: "%1" already assigned to product: "%2"'
        raise CommerceError(message, [link["sku"], product.sku])
    _store(product, {**option, "product_links": [*option["product_links"], link]})
    return int(link["id"])


@bp.put("/bundle-products/<segment:sku>/links/<segment:link_id>")
@operation("save_bundle_link")
@serves(PRODUCTS)
def put_link(sku: str, link_id: str) -> bool:
    """productLinkManagement.saveChild: another quantity or price of a choice."""
    product = _bundle(sku)
    given = read(bundle_link_schema, argument("linkedProduct"))
    known = {key: value for key, value in given.items() if value is not None}
    for option in composites.options(product):
        for place, link in enumerate(option["product_links"]):
            if link["id"] == link_id:
                row = composites.bundle_link(option["option_id"], {**link, **known, "id": link_id})
                links = option["product_links"]
                _store(product, {**option, "product_links": [*links[:place], row, *links[place + 1 :]]})
                return True
    raise CommerceError('The product link with the "%1" ID field wasn\'t found.', [link_id])


@bp.delete("/bundle-products/<segment:sku>/options/<segment:option_id>/children/<segment:child_sku>")
@operation("delete_bundle_link")
@serves(PRODUCTS)
def delete_link(sku: str, option_id: int, child_sku: str) -> bool:
    """productLinkManagement.removeChild: one choice less."""
    product = _bundle(sku)
    option = _option(product, option_id)
    rest = [link for link in option["product_links"] if sku_key(link["sku"]) != sku_key(child_sku)]
    if len(rest) == len(option["product_links"]):
        raise NoSuchEntity("The bundle doesn't exist. Review your request and try again.")
    _store(product, {**option, "product_links": rest})
    return True
