"""What the condition types of ``searchCriteria`` mean in SQL, compared as MySQL does."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, String, and_, cast, false, func, literal, not_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import KeyedColumnElement

from mock_commerce.errors import Masked
from mock_commerce.search import regexps
from mock_commerce.search.query import Filter
from mock_commerce.wire.values import moment

Column = InstrumentedAttribute[Any] | KeyedColumnElement[Any]
Condition = Callable[[Column, str], ColumnElement[bool]]
Columns = Mapping[str, Column]

LARGEST_NUMBER = 10**14
WHOLE_SECONDS = len("2026-03-01 09:00:00")
"""Databases write fractions of a second, MySQL does not."""


def alternatives(group: tuple[Filter, ...], columns: Columns) -> list[ColumnElement[bool]]:
    """The group's filters; a ``from`` and a ``to`` of one field are one range."""
    ranges: dict[str, list[ColumnElement[bool]]] = {}
    found = []
    for one in group:
        condition = _condition(columns[one.field], one)
        if one.condition in {"from", "to"}:
            ranges.setdefault(one.field, []).append(condition)
        else:
            found.append(condition)
    return [*found, *(and_(*bounds) for bounds in ranges.values())]


def _condition(column: Column, one: Filter) -> ColumnElement[bool]:
    """Any word that is not in the table behaves as eq, ``moreq`` too (code of 2.4.6)."""
    return _CONDITIONS.get(one.condition, _equal)(column, one.value)


def _in_set(column: Column, text: str) -> ColumnElement[bool]:
    return func.lower("," + _text(column) + ",").contains(f",{text.lower()},", autoescape=True)


def _one_of(column: Column, text: str) -> ColumnElement[bool]:
    parts = text.split(",")
    if is_text(column) and _has_letters(text):
        return folded(column).in_([part.casefold() for part in parts])
    return _value(column).in_([_bound(column, part) for part in parts])


def _equal(column: Column, text: str) -> ColumnElement[bool]:
    if is_text(column) and _has_letters(text):
        return folded(column) == text.casefold()
    equal: ColumnElement[bool] = _value(column) == _bound(column, text)
    return equal


def _value(column: Column) -> ColumnElement[Any]:
    """What a value is compared with: in MySQL flags are numbers."""
    return cast(column, Integer) if column.type.python_type is bool else column.expression


def folded(column: Column) -> ColumnElement[Any]:
    """Without case; what is often asked for is stored that way too, so that an index serves."""
    if column.key == "sku_key":
        return column.expression
    table = table_of(column)
    stored: ColumnElement[Any] | None = None if table is None else table.c.get(f"{column.key}_key")
    return func.lower(column) if stored is None else stored


def table_of(column: Column) -> Any:
    """The table that holds it, None for what is computed."""
    return getattr(column.expression, "table", None)


def is_text(column: Column) -> bool:
    return isinstance(column.type, String)


def _has_letters(text: str) -> bool:
    """Only letters need a comparison without case, which uses no plain index."""
    return text.lower() != text.upper()


def _text(column: Column) -> ColumnElement[Any]:
    if is_text(column):
        return column.expression
    text = cast(_value(column), String)
    return func.substr(text, 1, WHOLE_SECONDS) if column.type.python_type is datetime else text


def _bound(column: Column, text: str) -> Any:
    """The value to compare with: numbers and times are read as MySQL would, text stays."""
    kind = column.type.python_type
    if kind is datetime:
        return _moment(text)
    if kind in {int, bool, Decimal}:
        number = _numeric(text)
        if kind is Decimal:
            return number
        return int(number) if number == int(number) else literal(float(number), Float)
    return text


def _numeric(text: str) -> Decimal:
    """A number as MySQL reads a text: what is none counts as 0."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() and abs(number) < LARGEST_NUMBER else Decimal(0)


def _moment(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError:
        raise Masked(f"SQLSTATE[HY000]: Incorrect DATETIME value: '{text}'") from None


def _compared(compare: Callable[[Any, Any], Any]) -> Condition:
    def condition(column: Column, text: str) -> ColumnElement[bool]:
        if is_text(column):
            found: ColumnElement[bool] = compare(folded(column), text.casefold())
        else:
            found = compare(_value(column), _bound(column, text))
        return found

    return condition


def _negated(condition: Condition) -> Condition:
    return lambda column, text: not_(condition(column, text))


def _like(column: Column, text: str) -> ColumnElement[bool]:
    single = (len(text) - len(text.rstrip("\\"))) % 2
    pattern = text.casefold() + "\\" * single  # MySQL's own sign of escape; at the end it is plain
    by = folded(column) if is_text(column) else _text(column)
    return by.like(pattern, escape="\\")


def _matches(column: Column, text: str) -> ColumnElement[bool]:
    try:
        regexps.check(text)
    except regexps.Unusable:
        raise Masked(
            "SQLSTATE[42000]: Syntax error or access violation: 1139 Got error from regexp"
        ) from None
    return _text(column).regexp_match(text, flags="i")


def _is_null(column: Column, text: str) -> ColumnElement[bool]:
    del text
    return column.is_(None)


def _raw_is(column: Column, text: str) -> ColumnElement[bool]:
    return column.is_not(None) if "not" in text.lower() else column.is_(None)


def _equal_or_empty(column: Column, text: str) -> ColumnElement[bool]:
    return _equal(column, text) if text else column.is_(None)


def _nothing(column: Column, text: str) -> ColumnElement[bool]:
    """``ntoa`` reads a number as an address; no column of this shop holds one."""
    del column, text
    return false()


_CONDITIONS: dict[str, Condition] = {
    "eq": _equal,
    "neq": _negated(_equal),
    "gt": _compared(operator.gt),
    "lt": _compared(operator.lt),
    "gteq": _compared(operator.ge),
    "lteq": _compared(operator.le),
    "from": _compared(operator.ge),
    "to": _compared(operator.le),
    "in": _one_of,
    "nin": _negated(_one_of),
    "like": _like,
    "nlike": _negated(_like),
    "fulltext": lambda column, text: _like(column, f"%{text}%"),
    "regexp": _matches,
    "null": _is_null,
    "notnull": _negated(_is_null),
    "finset": _in_set,
    "nfinset": _negated(_in_set),
    "seq": _equal_or_empty,
    "sneq": _negated(_equal_or_empty),
    "is": _raw_is,
    "ntoa": _nothing,
}
