"""Catalogue: the attributes of products, and attribute sets, of which this shop has one."""

from __future__ import annotations

from typing import Any

from mock_commerce.catalog import attributes
from mock_commerce.errors import NoSuchEntity
from mock_commerce.models import Attribute, AttributeSet
from mock_commerce.search.pages import Columns, criteria, rendered_page
from mock_commerce.webapi.rest import section, serves
from simkit.simulation import operation

bp = section("attributes")

ATTRIBUTES = "Magento_Catalog::attributes_attributes"
SETS = "Magento_Catalog::sets"
OPTIONS = {
    "status": {"1": "Enabled", "2": "Disabled"},
    "visibility": {"1": "Not Visible Individually", "2": "Catalog", "3": "Search", "4": "Catalog, Search"},
    "tax_class_id": {"0": "None", "2": "Taxable Goods"},
}
COLUMNS: Columns = {
    name: getattr(Attribute, name)
    for name in (
        "attribute_id", "attribute_code", "frontend_label", "frontend_input", "backend_type", "is_required",
        "is_user_defined",
    )
}  # fmt: skip
SET_COLUMNS: Columns = {
    name: getattr(AttributeSet, name)
    for name in ("attribute_set_id", "attribute_set_name", "sort_order", "entity_type_id")
}


def _document(row: Attribute) -> dict[str, Any]:
    options = OPTIONS.get(row.attribute_code, {})
    return {
        "is_visible": True,
        "scope": row.scope,
        "attribute_id": row.attribute_id,
        "attribute_code": row.attribute_code,
        "frontend_input": row.frontend_input,
        "entity_type_id": "4",
        "is_required": row.is_required,
        "options": [{"label": label, "value": value} for value, label in options.items()],
        "is_user_defined": row.is_user_defined,
        "default_frontend_label": row.frontend_label,
        "frontend_labels": [],
        "backend_type": row.backend_type,
        "is_unique": str(int(row.attribute_code == "sku")),
    }


@bp.get("/products/attributes")
@operation("list_attributes")
@serves(ATTRIBUTES)
def list_attributes() -> dict[str, Any]:
    """productAttributeRepository.getList: attributes that fit the search criteria."""
    return rendered_page(criteria(), COLUMNS, Attribute, _document, (Attribute.attribute_id,))


@bp.get("/products/attributes/<segment:code>")
@operation("get_attribute")
@serves(ATTRIBUTES)
def get_attribute(code: str) -> dict[str, Any]:
    """productAttributeRepository.get: one attribute by its code."""
    row = attributes.get(code)
    if row is None:
        message = (
            'The attribute with a "%1" attributeCode doesn\'t exist. Verify the attribute and try again.'
        )
        raise NoSuchEntity(message, [code])
    return _document(row)


@bp.get("/products/attribute-sets/sets/list")
@operation("list_attribute_sets")
@serves(SETS)
def list_sets() -> dict[str, Any]:
    """attributeSetRepository.getList: the one set that there is."""
    return _sets()


@bp.get("/eav/attribute-sets/list")
@operation("list_attribute_sets")
@serves(SETS)
def list_all_sets() -> dict[str, Any]:
    """attributeSetRepository.getList of EAV: the one set that there is."""
    return _sets()


def _sets() -> dict[str, Any]:
    keys = (AttributeSet.attribute_set_id,)
    return rendered_page(criteria(), SET_COLUMNS, AttributeSet, _set_document, keys)


def _set_document(row: AttributeSet) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SET_COLUMNS}
