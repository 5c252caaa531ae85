"""Attributes of products: those that Commerce brings along, with their scope, and those that shops add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mock_commerce.models import Attribute, db

STORE, WEBSITE, GLOBAL = "store", "website", "global"
FIRST_OWN_ID = 136
"""Where the ids of a shop's own attributes start; a sample shop's do too."""


@dataclass(frozen=True)
class Definition:
    """What ``products/attributes`` tells of an attribute."""

    attribute_id: int
    code: str
    label: str
    frontend_input: str = "text"
    backend_type: str = "varchar"
    scope: str = STORE
    required: bool = False
    user_defined: bool = False


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
    (132, "tax_class_id", "Tax Class", "select", "int", WEBSITE, False),
)  # fmt: skip
BUILT_IN: Mapping[str, Definition] = {row[1]: Definition(*row) for row in _ROWS}
FIELDS = frozenset(
    {"sku", "name", "price", "status", "visibility", "weight", "type_id", "attribute_set_id", "created_at",
     "updated_at"}
)  # fmt: skip
"""System attributes that are fields of a product: they never stand among its custom attributes."""


def own() -> list[Definition]:
    """Those that the shop added, the oldest first."""
    rows = db.session.scalars(select(Attribute).order_by(Attribute.attribute_id))
    return [
        Definition(
            FIRST_OWN_ID + row.attribute_id - 1,
            row.attribute_code,
            row.attribute_code.replace("_", " ").title(),
            user_defined=True,
        )
        for row in rows
    ]


def is_known(code: str) -> bool:
    """Whether products can be filtered by it."""
    query = select(Attribute.attribute_id).where(Attribute.attribute_code == code)
    return code in BUILT_IN or db.session.scalar(query) is not None


def get(code: str) -> Definition | None:
    return BUILT_IN.get(code) or next((one for one in own() if one.code == code), None)


def learn(codes: Iterable[str]) -> None:
    """Take over codes that nobody named before: here every attribute code is kept (ours)."""
    for code in codes:
        if not is_known(code):
            db.session.add(Attribute(attribute_code=code))
            db.session.flush()


def is_global(code: str) -> bool:
    """Whether all store views share the value; prices are global unless the shop says otherwise."""
    definition = BUILT_IN.get(code)
    prices = {"price", "special_price", "special_from_date", "special_to_date", "cost", "msrp"}
    return code in prices or (definition is not None and definition.scope == GLOBAL)


def as_text(value: Any) -> Any:
    """A value as the database would give it back: text, or a list of texts."""
    if isinstance(value, bool):
        return str(int(value))
    return [str(part) for part in value] if isinstance(value, list) else str(value)
