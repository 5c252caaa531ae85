"""Attributes of products: those that Commerce brings along, with their scope, and those that shops add."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from mock_commerce.models import Attribute, AttributeSet, db

STORE, WEBSITE, GLOBAL = "store", "website", "global"
FIRST_OWN_ID = 136
"""Where the ids of a shop's own attributes start."""
DEFAULT_SET = 4


_ROWS = (
    (73, "name", "Product Name", "text", "varchar", STORE, True),
    (74, "sku", "SKU", "text", "static", GLOBAL, True),
    (75, "description", "Description", "textarea", "text", STORE, False),
    (76, "short_description", "Short Description", "textarea", "text", STORE, False),
    (77, "price", "Price", "price", "decimal", WEBSITE, True),
    (78, "special_price", "Special Price", "price", "decimal", WEBSITE, False),
    (79, "special_from_date", "Special Price From Date", "date", "datetime", WEBSITE, False),
    (80, "special_to_date", "Special Price To Date", "date", "datetime", WEBSITE, False),
    (81, "cost", "Cost", "price", "decimal", WEBSITE, False),
    (82, "weight", "Weight", "weight", "decimal", GLOBAL, False),
    (83, "manufacturer", "Manufacturer", "select", "int", GLOBAL, False),
    (84, "meta_title", "Meta Title", "text", "varchar", STORE, False),
    (85, "meta_keyword", "Meta Keywords", "textarea", "text", STORE, False),
    (86, "meta_description", "Meta Description", "textarea", "varchar", STORE, False),
    (87, "image", "Base", "media_image", "varchar", STORE, False),
    (88, "small_image", "Small", "media_image", "varchar", STORE, False),
    (89, "thumbnail", "Thumbnail", "media_image", "varchar", STORE, False),
    (93, "color", "Color", "select", "int", GLOBAL, False),
    (94, "news_from_date", "Set Product as New from Date", "date", "datetime", WEBSITE, False),
    (95, "news_to_date", "Set Product as New to Date", "date", "datetime", WEBSITE, False),
    (97, "status", "Enable Product", "select", "int", WEBSITE, False),
    (99, "visibility", "Visibility", "select", "int", STORE, False),
    (103, "page_layout", "Layout", "select", "varchar", STORE, False),
    (104, "category_ids", "Categories", "text", "static", GLOBAL, False),
    (105, "options_container", "Display Product Options In", "select", "varchar", STORE, False),
    (106, "required_options", "", "text", "static", GLOBAL, False),
    (107, "has_options", "", "text", "static", GLOBAL, False),
    (112, "created_at", "", "date", "static", GLOBAL, False),
    (113, "updated_at", "", "date", "static", GLOBAL, False),
    (114, "country_of_manufacture", "Country of Manufacture", "select", "varchar", WEBSITE, False),
    (119, "url_key", "URL Key", "text", "varchar", STORE, False),
    (121, "msrp", "Manufacturer's Suggested Retail Price", "price", "decimal", WEBSITE, False),
    (125, "price_type", "Dynamic Price", "boolean", "int", GLOBAL, True),
    (126, "sku_type", "Dynamic SKU", "boolean", "int", GLOBAL, True),
    (129, "shipment_type", "Ship Bundle Items", "select", "int", GLOBAL, True),
    (132, "tax_class_id", "Tax Class", "select", "int", WEBSITE, False),
)  # fmt: skip
_NAMES = ("attribute_id", "attribute_code", "frontend_label", "frontend_input", "backend_type", "scope",
          "is_required")  # fmt: skip
FIELDS = frozenset(
    {"sku", "name", "price", "status", "visibility", "weight", "type_id", "attribute_set_id", "created_at",
     "updated_at"}
)  # fmt: skip
"""System attributes that are fields of a product: they never stand among its custom attributes."""
_GLOBAL = frozenset(row[1] for row in _ROWS if row[5] == GLOBAL)
AMOUNTS = frozenset({"special_price", "cost", "msrp"})
"""Custom attributes that are amounts of money."""
_PRICES = AMOUNTS | {"special_from_date", "special_to_date"}


def install() -> list[Attribute | AttributeSet]:
    """The rows of an empty shop."""
    rows = [Attribute(**dict(zip(_NAMES, row, strict=True))) for row in _ROWS]
    return [*rows, AttributeSet(attribute_set_id=DEFAULT_SET, attribute_set_name="Default")]


def get(code: str) -> Attribute | None:
    return db.session.scalar(select(Attribute).where(Attribute.attribute_code == code))


def is_known(code: str) -> bool:
    """Whether products can be filtered by it."""
    query = select(Attribute.attribute_id).where(Attribute.attribute_code == code)
    return db.session.scalar(query) is not None


def learn(code: str) -> None:
    """Take over a code that nobody named before: here every attribute code is kept (ours)."""
    if is_known(code):
        return
    last = db.session.scalar(select(func.max(Attribute.attribute_id))) or 0
    label = code.replace("_", " ").title()
    number = max(FIRST_OWN_ID, last + 1)
    row = Attribute(attribute_id=number, attribute_code=code, frontend_label=label, is_user_defined=True)
    db.session.add(row)
    db.session.flush()


def codes() -> Iterable[str]:
    return db.session.scalars(select(Attribute.attribute_code).order_by(Attribute.attribute_id))


def is_global(code: str) -> bool:
    """Whether all store views share the value, whatever the configuration says."""
    return code in _GLOBAL


def is_price(code: str) -> bool:
    """Whether it goes with the prices: of all store views, or of a website where the shop says so."""
    return code in _PRICES


def as_text(value: Any) -> Any:
    """A value as the database would give it back: text, or a list of texts."""
    if isinstance(value, list):
        return [as_text(part) for part in value]
    return str(int(value)) if isinstance(value, bool) else str(value)
