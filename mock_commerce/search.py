"""Filters as SQL, and pages of stored documents: ids by OFFSET first, then the documents of one page.

How many rows a filter finds is kept until the next write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Response, g, request
from sqlalchemy import ColumnElement, FromClause, Select, and_, false, func, literal, or_, select

from mock_commerce.errors import CommerceError, Masked
from mock_commerce.models import db
from mock_commerce.rest import Stored
from mock_commerce.search_conditions import Column, Columns, alternatives, folded, is_text, table_of
from mock_commerce.search_criteria import Criteria, Groups, parse
from mock_commerce.settings import current
from simkit import jsons
from simkit.simulation import simulation

Unknown = Callable[[str], Exception]
"""The error of a field that cannot be filtered or sorted by."""
_Order = list[ColumnElement[Any]]


__all__ = [
    "Column", "Columns", "Counts", "Page", "Unknown", "count", "criteria", "forget", "forget_counts", "page",
    "rendered_page", "sorts", "stored_page", "unknown_attribute", "unknown_column", "where", "within",
]  # fmt: skip

COUNTS = "counts"
KEPT_COUNTS = 1000


class Counts:
    """Numbers of rows by filter, forgotten at every write."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, str, Groups], int] = {}

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
    order: _Order
    total: int


def page(wanted: Criteria, columns: Columns, key: Column, unknown: Unknown = unknown_column) -> Page:
    """The page as a condition on the key: ids by OFFSET, so that an index alone can answer it.

    Raises what ``unknown`` makes of a field that is not among the columns.
    """
    found = where(wanted, columns, unknown)
    order = _order(wanted, columns, key, unknown)
    total = count(wanted, found, key)
    shown = within(wanted, total)
    if shown.limit is None:
        return Page(found, order, total)
    backwards = partial(_order, wanted, columns, key, unknown, backwards=True)
    ids = _ids(select(key).where(found), shown.limit, shown.offset, total, order, backwards)
    return Page(key.in_(ids), order, total)


def _ids(  # noqa: PLR0917 - what a page is
    found: Select[Any], limit: int, offset: int, total: int, order: _Order, backwards: Callable[[], _Order]
) -> Select[Any]:
    """The keys on a page. In the second half they are counted from the end: that skips fewer."""
    if not _writes_alone():  # the total may be another one by now
        return found.order_by(*order).limit(limit).offset(offset)
    size = min(limit, total - offset)
    if size <= 0:
        return found.where(false())
    if size == total:
        return found  # an order would keep SQLite from the index of a narrow filter
    behind = total - offset - size
    if behind < offset:
        return found.order_by(*backwards()).limit(size).offset(behind)
    return found.order_by(*order).limit(size).offset(offset)


def _order(
    wanted: Criteria, columns: Columns, key: Column, unknown: Unknown, *, backwards: bool = False
) -> _Order:
    """The key decides last, in the direction of the sort before it, as an index has it that MySQL follows."""
    ascending = not wanted.sorts or wanted.sorts[-1].direction == "ASC"
    last = key.asc() if ascending != backwards else key.desc()
    return [*sorts(wanted, columns, unknown, backwards=backwards), last]


def within(wanted: Criteria, total: int) -> Criteria:
    """The criteria whose offset is a page that there is, in versions that repeat the last one."""
    if wanted.limit is None or wanted.offset < total or not current().has("last_page_repeats"):
        return wanted
    return replace(wanted, last_page=max(1, -(-total // wanted.limit)))


def rendered_page(  # noqa: PLR0917 - what a list is made of
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


def stored_page(wanted: Criteria, columns: Columns, table: FromClause) -> Stored:
    """A list answer made of the rows' stored documents."""
    rows = page(wanted, columns, table.c.entity_id)
    query = select(table.c.document).where(rows.condition).order_by(*rows.order)
    parts = list(db.session.scalars(query).all()) or [b""]
    parts[0] = b'{"items":[' + parts[0]
    parts[-1] += b'],"search_criteria":%b,"total_count":%d}' % (jsons.dump(wanted.echo()), rows.total)
    return Stored(b",".join(parts))  # the longest answers that there are: joined once


def count(wanted: Criteria, condition: ColumnElement[bool], key: Column) -> int:
    """How many rows of the key's table fit."""
    known = _counts().known
    table = table_of(key)
    name = (g.store_id, table.name, wanted.groups)  # attributes have other values in other store views
    if name not in known:
        if len(known) >= KEPT_COUNTS:
            known.clear()
        query = select(func.count()).select_from(table).where(condition)
        known[name] = db.session.scalar(query) or 0
    return known[name]


def _counts() -> Counts:
    counts = simulation().vendor.volatile[COUNTS]
    assert isinstance(counts, Counts)  # noqa: S101 - narrows the type of the kit's dict
    return counts


def forget_counts(response: Response) -> Response:
    """After every call that may have written."""
    if request.method != "GET" or not _writes_alone():
        forget()
    return response


def _writes_alone() -> bool:
    """A server on PostgreSQL is not the only writer."""
    return db.engine.dialect.name == "sqlite"


def forget() -> None:
    """Something was written."""
    _counts().reset()


def sorts(
    wanted: Criteria, columns: Columns, unknown: Unknown = unknown_column, *, backwards: bool = False
) -> _Order:
    for one in wanted.sorts:
        if one.field not in columns:
            raise unknown(one.field)
    return [_sorted(columns[one.field], (one.direction == "ASC") != backwards) for one in wanted.sorts]


def _sorted(column: Column, ascending: bool) -> ColumnElement[Any]:
    """What is empty counts as smallest and case does not count, as in MySQL."""
    by = folded(column) if is_text(column) else column.expression
    order = by.asc() if ascending else by.desc()
    if not getattr(column.expression, "nullable", True):
        return order
    return order.nulls_first() if ascending else order.nulls_last()


def where(wanted: Criteria, columns: Columns, unknown: Unknown = unknown_column) -> ColumnElement[bool]:
    """The condition of all groups.

    Raises what ``unknown`` makes of a field that is not among the columns.
    """
    groups = []
    for group in wanted.groups:
        for one in group:
            if one.field not in columns:
                raise unknown(one.field)
        groups.append(or_(*alternatives(group, columns)))
    return and_(literal(value=True), *groups)
