"""PURE: ``searchCriteria`` of a query string as a tree of filters, and its echo in the answer.

Groups are AND-ed, filters inside a group OR-ed. What a filter means in SQL stands in ``search``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_commerce.errors import CommerceError, InputRequired, TypeInvalid, no_accessor
from mock_commerce.webapi import php_query

_NAMES = ("searchCriteria", "search_criteria")
_SORTABLE = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class Filter:
    """One condition on one field; ``condition`` is as sent."""

    field: str
    value: str
    condition: str = "eq"


@dataclass(frozen=True)
class Sort:
    field: str
    direction: str


FARTHEST = 2**62
"""Greatest offset: numbers that are larger than a machine word find nothing, as in PHP."""


@dataclass(frozen=True)
class Criteria:
    """What a list call asks for. A page size of 0 is everything, a negative one is one (Zend's limitPage)."""

    groups: tuple[tuple[Filter, ...], ...] = ()
    sorts: tuple[Sort, ...] = ()
    page_size: int | None = None
    current_page: int | None = None
    last_page: int | None = None
    """Where a page beyond it is answered with it."""

    @property
    def limit(self) -> int | None:
        return max(self.page_size, 1) if self.page_size else None

    @property
    def offset(self) -> int:
        place = max(self.current_page or 1, 1)
        if self.last_page is not None:
            place = min(place, self.last_page)
        return min((place - 1) * (self.limit or 0), FARTHEST)

    def echo(self) -> dict[str, Any]:
        """The answer's ``search_criteria``; pages are absent when they were not sent."""
        echo: dict[str, Any] = {
            "filter_groups": [
                {
                    "filters": [
                        {"field": one.field, "value": one.value, "condition_type": one.condition}
                        for one in group
                    ]
                }
                for group in self.groups
            ]
        }
        if self.sorts:
            echo["sort_orders"] = [{"field": one.field, "direction": one.direction} for one in self.sorts]
        pages = {"page_size": self.page_size, "current_page": self.current_page}
        return {**echo, **{key: value for key, value in pages.items() if value is not None}}


def parse(query: Iterable[tuple[str, str]], *, required: bool = True) -> Criteria:
    """The criteria of a query string, in either spelling.

    Raises InputRequired where they are missing, CommerceError where they cannot be used.
    """
    sent = php_query.parse(query)
    found = [sent[name] for name in _NAMES if name in sent]
    if not found and required:
        raise InputRequired("searchCriteria")
    # Anything that is not a list of parameters means "no filter": clients send "all" and more.
    return _criteria(_snaked(found[0])) if found and isinstance(found[0], dict) else Criteria()


def _snaked(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {_snake(key): value for key, value in tree.items()}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _criteria(tree: Mapping[str, Any]) -> Criteria:
    _check_keys(tree, "SearchCriteriaInterface", "filter_groups", "sort_orders", "page_size", "current_page")
    groups, sorts = (_rows(tree, name) for name in ("filter_groups", "sort_orders"))
    return Criteria(
        groups=tuple(_group(group) for group in groups),
        sorts=tuple(_sort(row) for row in sorts),
        page_size=_number("pageSize", tree.get("page_size")),
        current_page=_number("currentPage", tree.get("current_page")),
    )


def _check_keys(tree: Mapping[str, Any], kind: str, *allowed: str) -> None:
    for key in tree:
        if key not in allowed:
            raise no_accessor(key, kind)


def _rows(tree: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of a list of arrays.

    Raises TypeInvalid for a text in the place of an array.
    """
    value = tree.get(name, {})
    for one in [value, *(value.values() if isinstance(value, dict) else ())]:
        if not isinstance(one, dict):
            raise TypeInvalid(name, one, "array")
    return [_snaked(row) for row in value.values()]


def _group(group: Mapping[str, Any]) -> tuple[Filter, ...]:
    _check_keys(group, "Search\\FilterGroup", "filters")
    return tuple(_filter(row) for row in _rows(group, "filters"))


def _filter(row: Mapping[str, Any]) -> Filter:
    _check_keys(row, "Filter", "field", "value", "condition_type")
    return Filter(_word(row, "field"), _word(row, "value"), _word(row, "condition_type", "eq"))


def _word(row: Mapping[str, Any], name: str, default: str = "") -> str:
    value = row.get(name, default)
    if isinstance(value, dict):
        raise TypeInvalid(name, value, "string")
    return str(value)


def _sort(row: Mapping[str, Any]) -> Sort:
    _check_keys(row, "SortOrder", "field", "direction")
    field = _word(row, "field")
    if not _SORTABLE.fullmatch(field):
        raise CommerceError("Sort order field %1 contains restricted symbols", [field])
    direction = _word(row, "direction", "DESC").upper()
    if direction not in {"ASC", "DESC"}:
        raise CommerceError(
            "The sort order has to be specified as %1 for ascending order or %2 for descending order.",
            ["ASC", "DESC"],
        )
    return Sort(field, direction)


def _number(name: str, value: Any) -> int | None:
    if value is None:
        return None
    try:
        return max(-FARTHEST, min(int(value), FARTHEST))
    except (TypeError, ValueError):
        raise TypeInvalid(name, value, "int") from None
