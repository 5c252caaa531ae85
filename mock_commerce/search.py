"""Filters as SQL, and pages of stored documents: ids by OFFSET first, then the documents of one page.

How many rows a filter finds is kept until the next write.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Response, request
from sqlalchemy import ColumnElement, Integer, String, and_, cast, false, func, literal, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from mock_commerce.errors import CommerceError, Masked
from mock_commerce.models import db
from mock_commerce.rest import Stored
from mock_commerce.search_criteria import Criteria, Filter, parse
from mock_commerce.settings import current
from mock_commerce.wire.values import moment
from simkit import jsons
from simkit.simulation import simulation

Column = InstrumentedAttribute[Any]
Condition = Callable[[Column, str], ColumnElement[bool]]
Columns = Mapping[str, Column]
Unknown = Callable[[str], Exception]
"""The error of a field that cannot be filtered or sorted by."""


COUNTS = "counts"
KEPT_COUNTS = 1000
LARGEST_NUMBER = 10**14
WHOLE_SECONDS = len("2026-03-01 09:00:00")
"""Databases write fractions of a second, MySQL does not."""


class Counts:
    """Numbers of rows by filter, forgotten at every write."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def dump(self) -> None:
        return None

    def load(self, state: None) -> None:
        del state
        self.reset()

    def reset(self) -> None:
        self.known.clear()


def criteria(*, required: bool = True) -> Criteria:
    """The search criteria of the current request, within the limits of the web API.

    Raises CommerceError.
    """
    wanted = parse(request.args.items(multi=True), required=required)
    config = current()
    if config.input_limits == "off":
        return wanted
    if wanted.page_size is None:
        return replace(wanted, page_size=config.default_page_size)
    if wanted.page_size > config.page_size_limit and _size_is_checked():
        raise CommerceError("Maximum SearchCriteria pageSize is %max", {"max": config.page_size_limit})
    return wanted


def _size_is_checked() -> bool:
    is_camel = any(key.endswith("[pageSize]") for key in request.args)
    return is_camel or not current().has("page_size_limit_camel_only")


def unknown_column(field: str) -> Exception:
    """Sales lists hand the field to the database, which does not know it."""
    return Masked(f"SQLSTATE[42S22]: Column not found: Unknown column '{field}' in 'where clause'")


def unknown_attribute(field: str) -> Exception:
    """Lists of entities with attributes (products, customers) look the field up first."""
    return CommerceError("Invalid attribute name: %1", [field])


@dataclass(frozen=True)
class Page:
    """The rows of one page: what they are selected by, in which order, and how many fit altogether."""

    condition: ColumnElement[bool]
    order: list[ColumnElement[Any]]
    total: int


def page(wanted: Criteria, columns: Columns, key: Column, unknown: Unknown = unknown_column) -> Page:
    """The page as a condition on the key: ids by OFFSET, so that an index alone can answer it.

    Raises what ``unknown`` makes of a field that is not among the columns.
    """
    found = where(wanted, columns, unknown)
    order = [*sorts(wanted, columns, unknown), key.asc()]
    total = count(wanted, found, key)
    wanted = within(wanted, total)
    condition = found
    if wanted.limit is not None:
        condition = key.in_(
            select(key).where(found).order_by(*order).limit(wanted.limit).offset(wanted.offset)
        )
    return Page(condition, order, total)


