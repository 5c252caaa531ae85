"""What product lists can be filtered and sorted by: columns, and attributes as a store view sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from mock_commerce.catalog import attributes
from mock_commerce.models import Product, db
from mock_commerce.search.conditions import Column
from mock_commerce.search.query import Criteria, Filter

PLAIN: Mapping[str, Column] = {
    "entity_id": Product.entity_id,
    "sku": Product.sku_key,
    "price": Product.price,
    "weight": Product.weight,
    "type_id": Product.type_id,
    "attribute_set_id": Product.attribute_set_id,
    "created_at": Product.created_at,
    "updated_at": Product.updated_at,
}
SCOPED: Mapping[str, Column] = {
    "name": Product.name,
    "status": Product.status,
    "visibility": Product.visibility,
    "url_key": Product.url_key,
}
MEMBERS = frozenset({"website_id", "category_id"})
"""Not attributes: each stands for the products of a website or a category."""


class ProductColumns(Mapping[str, Any]):
    """Columns by attribute code, for the store view of the address."""

    def __init__(self, store_id: int) -> None:
        self._store_id = str(store_id)

    def __getitem__(self, code: str) -> Any:
        if code in PLAIN:
            return PLAIN[code]
        if code in SCOPED:
            return self._scoped(code)
        if not attributes.is_known(code):
            raise KeyError(code)
        default = Product.attributes[code].as_string()
        if self._store_id == "0":
            return default
        return func.coalesce(Product.overrides[self._store_id, code].as_string(), default)

    def _scoped(self, code: str) -> Any:
        column = SCOPED[code]
        if self._store_id == "0":
            return column
        own = Product.overrides[self._store_id, code]
        is_number = column.type.python_type is int
        return func.coalesce(own.as_integer() if is_number else own.as_string(), column)

    def __iter__(self) -> Iterator[str]:
        return iter({*PLAIN, *SCOPED, *attributes.codes()})

    def __len__(self) -> int:
        return len(list(iter(self)))


def resolved(wanted: Criteria) -> Criteria:
    """The same criteria with websites and categories replaced by the ids of their products."""
    if not any(one.field in MEMBERS for group in wanted.groups for one in group):
        return wanted
    groups = tuple(tuple(_resolved(one) for one in group) for group in wanted.groups)
    return replace(wanted, groups=groups)


def _resolved(one: Filter) -> Filter:
    if one.field not in MEMBERS:
        return one
    asked = {part.strip() for part in one.value.split(",")}
    ids = [str(entity_id) for entity_id, members in _members(one.field) if asked & members]
    negated = one.condition in {"neq", "nin", "nfinset"}
    return replace(one, field="entity_id", value=",".join(ids), condition="nin" if negated else "in")


def _members(field: str) -> list[tuple[int, set[str]]]:
    rows = db.session.execute(select(Product.entity_id, Product.website_ids, Product.extra))
    if field == "website_id":
        return [(entity_id, {str(one) for one in websites}) for entity_id, websites, _ in rows]
    return [
        (entity_id, {str(link["category_id"]) for link in extra.get("category_links", [])})
        for entity_id, _, extra in rows
    ]
