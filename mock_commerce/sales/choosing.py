"""What a buyer's choice makes of a configurable product or a bundle: parts, price and SKU.

Sentences and rules as those of Commerce's product types, ``price_type``, ``sku_type`` and ``shipment_type``
of bundles among them; left out, they are dynamic, dynamic and together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.catalog import composites
from mock_commerce.errors import CommerceError
from mock_commerce.models import Attribute, Product, db, sku_key
from mock_commerce.sales.pricing import price_of

ZERO = Decimal(0)
_CHOOSE = "You need to choose options for your item."
_SPECIFY = "Please specify product option(s)."
_REQUIRED = "Please select all required options."
_NOT_AVAILABLE = "The options you selected are not available."
_ONE_ELEMENT = "Option type (%1) should have only one element."
_PERCENT = 1
_KEYS = {composites.CONFIGURABLE: "configurable_item_options", composites.BUNDLE: "bundle_options"}
_MANY = frozenset({"checkbox", "multi"})
_Pick = tuple[Mapping[str, Any], Decimal]
"""A selection of an option, and its units in one of the whole."""
Choice = Mapping[str, Any]
"""``extension_attributes`` of a ``product_option``: ``configurable_item_options`` or ``bundle_options``."""


@dataclass(frozen=True)
class Part:
    """What one unit of the whole consists of; the price is one of the part's own units."""

    product: Product
    units: Decimal
    price: Decimal


@dataclass(frozen=True)
class Chosen:
    """A whole with its parts. Where they are priced, the whole only sums them up.

    Two choices with one ``identity`` come to the same, whatever else was said in them.
    """

    sku: str
    price: Decimal
    parts: Sequence[Part]
    choice: Choice
    identity: Sequence[tuple[str, Decimal]]
    priced_by_child: bool = False
    ships_separately: bool = False


def names_parts(product: Product, choice: Choice) -> bool:
    """Whether a choice says anything that counts for the product's type."""
    return bool(choice.get(_KEYS.get(product.type_id, "")))


def choose(product: Product, choice: Choice, store_id: int) -> Chosen | None:
    """What the choice means, at a store view's prices; None for a product that has nothing to choose.

    Raises CommerceError for a choice that is missing, or that there is not.
    """
    if product.type_id == composites.CONFIGURABLE:
        return _variant(product, choice.get(_KEYS[product.type_id]) or [], store_id)
    if product.type_id == composites.BUNDLE:
        return _bundle(product, choice.get(_KEYS[product.type_id]) or [], store_id)
    if product.is_composite:
        raise CommerceError(_CHOOSE)
    return None


def usual_choice(product: Product, variant: str | None = None) -> Choice:
    """A choice for orders that only name SKUs: that variant, or each option's default or first selection."""
    if product.type_id == composites.CONFIGURABLE:
        return {"configurable_item_options": _options_of(product, variant)}
    if product.type_id == composites.BUNDLE:
        rows = [option for option in composites.options(product) if option["required"]]
        return {"bundle_options": [_usual(option) for option in rows if option["product_links"]]}
    return {}


def _options_of(product: Product, variant: str | None) -> list[dict[str, Any]]:
    child = next((one for one in composites.children(product) if one.sku_key == sku_key(variant or "")), None)
    if child is None:
        return []
    codes = _codes(product)
    return [
        {"option_id": number, "option_value": int(child.attributes[code])}
        for number, code in codes.items()
        if str(child.attributes.get(code)).isdecimal()
    ]


def _usual(option: Mapping[str, Any]) -> dict[str, Any]:
    links = option["product_links"]
    link = next((link for link in links if link["is_default"]), links[0])
    return {
        "option_id": option["option_id"],
        "option_qty": link["qty"],
        "option_selections": [int(link["id"])],
    }


def _codes(product: Product) -> dict[str, str]:
    """The codes of the attributes that tell a configurable product's children apart, by their ids."""
    numbers = [int(option["attribute_id"] or 0) for option in composites.options(product)]
    query = select(Attribute.attribute_id, Attribute.attribute_code).where(
        Attribute.attribute_id.in_(numbers)
    )
    return {str(number): code for number, code in db.session.execute(query)}