def within(wanted: Criteria, total: int) -> Criteria:
    """The criteria whose offset is a page that there is, in versions that repeat the last one."""
    if not wanted.page_size or not current().has("last_page_repeats"):
        return wanted
    return replace(wanted, last_page=max(1, -(-total // wanted.page_size)))


def listed(  # noqa: PLR0917 - what a list is made of
    wanted: Criteria,
    columns: Columns,
    model: Any,
    document: Callable[[Any], Any],
    keys: Sequence[Column],
    unknown: Unknown = unknown_column,
) -> dict[str, Any]:
    """A list answer of rows that are rendered now, in the order of the keys where none is asked for."""
    condition = where(wanted, columns, unknown)
    total = count(wanted, condition, keys[0])
    shown = within(wanted, total)
    query = select(model).where(condition).order_by(*sorts(wanted, columns, unknown), *keys)
    rows = db.session.scalars(query.limit(shown.limit).offset(shown.offset))
    return {
        "items": [document(row) for row in rows],
        "search_criteria": wanted.echo(),
        "total_count": total,
    }


def stored_page(wanted: Criteria, columns: Columns, model: Any) -> Stored:
    """A list answer made of the rows' stored documents."""
    rows = page(wanted, columns, model.entity_id)
    documents = db.session.scalars(select(model.document).where(rows.condition).order_by(*rows.order))
    return Stored(
        b'{"items":[%b],"search_criteria":%b,"total_count":%d}'
        % (b",".join(documents), jsons.dump(wanted.echo()), rows.total)
    )


def count(wanted: Criteria, condition: ColumnElement[bool], key: Column) -> int:
    """How many rows of the key's table fit."""
    known = _counts().known
    name = f"{key}{wanted.groups}"
    if name not in known:
        if len(known) >= KEPT_COUNTS:
            known.clear()
        query = select(func.count()).select_from(key.class_).where(condition)
        known[name] = db.session.scalar(query) or 0
    return known[name]


def _counts() -> Counts:
    counts = simulation().vendor.volatile[COUNTS]
    assert isinstance(counts, Counts)  # noqa: S101 - narrows the type of the kit's dict
    return counts


def forget_counts(response: Response) -> Response:
    """After every call that may have written; a server on PostgreSQL is not the only writer."""
    if request.method != "GET" or db.engine.dialect.name != "sqlite":
        _counts().reset()
    return response


def sorts(wanted: Criteria, columns: Columns, unknown: Unknown = unknown_column) -> list[ColumnElement[Any]]:
    for one in wanted.sorts:
        if one.field not in columns:
            raise unknown(one.field)
    return [_sorted(columns[one.field], one.direction) for one in wanted.sorts]


def _sorted(column: Column, direction: str) -> ColumnElement[Any]:
    """What is empty counts as smallest, as in MySQL."""
    order = column.asc() if direction == "ASC" else column.desc()
    if not column.expression.nullable:
        return order
    return order.nulls_first() if direction == "ASC" else order.nulls_last()


def where(wanted: Criteria, columns: Columns, unknown: Unknown = unknown_column) -> ColumnElement[bool]:
    """The condition of all groups.

    Raises what ``unknown`` makes of a field that is not among the columns.
    """
    groups = []
    for group in wanted.groups:
        for one in group:
            if one.field not in columns:
                raise unknown(one.field)
        groups.append(or_(*_alternatives(group, columns)))
    return and_(literal(value=True), *groups)


def _alternatives(group: tuple[Filter, ...], columns: Columns) -> list[ColumnElement[bool]]:
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
    if _is_text(column) and _has_letters(text):
        return _folded(column).in_([part.casefold() for part in parts])
    return _value(column).in_([_bound(column, part) for part in parts])


def _equal(column: Column, text: str) -> ColumnElement[bool]:
    if _is_text(column) and _has_letters(text):
        return _folded(column) == text.casefold()
    equal: ColumnElement[bool] = _value(column) == _bound(column, text)
    return equal


def _value(column: Column) -> ColumnElement[Any]:
    """What a value is compared with: in MySQL flags are numbers."""
    return cast(column, Integer) if column.type.python_type is bool else column.expression


def _folded(column: Column) -> ColumnElement[Any]:
    """Without case; the keys of SKUs are stored that way, so that their index serves."""
    return column.expression if column.key == "sku_key" else func.lower(column)


def _is_text(column: Column) -> bool:
    return isinstance(column.type, String)


def _has_letters(text: str) -> bool:
    """Only letters need a comparison without case, which uses no plain index."""
    return text.lower() != text.upper()


def _text(column: Column) -> ColumnElement[Any]:
    if _is_text(column):
        return column.expression
    text = cast(_value(column), String)
    return func.substr(text, 1, WHOLE_SECONDS) if column.type.python_type is datetime else text


def _bound(column: Column, text: str) -> Any:
    """The value to compare with: numbers and times are read as MySQL would, text stays."""
    kind = column.type.python_type
    if kind is datetime:
        return _moment(text)
    if kind in {int, bool, Decimal}:
        return _numeric(text) if kind is Decimal else int(_numeric(text))
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
    return lambda column, text: compare(_value(column), _bound(column, text))


def _negated(condition: Condition) -> Condition:
    return lambda column, text: not_(condition(column, text))


def _like(column: Column, text: str) -> ColumnElement[bool]:
    single = (len(text) - len(text.rstrip("\\"))) % 2
    return _text(column).ilike(text + "\\" * single, escape="\\")  # MySQL's own; at the end it is plain


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
    "regexp": lambda column, text: _text(column).regexp_match(text),
    "null": _is_null,
    "notnull": _negated(_is_null),
    "finset": _in_set,
    "nfinset": _negated(_in_set),
    "seq": _equal_or_empty,
    "sneq": _negated(_equal_or_empty),
    "is": _raw_is,
    "ntoa": _nothing,
}
