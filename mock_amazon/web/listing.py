"""Manage orders: newest first, by status, account and number; filtered, counted and paged by the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import BadRequest

from mock_amazon.marketplaces import BY_CODE, BY_ID
from mock_amazon.models import Order, Package, Participation, db
from mock_amazon.ordering.lifecycle import Status
from mock_amazon.web.shown import STATUSES, Shown

PAGE = 25
_LONGEST = 40
_LAST_PAGE = 1_000_000
TABS: dict[str, tuple[Status, ...]] = {
    "all": (),
    "pending": (Status.PENDING, Status.PENDING_AVAILABILITY),
    "unshipped": (Status.UNSHIPPED,),
    "part-shipped": (Status.PARTIALLY_SHIPPED,),
    "shipped": (Status.SHIPPED,),
    "canceled": (Status.CANCELED,),
}


@dataclass(frozen=True)
class Wanted:
    """What a visitor wants to see. ``account`` is a seller and a marketplace: ``SELLER-1:US``."""

    tab: str = "all"
    account: str = ""
    number: str = ""
    page: int = 1

    def link(self, **changes: Any) -> str:
        """The address of this list with something else chosen; another choice starts at its first page."""
        other = replace(self, **{"page": 1, **changes})
        told = {name: value for name, value in vars(other).items() if value != getattr(Wanted, name)}
        return url_for(".orders", **told)


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/", "home", _home)
    bp.add_url_rule("/orders-v3", "orders", _orders)


def _home() -> ResponseReturnValue:
    return redirect(url_for(".orders"))


def _orders() -> ResponseReturnValue:
    wanted = _wanted()
    counts = _counts(wanted)
    return render_template(
        "seller_central/orders.html",
        wanted=wanted,
        orders=[Shown(order) for order in db.session.scalars(_page(wanted))],
        tabs={tab: _count(counts, statuses) for tab, statuses in TABS.items()},
        names={tab: STATUSES[statuses[0]] for tab, statuses in TABS.items() if statuses},
        accounts=accounts(),
        page_size=PAGE,
    )


def accounts() -> list[str]:
    """Each seller with each of its marketplaces."""
    known = db.session.scalars(select(Participation).order_by(Participation.seller_id, Participation.id))
    return [f"{one.seller_id}:{BY_ID[one.marketplace_id].code}" for one in known]


def _wanted() -> Wanted:
    """Raises BadRequest for a choice that there is not."""
    tab, page = request.args.get("tab", "all"), request.args.get("page", "1")
    if tab not in TABS:
        raise BadRequest(f"tab: {tab!r} is not one of {', '.join(TABS)}")
    if not (page.isascii() and page.isdigit() and len(page) <= len(str(_LAST_PAGE)) and int(page)):
        raise BadRequest(f"page: {page!r} is not a number from 1 to {_LAST_PAGE}")
    account = request.args.get("account", "")
    if account and account not in (known := accounts()):
        raise BadRequest(f"account: {account!r} is not one of {', '.join(known)}")
    number = request.args.get("number", "").strip()
    if len(number) > _LONGEST:
        raise BadRequest(f"number: more than {_LONGEST} characters are no order number")
    return Wanted(tab, account, number, int(page))


def _filters(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.account:
        seller, _, code = wanted.account.rpartition(":")
        yield Order.seller_id == seller
        yield Order.marketplace_id == BY_CODE[code].id
    if wanted.number:
        contains = Order.amazon_order_id.contains(wanted.number, autoescape=True)
        yield contains | (Order.label == wanted.number)


def _page(wanted: Wanted) -> Select[Order]:
    statuses = TABS[wanted.tab]
    statement = select(Order).where(*_filters(wanted))
    if statuses:
        statement = statement.where(Order.status.in_(statuses))
    statement = statement.order_by(Order.purchase_date.desc(), Order.id.desc())
    statement = statement.limit(PAGE).offset((wanted.page - 1) * PAGE)
    return statement.options(
        selectinload(Order.items), selectinload(Order.packages).selectinload(Package.contents)
    )


def _counts(wanted: Wanted) -> dict[str, int]:
    statement = select(Order.status, func.count()).where(*_filters(wanted)).group_by(Order.status)
    return {status: count for status, count in db.session.execute(statement)}  # noqa: C416 - rows, not pairs


def _count(counts: dict[str, int], statuses: tuple[Status, ...]) -> int:
    return sum(counts.values()) if not statuses else sum(counts.get(status, 0) for status in statuses)
