"""Amazon orders, also called All Orders: filters, pages, and sorting within the page (V-20 to V-29)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select
from sqlalchemy.orm import defer

from connector.database import db
from connector.models import OrderRow, Store
from connector.web.access import STORE, store_or_404
from connector.web.filters import Filters, chips, conditions
from connector.web.targets import target_of

bp = Blueprint("listing", __name__)
SIZES = (20, 50, 100)
"""Rows of a page; the first is the default (X-32)."""
COLUMNS: dict[str, tuple[str, Callable[[OrderRow], Any]]] = {
    # key: header, what the page's rows are sorted by (V-20, V-27)
    "date": ("Purchase Date", lambda row: (row.purchased_at, row.id)),
    "number": ("Order Number", lambda row: row.amazon_order_id),
    "status": ("Status", lambda row: row.table_status or ""),
    "buyer": ("Buyer's Name", lambda row: row.buyer_name.casefold()),
    "total": ("Grand Total", lambda row: Decimal(-1) if row.total is None else row.total),
    "notes": ("Order Notes", lambda row: (row.note or "").casefold()),
}


@bp.get(f"{STORE}/orders")
def orders(store_id: int) -> tuple[str, int]:
    """Amazon orders."""
    store = store_or_404(store_id)
    form = Filters(request.args)
    right = form.validate()
    page = _page(store, form if right else None)
    query = _Query(store, request.args.to_dict(flat=False))
    body = render_template(
        "orders.html",
        store=store,
        form=form,
        filtered=right,
        chips=[(text, query.without(gone)) for text, gone in chips(form)] if right else [],
        page=page,
        rows=_sorted(list(page.items)),
        columns=COLUMNS,
        query=query,
        sizes=SIZES,
        target_of=target_of,
    )
    return body, 200 if right else 400


def _page(store: Store, form: Filters | None) -> Pagination:
    """One page, newest purchase first (V-28); nothing is filtered while a filter is wrong."""
    statement = (
        select(OrderRow)
        .where(OrderRow.store_id == store.id, OrderRow.table_status.is_not(None))
        .where(*(conditions(form) if form else []))
        .order_by(OrderRow.purchased_at.desc(), OrderRow.id.desc())
        .options(defer(OrderRow.document))
    )
    number, size = _number("page", 1), _number("per_page", SIZES[0])
    if size not in SIZES:
        abort(404, f"There are lists of {', '.join(map(str, SIZES))} rows, not of {size}.")
    page = db.paginate(statement, page=number, per_page=size, error_out=False)
    if number > max(page.pages, 1):
        abort(404, f"There is no page {number}: the list has {page.pages}.")
    return page


def _number(name: str, default: int) -> int:
    text = request.args.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):  # noqa: PLR2004 - no list has a million pages
        abort(404, f"{name}: {text[:20]!r} is not a number from 1 on.")
    return int(text)


def _sorted(rows: list[OrderRow]) -> list[OrderRow]:
    """The rows of this page only, by the column that was clicked (V-27)."""
    name = request.args.get("sort") or ""
    if not name:
        return rows
    if name not in COLUMNS:
        abort(404, f"sort: {name[:20]!r} is not one of {', '.join(COLUMNS)}.")
    return sorted(rows, key=COLUMNS[name][1], reverse=request.args.get("order") == "down")


class _Query:
    """The address of this list with something changed."""

    def __init__(self, store: Store, arguments: Mapping[str, list[str]]) -> None:
        self._store_id = store.id
        self._arguments = {name: [value for value in values if value] for name, values in arguments.items()}

    def url(self, **changes: str | int) -> str:
        return self._url(self._arguments | {name: [str(value)] for name, value in changes.items()})

    def without(self, gone: Mapping[str, str]) -> str:
        """Without some filters (an empty value takes the whole argument away), on the first page again."""
        left = {name: list(values) for name, values in self._arguments.items() if name != "page"}
        for name, value in gone.items():
            left[name] = [word for word in left.get(name, []) if value and word != value]
        return self._url(left)

    def sort_url(self, column: str) -> str:
        """The same page sorted by that column; clicked again, the other way round."""
        up = self._arguments.get("sort") == [column] and self._arguments.get("order") != ["down"]
        return self.url(sort=column, order="down" if up else "up")

    def direction(self, column: str) -> str:
        if self._arguments.get("sort") != [column]:
            return "none"
        return "descending" if self._arguments.get("order") == ["down"] else "ascending"

    def hidden(self, *names: str) -> list[tuple[str, str]]:
        """Arguments that a form takes along."""
        return [(name, value) for name in names for value in self._arguments.get(name, [])]

    def _url(self, arguments: Mapping[str, list[str]]) -> str:
        known = {name: values for name, values in arguments.items() if name in _ARGUMENTS and values}
        return url_for("listing.orders", store_id=self._store_id, **known)  # type: ignore[arg-type] # lists repeat


_ARGUMENTS = frozenset({field.name for field in Filters()} | {"page", "per_page", "sort", "order"})
