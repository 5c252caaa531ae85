"""Grids that only list: columns, a search by keyword, pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from sqlalchemy import Select, or_

from mock_commerce.models import db
from mock_commerce.web.grid import PAGE_SIZES, page_number, page_size


@dataclass(frozen=True)
class Link:
    """A cell that leads to a page; ``about`` says which where the text alone does not."""

    text: str
    address: str
    about: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its head, and what it shows of a row."""

    head: str
    cell: Callable[[Any], str | Link]
    is_number: bool = False


@dataclass(frozen=True)
class Search:
    """What the keyword is looked for in, and what the empty field says of that."""

    hint: str
    columns: Sequence[Any]


def show(
    title: str,
    columns: Sequence[Column],
    query: Select[Any],
    *,
    search: Search | None = None,
    about: str = "",
    of: Callable[[Any], Any] = lambda row: row,
) -> str:
    """The page of a grid with the rows of the query; ``of`` makes of each what the columns show."""
    keyword = request.args.get("keyword", "").strip() if search else ""
    if search and keyword:
        query = query.where(or_(*(column.icontains(keyword, autoescape=True) for column in search.columns)))
    rows = db.paginate(query, page=page_number(), per_page=page_size(), error_out=False)
    return render_template(
        "admin/grid.html",
        heading=title,
        about=about,
        columns=columns,
        lines=[[column.cell(row) for column in columns] for row in map(of, rows.items)],
        rows=rows,
        search=search,
        keyword=keyword,
        sizes=PAGE_SIZES,
    )
