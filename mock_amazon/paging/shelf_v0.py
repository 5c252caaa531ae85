"""The stored parts of Orders v0: pages of orders by key, single orders, and their items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, select, tuple_

from mock_amazon.marketplaces import BY_CODE
from mock_amazon.models import Order, OrderItem, db
from mock_amazon.ordering.lifecycle import DELIVERABLE, Channel
from mock_amazon.paging.positions import Position
from mock_amazon.paging.shelf import KNOWN, LISTED
from mock_amazon.wire.search_v0 import SearchV0
from simkit.database import UTCDateTime, as_stored

ARCHIVED_YEARS = 2
KEPT_SINCE = datetime(2016, 1, 1, tzinfo=UTC)
LONG_KEPT = tuple(BY_CODE[code].id for code in ("JP", "AU", "SG"))
"""Marketplaces whose orders are shown back to 2016; elsewhere they are archived after two years."""
ITEMS = 50
"""Items on a page. Amazon publishes no number."""

_orders, _items = Order.__table__.c, OrderItem.__table__.c
TIMES = {"Created": _orders.purchase_date, "LastUpdated": _orders.last_update}
_PARTS = (
    _orders.id,
    _orders.amazon_order_id.label("number"),
    _orders.v0_order,
    _orders.v0_place,
    _orders.v0_address,
    _orders.v0_buyer,
    _orders.v0_tax,
    _orders.v0_delivery,
    (_orders.phone_until < bindparam("now")).label("late"),
)
# No index can serve this bound: it is left to the one of the window.
_NOT_ARCHIVED = _orders.purchase_date >= case(
    (_orders.marketplace_id.in_(LONG_KEPT), bindparam("kept_since", type_=UTCDateTime)),
    else_=bindparam("archived", type_=UTCDateTime),
)
_ONE: Select[Any] = select(*_PARTS).where(
    _orders.amazon_order_id == bindparam("number"), _orders.seller_id == bindparam("seller"), _NOT_ARCHIVED
)
_ITEMS: Select[Any] = (
    select(_items.id, _items.order_item_id, _items.v0_item, _items.v0_wrap, _items.v0_gift)
    .where(_items.order_id == bindparam("order"), _items.id > bindparam("last"))
    .order_by(_items.id)
    .limit(ITEMS + 1)
)


def one(number: str, seller_id: str, now: datetime) -> Row[Any] | None:
    """The parts of a seller's order, unless it is archived."""
    values = {"number": number, "seller": seller_id, **_times(now)}
    return db.session.execute(_ONE, values).one_or_none()


def items(order_id: int, last: int) -> Sequence[Row[Any]]:
    """The order's next items after that row; one more than a page, if there is."""
    return db.session.execute(_ITEMS, {"order": order_id, "last": last}).all()


def page(
    search: SearchV0,
    seller_id: str,
    before: datetime,
    position: Position | None,
    now: datetime,
    *,
    indexed: datetime | None = None,
) -> Sequence[Row[Any]]:
    """The next orders, oldest first; one more than asked for, if there is.

    ``indexed``: the moment after which no change is known here, if there is one.
    """
    values = {"seller": seller_id, "before": before, "markets": sorted(search.marketplace_ids), **_times(now)}
    values["indexed"] = indexed
    if position:
        values |= {"last_time": position.last_time, "last_number": position.last_number}
    else:
        values["after"] = search.after or KEPT_SINCE
    further, lag = position is not None, indexed is not None
    statement = _page(search.by, tuple(search.filters), further=further, lag=lag)
    return db.session.execute(statement, {**values, **search.filters, "count": search.page_size + 1}).all()


def _times(now: datetime) -> dict[str, Any]:
    # 29 February has no namesake two years ago
    day = now if (now.month, now.day) != (2, 29) else now.replace(day=28)
    return {"now": now, "kept_since": KEPT_SINCE, "archived": day.replace(year=now.year - ARCHIVED_YEARS)}


_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "statuses": _orders.status.in_(bindparam("statuses", expanding=True)),
    "channels": _orders.channel.in_(bindparam("channels", expanding=True)),
    "unpaid": _orders.status.not_in(bindparam("unpaid", expanding=True)),
    "numbers": _orders.amazon_order_id.in_(bindparam("numbers", expanding=True)),
    "seller_order": func.coalesce(_orders.seller_order_id, _orders.amazon_order_id)
    == bindparam("seller_order"),
    "payments": _orders.payment_method.in_(bindparam("payments", expanding=True)),
    "easy_ship": _orders.easy_ship.in_(bindparam("easy_ship", expanding=True)),
    "invoices": _orders.electronic_invoice.in_(bindparam("invoices", expanding=True)),
    "supply_source": _orders.supply_source == bindparam("supply_source"),
    "in_store_pickup": _orders.in_store_pickup == bindparam("in_store_pickup"),
    "store_chain_store": _orders.store_chain_store == bindparam("store_chain_store"),
    # An address that is not shown cannot be searched for either.
    "email": (_orders.buyer_email == bindparam("email"))
    & (_orders.channel == Channel.MFN.value)
    & _orders.status.in_(sorted(status.value for status in DELIVERABLE)),
    "earliest_from": _orders.earliest_delivery >= bindparam("earliest_from"),
    "earliest_to": _orders.earliest_delivery <= bindparam("earliest_to"),
    "latest_from": _orders.latest_delivery >= bindparam("latest_from"),
    "latest_to": _orders.latest_delivery <= bindparam("latest_to"),
}


@cache
def _page(by: str, filters: tuple[str, ...], *, further: bool, lag: bool) -> Select[Any]:
    time = TIMES[by]
    # One lower bound only, and not by the row's id: else SQLite reads every page before this one.
    lower = time >= bindparam("after")
    if further:
        last = tuple_(bindparam("last_time", type_=time.type), bindparam("last_number"))
        lower = tuple_(time, _orders.amazon_order_id) > last
    statement = select(as_stored(time).label("time"), *_PARTS).where(
        _orders.seller_id == bindparam("seller"),
        lower,
        time <= bindparam("before"),
        _orders.marketplace_id.in_(bindparam("markets", expanding=True)),
        _NOT_ARCHIVED,
        LISTED,
        *([KNOWN] if lag else []),
        *(_CONDITIONS[name] for name in filters),
    )
    return statement.order_by(time, _orders.amazon_order_id).limit(bindparam("count"))
