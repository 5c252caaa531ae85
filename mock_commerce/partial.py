"""PURE: the ``fields=`` filter of partial answers, such as ``items[sku,price],total_count``."""

from __future__ import annotations

import re
from typing import Any

Tree = dict[str, "Tree"]

_TOKENS = re.compile(r"[A-Za-z0-9_]+|[\[\],]")
_ALLOWED = re.compile(r"[A-Za-z0-9_\[\],]+")


def cut(value: Any, fields: str) -> Any:
    """The named parts of an answer; an unreadable filter leaves an empty list, with status 200."""
    tree = parse(fields)
    return [] if tree is None else _pick(value, tree)


def parse(fields: str) -> Tree | None:
    """The filter as nested names; None where it is malformed."""
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
            open_levels[-1].setdefault(part, {})
    return tree if len(open_levels) == 1 else None


def _pick(value: Any, tree: Tree) -> Any:
    if isinstance(value, list):
        return [_pick(element, tree) for element in value]
    if not isinstance(value, dict):
        return value
    picked = {}
    for name, below in tree.items():
        if name not in value:
            continue
        if name == "custom_attributes" and below:
            picked[name] = [row for row in _rows(value[name]) if str(row.get("attribute_code")) in below]
        else:
            picked[name] = _pick(value[name], below) if below else value[name]
    return picked


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
