"""PURE: scalars as PHP turns them into each other, for the web API (magento2: its TypeProcessor)."""

from __future__ import annotations

import re
from decimal import Decimal

LARGEST = 2**63 - 1
_SHORT = 1e15
"""Whole floats up to here are written without an exponent."""
_GREATEST_EXPONENT = 308
_BLANKS = " \t\n\r\v\f"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,9})?", re.ASCII | re.IGNORECASE)
_YES = frozenset({"1", "true", "on", "yes"})
_KINDS = {bool: "boolean", int: "integer", float: "double", str: "string", type(None): "NULL"}


def kind_of(value: object) -> str:
    """PHP's gettype()."""
    return _KINDS.get(type(value), "array")


def text_of(value: object) -> str:
    """A scalar as text: true is 1, false and null are nothing."""
    if value is None or isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _SHORT:
        return str(int(value))
    return str(value)


def number_of(value: object) -> Decimal | None:
    """A number or a text that is_numeric() takes; None for anything else, true and false too."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    text = str(value).strip(_BLANKS)
    return _as_float(Decimal(text)) if _NUMBER.fullmatch(text) else None


def _as_float(number: Decimal) -> Decimal:
    """The number, as far as a float could hold it."""
    if not number or abs(number.adjusted()) <= _GREATEST_EXPONENT:
        return number
    return Decimal("Infinity").copy_sign(number) if number.adjusted() > 0 else Decimal(0)


def whole(number: Decimal) -> int:
    """A number without its fraction, cut where a machine word ends."""
    if abs(number) > LARGEST:
        return LARGEST if number > 0 else -LARGEST
    return int(number)


def lenient_whole(value: object) -> int:
    """What settype() makes of an element of a list: the number that a text begins with, else 0."""
    if isinstance(value, bool | dict | list):
        return int(bool(value))
    found = _NUMBER.match(text_of(value).lstrip(_BLANKS))
    return whole(_as_float(Decimal(found[0]))) if found else 0


def flag_of(value: object) -> bool:
    """PHP's FILTER_VALIDATE_BOOLEAN: whatever is not clearly a yes is a no."""
    return text_of(value).strip(_BLANKS).lower() in _YES
