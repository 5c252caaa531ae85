"""Filters as SQL, and pages of stored documents: ids by OFFSET first, then the documents of one page.

How many rows a filter finds is kept until the next write, and so are ids of pages to come.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import g, request
from sqlalchemy import ColumnElement, FromClause, Select, and_, false, func, literal, or_, select

from mock_commerce import kept
from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, Masked
from mock_commerce.models import db
from mock_commerce.search.conditions import Column, Columns, alternatives, folded, is_text, table_of
from mock_commerce.search.query import Criteria, parse
from mock_commerce.webapi.rest import Stored
from simkit import jsons

Unknown = Callable[[str], Exception]
"""The error of a field that cannot be filtered or sorted by."""
_Order = list[ColumnElement[Any]]
MOST_TOLD = 1000
"""Ids that are told to the database one by one. Its json_each would take more, but crashes after a reset."""


__all__ = [
    "Column", "Columns", "Page", "Unknown", "count", "criteria", "page", "rendered_page", "sorts",
    "stored_page", "unknown_attribute", "unknown_column", "where", "within",
]  # fmt: skip


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
    rows = _List(_name(wanted, key), select(key).where(found), total, order, backwards)
    return Page(key.in_(rows.ids(shown.offset, shown.limit)), order, total)


@dataclass(frozen=True)
class _List:
    """The keys of the rows that fit, in an order."""

    name: Hashable
    found: Select[Any]
    total: int
    order: _Order
    backwards: Callable[[], _Order]

    def ids(self, offset: int, limit: int) -> Select[Any] | Sequence[int]:
        """The keys on a page, as a query or known already."""
        if not kept.writes_alone():  # the total may be another one by now
            return self.found.order_by(*self.order).limit(limit).offset(offset)
        size = min(limit, self.total - offset)
        if size <= 0:
            return self.found.where(false())
        if size == self.total:
            return self.found  # an order would keep SQLite from the index of a narrow filter
        if not offset or size > MOST_TOLD:
            return self.found.order_by(*self.order).limit(size).offset(offset)
        return kept.kept().ids(self.name, offset, size, partial(self._read, offset))

    def _read(self, offset: int, size: int) -> Sequence[int]:
        """So many keys from there, counted from whatever is nearer: the beginning or the end."""
        size = min(size, self.total - offset)
        behind = self.total - offset - size
        if behind >= offset:
            return db.session.scalars(self.found.order_by(*self.order).limit(size).offset(offset)).all()
        query = self.found.order_by(*self.backwards()).limit(size).offset(behind)
        return db.session.scalars(query).all()[::-1]


def _name(wanted: Criteria, key: Column) -> Hashable:
    """What tells a list from others; attributes have other values in other store views."""
    return g.store_id, table_of(key).name, wanted.groups, tuple(wanted.sorts)


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
    query = select(func.count()).select_from(table_of(key)).where(condition)
    name = _name(replace(wanted, sorts=()), key)
    return kept.kept().once(name, lambda: db.session.scalar(query) or 0)


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
