"""PURE: the ``fields=`` filter of partial answers, such as ``items[sku,price],total_count``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Tree = dict[str, "Tree"]

_TOKENS = re.compile(r"[A-Za-z0-9_]+|[\[\],]")
_ALLOWED = re.compile(r"[A-Za-z0-9_\[\],]+")


@dataclass(frozen=True)
class Manner:
    """How a version cuts: the quirks ``cut_empty_list_null`` and ``cut_attributes_numbered``."""

    empty_list_null: bool = False
    attributes_numbered: bool = False


def cut(value: Any, fields: str, manner: Manner) -> Any:
    """The named parts of an answer; an unreadable filter leaves an empty list, with status 200.

    Nothing is an empty list also where it was an object: PHP has one kind of array.
    """
    tree = parse(fields, last_counts=manner.attributes_numbered)
    return [] if tree is None else _pick(value, tree, manner)


def parse(fields: str, *, last_counts: bool = False) -> Tree | None:
    """The filter as nested names; None where it is malformed.

    ``last_counts``: of a name that comes twice only the last one counts.
    """
    if not _ALLOWED.fullmatch(fields):
        return None
    tree: Tree = {}
    open_levels = [tree]
    name: str | None = None
    for part in _TOKENS.findall(fields):
        if part == "[":
            if name is None:
                return None
            open_levels.append(open_levels[-1][name])
            name = None
        elif part == "]":
            if len(open_levels) == 1:
                return None
            open_levels.pop()
            name = None
        elif part != ",":
            name = part
            if last_counts:
                open_levels[-1][part] = {}
            open_levels[-1].setdefault(part, {})
    return tree if len(open_levels) == 1 else None


def _pick(value: Any, tree: Tree, manner: Manner) -> Any:
    if isinstance(value, list):
        picked = [_pick(element, tree, manner) for element in value]
        return None if manner.empty_list_null and not picked else picked
    if not isinstance(value, dict):
        return value
    return {name: _part(name, value[name], tree[name], manner) for name in value if name in tree} or []


def _part(name: str, value: Any, below: Tree, manner: Manner) -> Any:
    if not below:
        return value
    if name != "custom_attributes" or not isinstance(value, list):
        return _pick(value, below, manner)
    rows = {str(place): row for place, pair in enumerate(value) if (row := _attribute(pair, below))}
    is_list = list(rows) == [str(place) for place in range(len(rows))]
    return rows if manner.attributes_numbered and not is_list else list(rows.values())


def _attribute(pair: Any, wanted: Tree) -> Any:
    """An attribute whose code is wanted is shown whole, of others what is wanted of all."""
    if not isinstance(pair, dict):
        return None
    is_wanted = str(pair.get("attribute_code")) in wanted
    return pair if is_wanted else {key: pair[key] for key in pair if key in wanted}
