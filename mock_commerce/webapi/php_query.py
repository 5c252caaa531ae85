"""PURE: query strings as PHP reads them: brackets are nested arrays, ``[]`` is the next free place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

Tree = dict[str, Any]

_NAME = re.compile(r"([^\[]+)((?:\[[^\]]*\])*)")
_KEYS = re.compile(r"\[([^\]]*)\]")
_PLACE = re.compile(r"[0-9]{1,18}")  # longer ones are names, as where a machine word ends
_REPLACED = re.compile(r"[ .\[]")
MOST = 1000
"""PHP reads that many parameters, and drops the rest (max_input_vars)."""
DEEPEST = 64
"""PHP drops parameters that are nested deeper (max_input_nesting_level)."""


def parse(query: Iterable[tuple[str, str]]) -> Tree:
    """The parameters by name; of two with the same place the later one stays."""
    tree: Tree = {}
    for name, value in islice(query, MOST):
        found = _NAME.match(name.lstrip(" "))
        if found is None:
            continue
        top, brackets = found.groups()
        rest = name.lstrip(" ")[found.end() :]
        if rest.startswith("[") and not brackets:  # an open bracket without an end is a part of the name
            top, brackets = top + rest, ""
        path = [_REPLACED.sub("_", top), *_KEYS.findall(brackets)]
        if len(path) <= DEEPEST:
            _plant(tree, path, value)
    return tree


def _plant(tree: Tree, path: list[str], value: str) -> None:
    for key in path[:-1]:
        place = key or _next_place(tree)
        below = tree.get(place)
        if not isinstance(below, dict):
            below = tree[place] = {}
        tree = below
    tree[path[-1] or _next_place(tree)] = value


def _next_place(tree: Tree) -> str:
    return str(max((int(key) for key in tree if _PLACE.fullmatch(key)), default=-1) + 1)
