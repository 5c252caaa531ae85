"""Orders 2026-01-01: pages of stored documents, oldest first, and one order by its id."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, request
from sqlalchemy import ColumnElement, Select, select, tuple_

from mock_amazon.auth import Caller, admit, caller
from mock_amazon.errors import InvalidInput, NotFound
from mock_amazon.models import Order, Seller, db
from mock_amazon.moments import now, written
from mock_amazon.paging import Position, position_of, token_for
from mock_amazon.wire.included import chosen
from mock_amazon.wire.order_ids import checked_order_id
from mock_amazon.wire.orders_2026 import FULFILLED_BY, STATUS
from mock_amazon.wire.search_2026 import SAFETY, Search, included_of, search_of
from simkit import jsons
from simkit.simulation import operation

bp = Blueprint("orders_2026", __name__, url_prefix="/orders/2026-01-01")
bp.before_request(admit)

TIMES = {"created": Order.purchase_date, "lastUpdated": Order.last_update}


@bp.get("/orders")
@operation("searchOrders")
def search_orders() -> Response:
    """searchOrders: the orders created or updated in a time, oldest first."""
    who, moment = caller(), now()
    search = search_of(request.args, moment)
    bound_to = [who.seller_id, *search.bound_to()]
    position = position_of(search.token, bound_to, who.client_id, moment) if search.token else None
    before = position.before if position else search.before or moment - SAFETY
    rows = db.session.execute(_page(search, who, before, position, moment)).all()
    shown = rows[: search.page_size]
    pagination = {}
    if len(rows) > len(shown):
        last = Position(before, shown[-1].time, shown[-1].id)
        pagination["nextToken"] = token_for(last, bound_to, who.client_id, moment)
    tail = jsons.dump({"pagination": pagination, f"{search.by}Before": written(before)}).decode()
    documents = ",".join(chosen(row.document, search.included, hide_phone=bool(row.late)) for row in shown)
    return _json(f'{{"orders":[{documents}],{tail[1:]}')


@bp.get("/orders/<order_id>")
@operation("getOrder")
def get_order(order_id: str) -> Response:
    """getOrder: one order."""
    included = included_of(request.args)
    columns = (Order.document, (Order.phone_until < now()).label("late"))
    wanted = (
        Order.amazon_order_id == checked_order_id(order_id),
        Order.seller_id == caller().seller_id,
    )
    row = db.session.execute(select(*columns).where(*wanted)).one_or_none()
    if row is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no order {order_id}.")
    return _json(f'{{"order":{chosen(row.document, included, hide_phone=bool(row.late))}}}')


def _page(
    search: Search, who: Caller, before: datetime, position: Position | None, moment: datetime
) -> Select[int, datetime, str, bool]:
    time = TIMES[search.by]
    late = Order.phone_until < moment
    page = select(Order.id, time.label("time"), Order.document, late.label("late"))
    page = page.where(*_wanted(search, who), time >= search.after, time <= before)
    if position:
        page = page.where(tuple_(time, Order.id) > tuple_(position.last_time, position.last_id))
    return page.order_by(time, Order.id).limit(search.page_size + 1)


def _wanted(search: Search, who: Caller) -> list[ColumnElement[bool]]:
    wanted = [Order.seller_id == who.seller_id]
    if search.marketplace_ids:
        _check_participation(search, who)
        wanted.append(Order.marketplace_id.in_(sorted(search.marketplace_ids)))
    if search.statuses:
        words = [status for status, shown in STATUS.items() if shown in search.statuses]
        wanted.append(Order.status.in_(words))
    if search.fulfilled_by:
        channels = [channel for channel, shown in FULFILLED_BY.items() if shown in search.fulfilled_by]
        wanted.append(Order.channel.in_(channels))
    return wanted


def _check_participation(search: Search, who: Caller) -> None:
    seller = db.session.get_one(Seller, who.seller_id)
    sold_in = {participation.marketplace_id for participation in seller.participations}
    if foreign := search.marketplace_ids - sold_in:
        raise InvalidInput(
            "The seller does not participate in a requested marketplace.",
            f"marketplaceIds: {', '.join(sorted(foreign))}",
        )


def _json(text: str) -> Response:
    return Response(text, mimetype="application/json")
