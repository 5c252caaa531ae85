"""PURE: ``searchCriteria`` of a query string as a tree of filters, and its echo in the answer.

Groups are AND-ed, filters inside a group OR-ed. What a filter means in SQL stands in ``search``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mock_commerce.errors import CommerceError, InputRequired, Masked, TypeInvalid

_NAMES = ("searchCriteria", "search_criteria")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
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
    """What a list call asks for. A page size of 0 is everything."""

    groups: tuple[tuple[Filter, ...], ...] = ()
    sorts: tuple[Sort, ...] = ()
    page_size: int | None = None
    current_page: int | None = None

    @property
    def limit(self) -> int | None:
        return self.page_size or None

    @property
    def offset(self) -> int:
        return min((max(self.current_page or 1, 1) - 1) * (self.page_size or 0), FARTHEST)

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


def parse(query: Iterable[tuple[str, str]]) -> Criteria:
    """The criteria of a query string, in either spelling.

    Raises InputRequired where they are missing, CommerceError where they cannot be used.
    """
    sent = [(key, value) for key, value in query if key.split("[", 1)[0] in _NAMES]
    if not sent:
        raise InputRequired("searchCriteria")
    tree: dict[str, Any] = {}
    for key, value in sent:
        # Anything that is not a list of parameters means "no filter": clients send "all" and more.
        if path := _BRACKETS.findall(key):
            _plant(tree, path, value)
    return _criteria(tree)


def _plant(tree: dict[str, Any], path: list[str], value: str) -> None:
    """Put a value where PHP would put it; ``[]`` is the next free place."""
    for step in path[:-1]:
        below = tree.setdefault(_snake(step) or str(len(tree)), {})
        if not isinstance(below, dict):
            return
        tree = below
    tree[_snake(path[-1]) or str(len(tree))] = value


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _criteria(tree: dict[str, Any]) -> Criteria:
    for key in tree:
        if key not in {"filter_groups", "sort_orders", "page_size", "current_page"}:
            raise Masked(f'Property "{key}" does not have accessor method in class "SearchCriteria"')
    return Criteria(
        groups=tuple(_group(group) for group in _rows(tree.get("filter_groups"))),
        sorts=tuple(_sort(row) for row in _rows(tree.get("sort_orders"))),
        page_size=_number("pageSize", tree.get("page_size")),
        current_page=_number("currentPage", tree.get("current_page")),
    )


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value.values() if isinstance(row, dict)] if isinstance(value, dict) else []


def _group(group: dict[str, Any]) -> tuple[Filter, ...]:
    return tuple(
        Filter(str(row.get("field", "")), str(row.get("value", "")), str(row.get("condition_type", "eq")))
        for row in _rows(group.get("filters"))
    )


def _sort(row: dict[str, Any]) -> Sort:
    field = str(row.get("field", ""))
    if not _SORTABLE.fullmatch(field):
        raise CommerceError("Sort order field %1 contains restricted symbols", [field])
    direction = str(row.get("direction", "DESC")).upper()
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
