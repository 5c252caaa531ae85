"""The stored documents: pages of them by key, and single ones.

The statements are built once per shape, and read columns, not objects: lists are the busiest calls there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select, tuple_

from mock_amazon.models import Order, Participation, db
from mock_amazon.paging.positions import Position
from mock_amazon.wire.search_2026 import CHANNELS, STATUSES, Search
from simkit.database import as_stored

_orders = Order.__table__.c
_PARTS = (_orders.rare_blocks, _orders.payment, (_orders.phone_until < bindparam("now")).label("late"))
_PRICED = func.coalesce(_orders.unpaid_document, _orders.document).label("document")
_SOLD_IN = select(Participation.__table__.c.marketplace_id).where(
    Participation.__table__.c.seller_id == bindparam("seller")
)
LISTED = or_(_orders.hidden_until.is_(None), _orders.hidden_until <= bindparam("now"))
"""What lists show; a single order is found all the same."""
KNOWN = _orders.last_update <= bindparam("indexed")
"""What lists show that lag behind."""
TIMES = {"created": _orders.purchase_date, "lastUpdated": _orders.last_update}


def one(number: str, seller_id: str, now: datetime, *, priced: bool = False) -> Row[Any] | None:
    """The document of a seller's order, and whether its phone number is to be hidden.

    ``priced``: with the amounts also where the payment is open.
    """
    values = {"number": number, "seller": seller_id, "now": now}
    return db.session.execute(_one(priced=priced), values).one_or_none()


def sells_in(ids: frozenset[str], seller_id: str) -> bool:
    """Whether the seller sells in one of them."""
    return not ids.isdisjoint(db.session.scalars(_SOLD_IN, {"seller": seller_id}))


def foreign_marketplaces(ids: frozenset[str], seller_id: str) -> list[str]:
    """Those in which the seller does not sell."""
    return sorted(ids.difference(db.session.scalars(_SOLD_IN, {"seller": seller_id}))) if ids else []


def page(
    search: Search,
    seller_id: str,
    before: datetime,
    position: Position | None,
    now: datetime,
    *,
    indexed: datetime | None = None,
    priced: bool = False,
) -> Sequence[Row[Any]]:
    """The next orders, oldest first: number, time, document, late; one more than asked for, if there is.

    ``indexed``: the moment after which no change is known here, if there is one.
    """
    lists = {
        "marketplace_id": sorted(search.marketplace_ids),
        "status": [status for word in search.statuses for status in STATUSES[word]],
        "channel": [CHANNELS[word] for word in search.fulfilled_by],
    }
    filters = {name: values for name, values in lists.items() if values}
    values: dict[str, Any] = {"seller": seller_id, "before": before, "now": now, "indexed": indexed}
    if position:
        values |= {"last_time": position.last_time, "last_number": position.last_number}
    else:
        values["after"] = search.after
    shape = {"further": position is not None, "lag": indexed is not None, "priced": priced}
    statement = _page(search.by, tuple(filters), **shape)
    return db.session.execute(statement, {**values, **filters, "count": search.page_size + 1}).all()


@cache
def _one(*, priced: bool) -> Select[Any]:
    return select(_PRICED if priced else _orders.document, *_PARTS).where(
        _orders.amazon_order_id == bindparam("number"), _orders.seller_id == bindparam("seller")
    )


@cache
def _page(by: str, filters: tuple[str, ...], *, further: bool, lag: bool, priced: bool) -> Select[Any]:
    time = TIMES[by]
    # One lower bound only, and not by the row's id: else SQLite reads every page before this one.
    lower = time >= bindparam("after")
    if further:
        last = tuple_(bindparam("last_time", type_=time.type), bindparam("last_number"))
        lower = tuple_(time, _orders.amazon_order_id) > last
    document = _PRICED if priced else _orders.document
    told = (_orders.amazon_order_id.label("number"), as_stored(time).label("time"), document, *_PARTS)
    statement = select(*told).where(
        _orders.seller_id == bindparam("seller"),
        lower,
        time <= bindparam("before"),
        LISTED,
        *([KNOWN] if lag else []),
        *(_orders[name].in_(bindparam(name, expanding=True)) for name in filters),
    )
    return statement.order_by(time, _orders.amazon_order_id).limit(bindparam("count"))