def _variant(product: Product, rows: Sequence[Mapping[str, Any]], store_id: int) -> Chosen:
    wanted = {str(row.get("option_id")): str(row.get("option_value")) for row in rows}
    codes = _codes(product)
    if not codes or not codes.keys() <= wanted.keys():
        raise CommerceError(_CHOOSE)
    for child in composites.children(product):
        if all(str(child.attributes.get(code)) == wanted[number] for number, code in codes.items()):
            chosen = [{"option_id": number, "option_value": int(wanted[number])} for number in codes]
            parts = [Part(child, Decimal(1), ZERO)]
            price = price_of(child, store_id)
            choice = {_KEYS[composites.CONFIGURABLE]: chosen}
            return Chosen(child.sku, price, parts, choice, [(child.sku_key, Decimal(1))])
    raise CommerceError(_CHOOSE)


def _bundle(product: Product, rows: Sequence[Mapping[str, Any]], store_id: int) -> Chosen:
    """Raises CommerceError."""
    asked = {int(row.get("option_id") or 0): row for row in rows if row.get("option_selections")}
    if not asked:
        raise CommerceError(_SPECIFY)
    options = composites.options(product)
    if any(option["required"] and option["option_id"] not in asked for option in options):
        raise CommerceError(_REQUIRED)
    picked = [
        (link, _units(link, asked[option["option_id"]]))
        for option in options
        if option["option_id"] in asked
        for link in _selected(option, asked[option["option_id"]])
    ]
    if len(picked) != sum(len(row["option_selections"]) for row in asked.values()):
        raise CommerceError(_NOT_AVAILABLE)
    return _priced(product, picked, _shown(options, asked), store_id)


def _selected(option: Mapping[str, Any], row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Raises CommerceError where one is allowed and several are picked."""
    ids = {str(number) for number in row["option_selections"]}
    if option["type"] not in _MANY and len(ids) > 1:
        raise CommerceError(_ONE_ELEMENT, [option["type"]])
    return [link for link in option["product_links"] if link["id"] in ids]


def _units(link: Mapping[str, Any], row: Mapping[str, Any]) -> Decimal:
    """The buyer's number where he may change it, else the link's own."""
    if link["can_change_quantity"] and row.get("option_qty"):
        return Decimal(str(row["option_qty"]))
    return Decimal(str(link["qty"]))


def _shown(options: Sequence[Mapping[str, Any]], asked: Mapping[int, Mapping[str, Any]]) -> Choice:
    rows = [asked[option["option_id"]] for option in options if option["option_id"] in asked]
    return {
        "bundle_options": [
            {
                "option_id": int(row["option_id"]),
                "option_qty": row.get("option_qty") or 1,
                "option_selections": list(map(int, row["option_selections"])),
            }
            for row in rows
        ]
    }


def _priced(product: Product, picked: Sequence[_Pick], choice: Choice, store_id: int) -> Chosen:
    """Raises CommerceError for a selection whose product is gone."""
    found = stock.find_products(link["sku"] for link, _ in picked)
    keys = [sku_key(link["sku"]) for link, _ in picked]
    if not found.keys() >= set(keys):
        raise CommerceError(_NOT_AVAILABLE)
    dynamic = _is_dynamic(product, "price_type")
    parts = [
        Part(found[key], units, price_of(found[key], store_id) if dynamic else ZERO)
        for key, (_, units) in zip(keys, picked, strict=True)
    ]
    price = product.price_in(store_id)
    fixed = price + sum((_surcharge(price, link) * units for link, units in picked), ZERO)
    skus = [part.product.sku for part in parts] if _is_dynamic(product, "sku_type") else []
    return Chosen(
        sku="-".join([product.sku, *skus]),
        price=sum((part.price * part.units for part in parts), ZERO) if dynamic else fixed,
        parts=parts,
        choice=choice,
        identity=[(str(link["id"]), units) for link, units in picked],
        priced_by_child=dynamic,
        ships_separately=not _is_dynamic(product, "shipment_type"),
    )


def _is_dynamic(product: Product, name: str) -> bool:
    return str(product.attributes.get(name) or "0") == "0"


def _surcharge(price: Decimal, link: Mapping[str, Any]) -> Decimal:
    """What a selection adds to a fixed price: an amount, or a share of it."""
    amount = Decimal(str(link["price"]))
    return price * amount / 100 if link["price_type"] == _PERCENT else amount
