"""Whether what is there is what was expected, and if not, where it differs. Pure: no world in here.

Expectations are subsets: keys and elements that are not named may be anything. ``absent`` and ``any`` are
words; ``exactly``, ``contains``, ``matches`` and comparisons are mappings of one of these words to a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

_MONEY = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Difference:
    """One place where the world is not as expected."""

    path: str
    expected: Any
    actual: Any


def differences(expected: Any, actual: Any, path: str = "") -> list[Difference]:
    """Everything in which ``actual`` is not as expected; empty if it is."""
    if expected == "any":
        return [] if actual is not None else [Difference(path, "any", None)]
    if expected == "absent":
        return [] if actual is None else [Difference(path, "absent", actual)]
    if isinstance(expected, Mapping):
        return _mapping(expected, actual, path)
    if isinstance(expected, list | tuple):
        return _elements(expected, actual, path)
    return [] if _equal(expected, actual) else [Difference(path, expected, actual)]


def fits(expected: Any, actual: Any) -> bool:
    return not differences(expected, actual)


def _mapping(expected: Mapping[str, Any], actual: Any, path: str) -> list[Difference]:
    if expected.keys() & _WORDS.keys():
        failed = {word: value for word, value in expected.items() if not _WORDS[word](value, actual)}
        return _failed_words(failed, actual, path)
    if not isinstance(actual, Mapping):
        return [Difference(path, expected, actual)]
    found: list[Difference] = []
    for key, value in expected.items():
        found += differences(value, actual.get(key), f"{path}.{key}" if path else str(key))
    return found


def _failed_words(failed: dict[str, Any], actual: Any, path: str) -> list[Difference]:
    """An inexact mapping is told key by key, anything else as a whole."""
    strict = failed.get("exactly")
    if isinstance(strict, Mapping) and isinstance(actual, Mapping):
        surplus = [
            Difference(f"{path}.{key}", "absent", value) for key, value in actual.items() if key not in strict
        ]
        return surplus + _mapping(strict, actual, path)
    return [Difference(path, failed, actual)] if failed else []


def _elements(expected: Sequence[Any], actual: Any, path: str) -> list[Difference]:
    if not isinstance(actual, list | tuple):
        return [Difference(path, expected, actual)]
    pairs = pairing(expected, actual, fits)
    missing = [number for number in range(len(expected)) if number not in pairs]
    if len(missing) == 1 and len(actual) == len(expected):
        (left,) = set(range(len(actual))) - set(pairs.values())
        return differences(expected[missing[0]], actual[left], f"{path}[{left}]")
    return [Difference(f"{path}[]", expected[number], actual) for number in missing]


def pairing(wanted: Sequence[Any], there: Sequence[Any], fit: Callable[[Any, Any], bool]) -> dict[int, int]:
    """As many pairs as possible of a wanted element and a different one that is there and fits it."""
    holder: dict[int, int] = {}

    def place(number: int, tried: set[int]) -> bool:
        for other, candidate in enumerate(there):
            if other in tried or not fit(wanted[number], candidate):
                continue
            tried.add(other)
            if other not in holder or place(holder[other], tried):
                holder[other] = number
                return True
        return False

    for number in range(len(wanted)):
        place(number, set())
    return {number: other for other, number in holder.items()}


def _equal(expected: Any, actual: Any) -> bool:
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if type(expected) is type(actual) and expected == actual:
        return True
    if isinstance(expected, str) and isinstance(actual, str) and "." not in expected + actual:
        return False  # numbers of orders and parcels are words: 007 is not 7
    left, right = _number(expected), _number(actual)
    return left is not None and left == right


def _number(value: Any) -> Decimal | None:
    """Money or a count as a number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    if isinstance(value, str) and not _MONEY.fullmatch(value):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _exactly(expected: Any, actual: Any) -> bool:
    if isinstance(expected, Mapping):
        return isinstance(actual, Mapping) and expected.keys() == actual.keys() and fits(expected, actual)
    if isinstance(expected, list | tuple):
        same_length = isinstance(actual, list | tuple) and len(actual) == len(expected)
        return same_length and all(map(fits, expected, actual))
    return _equal(expected, actual)


def _contains(expected: Any, actual: Any) -> bool:
    if isinstance(actual, list | tuple):
        return any(_equal(expected, one) or _contains(expected, one) for one in actual)
    return isinstance(actual, str) and str(expected) in actual


def _matches(expected: Any, actual: Any) -> bool:
    return isinstance(actual, str) and re.search(expected, actual) is not None


def _compared(holds: Callable[[Decimal, Decimal], bool]) -> Callable[[Any, Any], bool]:
    def compare(expected: Any, actual: Any) -> bool:
        wanted, there = _number(expected), _number(actual)
        return wanted is not None and there is not None and holds(there, wanted)

    return compare


_WORDS: dict[str, Callable[[Any, Any], bool]] = {
    "exactly": _exactly,
    "contains": _contains,
    "matches": _matches,
    ">=": _compared(lambda there, wanted: there >= wanted),
    ">": _compared(lambda there, wanted: there > wanted),
    "<=": _compared(lambda there, wanted: there <= wanted),
    "<": _compared(lambda there, wanted: there < wanted),
    "!=": lambda expected, actual: not _equal(expected, actual),
}
