"""A step and an expectation in a few words: what is known to name nobody is shown, of the rest the key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from connector.domain.settings import SETTINGS
from mock_amazon.ordering.totals import EXTRAS
from simulator.explain import PERSONAL
from simulator.scenario.matchers import WORDS
from simulator.scenario.model import Scenario, Step

HIDDEN = "…"
MOST = 12
"""Lines or elements that are told; a table of a hundred would bury the rest."""

_LOOKS = frozenset({"expect", "never"})
_SUBJECTS = ("id", "order", "sku", "seller_sku", "name", "code")
_SHOWN = frozenset(
    {
        *_SUBJECTS,
        *EXTRAS,
        *("qty", "unit_price", "price", "tax", "shipping", "discount", "gift_wrap", "copies", "in_catalog"),
        *("status", "channel", "store", "placed", "marketplace", "seller", "website", "prime", "business"),
        *("type", "manage_stock", "backorders", "in_stock", "websites", "sources", "source", "carrier"),
        *("min_sale_qty", "max_sale_qty", "qty_increments", "bump", "replacement_of", "asin", "life"),
        *("system", "at", "kind", "times", "after", "probability", "by", "parallel"),
        *("version", "module", "currencies", "quirks", "do", "for", "connected"),
        *SETTINGS,
    }
)
_NESTED = frozenset({"sources", "quirks", "kill_at", "life"})
"""Mappings that are shown whole; any other may be an address, or an order as Amazon tells it."""
_WHO = frozenset({"name", "email", "phone", "line1", "line2", "line3", "city", "region", "postal_code"})
_SHORTEST = 4
"""Texts below that are left alone: 'US' would be found everywhere."""


def step_words(step: Step) -> str:
    """``A1, status Unshipped, 2 × SKU-RED, buyer …``."""
    if step.verb in _LOOKS:
        return ""
    if not isinstance(step.value, Mapping):
        return str(step.value)
    subject = next((key for key in _SUBJECTS if isinstance(step.value.get(key), str)), None)
    first = [] if subject is None else [str(step.value[subject])]
    return ", ".join(first + [_pair(key, value) for key, value in step.value.items() if key != subject])


def _pair(key: str, value: Any) -> str:
    if key == "lines" and isinstance(value, list):
        return _some([_line(line) for line in value])
    if key in _NESTED or (key in _SHOWN and not isinstance(value, Mapping)):
        return f"{key} {_value(value)}"
    return f"{key} {'none' if value in ([], {}) else HIDDEN}"


def _line(line: Mapping[str, Any]) -> str:
    price = f" at {line['unit_price']}" if "unit_price" in line else ""
    missing = " (not in the catalog)" if line.get("in_catalog") is False else ""
    return f"{line.get('qty')} × {line.get('sku')}{price}{missing}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _some([f"{key} {_value(item)}" for key, item in value.items()], " ")
    if isinstance(value, list | tuple):
        return _some([_value(item) for item in value]) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _some(parts: list[str], between: str = ", ") -> str:
    left = len(parts) - MOST
    return between.join([*parts[:MOST], *([f"and {left} more"] if left > 0 else [])])


def expected_lines(expected: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each expected value with its path; people's values are not among them."""
    return list(_leaves(expected, ""))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    strict = isinstance(value, Mapping) and "exactly" in value
    inner = value["exactly"] if strict else value
    if isinstance(inner, Mapping) and inner and not inner.keys() & set(WORDS):
        if strict:
            yield path, f"exactly {', '.join(inner)}"
        for key, item in inner.items():
            below = f"{path}.{key}" if path else key
            yield from [(below, HIDDEN)] if key in PERSONAL else _leaves(item, below)
    else:
        yield path, ("exactly " if strict else "") + _matcher(inner)


def _matcher(value: Any) -> str:
    if isinstance(value, Mapping):
        words = [f"{word} {_matcher(item)}" for word, item in _known(value)]
        return _some(words) or "nothing"
    if isinstance(value, list | tuple):
        return f"[{_some([_matcher(item) for item in value], '; ')}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _known(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        yield key, HIDDEN if key in PERSONAL or key in _WHO else item


def without_people(scenario: Scenario, told: Any) -> Any:
    """The same with every text left out by which the scenario names its buyers: an author may repeat it."""
    steps = [step.value for step in scenario.steps if step.verb not in _LOOKS]
    people = sorted({*_people([*scenario.given.amazon_orders, *steps], named=False)}, key=len, reverse=True)
    if not people:
        return told
    return _cleaned(told, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, people))})(?!\w)"))


def _people(value: Any, *, named: bool) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            inside = key in {"buyer", "ship_to", "bill_to", "customer", "gift_message"}
            yield from _people(item, named=inside or (named and key in _WHO))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _people(item, named=named)
    elif named and isinstance(value, str) and len(value) >= _SHORTEST:
        yield value


def _cleaned(told: Any, people: re.Pattern[str]) -> Any:
    if isinstance(told, dict):
        return {key: _cleaned(item, people) for key, item in told.items()}
    if isinstance(told, list):
        return [_cleaned(item, people) for item in told]
    return people.sub(HIDDEN, told) if isinstance(told, str) else told
