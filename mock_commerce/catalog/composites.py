"""Products made of others: children of configurable products, options and links of bundles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import Product, db, sku_key
from simkit.simulation import simulation

CONFIGURABLE, BUNDLE = "configurable", "bundle"
VARIANTS = frozenset({"simple", "virtual"})


def children(product: Product) -> list[Product]:
    """The products that a configurable one or a bundle consists of, in their order."""
    if product.type_id == BUNDLE:
        skus = [link["sku"] for option in options(product) for link in option["product_links"]]
        return _by_sku(skus)
    rows = db.session.scalars(select(Product).where(Product.entity_id.in_(product.child_ids)))
    found = {row.entity_id: row for row in rows}
    return [found[child_id] for child_id in product.child_ids if child_id in found]


def _by_sku(skus: Iterable[str]) -> list[Product]:
    keys = list(dict.fromkeys(map(sku_key, skus)))
    found = {row.sku_key: row for row in db.session.scalars(select(Product).where(Product.sku_key.in_(keys)))}
    return [found[key] for key in keys if key in found]


def options(product: Product) -> list[dict[str, Any]]:
    """A bundle's options with their links, or the attributes that tell a configurable's children apart."""
    found: list[dict[str, Any]] = product.extra.get(f"{product.type_id}_options", [])
    return found


def set_options(product: Product, rows: list[dict[str, Any]]) -> None:
    product.extra = {**product.extra, f"{product.type_id}_options": rows}


def extend(product: Product, extension: Mapping[str, Any]) -> None:
    """Take over what ``extension_attributes`` of a product say of its parts.

    Raises CommerceError for children that there are not.
    """
    if extension.get("configurable_product_links") is not None:
        ids = extension["configurable_product_links"]
        for child_id in ids:
            if db.session.get(Product, child_id) is None:
                message = 'The product with ID "%1" can\'t be added to the configurable product.'
                raise CommerceError(message, [child_id])
        product.child_ids = list(dict.fromkeys(ids))
    if extension.get("configurable_product_options") is not None:
        rows = [configurable_option(product, row) for row in extension["configurable_product_options"]]
        product.extra = {**product.extra, "configurable_options": rows}
    if extension.get("bundle_product_options") is not None:
        rows = [bundle_option(product, row) for row in extension["bundle_product_options"]]
        product.extra = {**product.extra, "bundle_options": rows}


def configurable_option(product: Product, given: Mapping[str, Any]) -> dict[str, Any]:
    """An option with its id; the values are those attribute options that some child has."""
    return {
        "id": given.get("id") or simulation().ids.next("super_attribute"),
        "attribute_id": str(given.get("attribute_id") or ""),
        "label": given.get("label") or "",
        "position": int(given.get("position") or 0),
        "values": [{"value_index": int(row.get("value_index") or 0)} for row in given.get("values") or []],
        "product_id": product.entity_id,
    }


def bundle_option(product: Product, given: Mapping[str, Any]) -> dict[str, Any]:
    """An option with ids for itself and its links.

    Raises NoSuchEntity for a link to a product that there is not.
    """
    option_id = given.get("option_id") or simulation().ids.next("bundle_option")
    links = given.get("product_links") or []
    return {
        "option_id": int(option_id),
        "title": given.get("title") or "",
        "required": bool(given.get("required", True)),
        "type": given.get("type") or "select",
        "position": int(given.get("position") or 0),
        "sku": product.sku,
        "product_links": [bundle_link(int(option_id), link) for link in links],
    }


def bundle_link(option_id: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """One choice of an option.

    Raises NoSuchEntity for an unknown SKU, CommerceError for a product that has no units of its own.
    """
    found = _by_sku([str(given.get("sku") or "")])
    if not found:
        raise NoSuchEntity("The product that was requested doesn't exist. Verify the product and try again.")
    if found[0].is_composite:
        raise CommerceError("The bundle product can't contain another composite product.")
    return {
        "id": str(given.get("id") or simulation().ids.next("bundle_selection")),
        "sku": found[0].sku,
        "option_id": option_id,
        "qty": float(given.get("qty") or 1),
        "position": int(given.get("position") or 0),
        "is_default": bool(given.get("is_default", False)),
        "price": float(given.get("price") or 0),
        "price_type": int(given.get("price_type") or 0),
        "can_change_quantity": int(given.get("can_change_quantity") or 0),
    }


def consist_of(product: Product, skus: Iterable[str]) -> None:
    """Give a product these children, with the options that they need: for the simulator's catalogs.

    A configurable product has one option that tells them apart, a bundle one required option for each.
    """
    parts = _by_sku(skus)
    if product.type_id == BUNDLE:
        rows = [
            bundle_option(
                product, {"title": part.name, "position": place, "product_links": [{"sku": part.sku}]}
            )
            for place, part in enumerate(parts, start=1)
        ]
        set_options(product, rows)
        return
    product.child_ids = [part.entity_id for part in parts]
    for part in parts:
        part.attributes = {**part.attributes, "color": str(part.entity_id)}
    values = [{"value_index": part.entity_id} for part in parts]
    set_options(
        product, [configurable_option(product, {"attribute_id": "93", "label": "Color", "values": values})]
    )


def leave(product: Product) -> None:
    """Take a product that is deleted out of those that consist of it."""
    parents = select(Product).where(Product.type_id.in_([CONFIGURABLE, BUNDLE]))
    for parent in db.session.scalars(parents):
        if product.entity_id in parent.child_ids:
            parent.child_ids = [one for one in parent.child_ids if one != product.entity_id]
        if parent.type_id == BUNDLE:
            set_options(parent, [_without(option, product) for option in options(parent)])


def _without(option: Mapping[str, Any], product: Product) -> dict[str, Any]:
    links = [link for link in option["product_links"] if sku_key(link["sku"]) != product.sku_key]
    return {**option, "product_links": links}
