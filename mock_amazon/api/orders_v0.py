"""Orders v0, the reads that Amazon removes on 2027-03-27: the same orders as parts that tokens open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import Row

from mock_amazon.access.auth import caller, identify, spend
from mock_amazon.errors import InvalidInput, NotFound
from mock_amazon.moments import now, written_short
from mock_amazon.paging import shelf, shelf_v0
from mock_amazon.paging.positions import Position
from mock_amazon.quirks import indexed, last_of
from mock_amazon.wire import next_token, parts_v0
from mock_amazon.wire.order_ids import checked_order_id
from mock_amazon.wire.parameters import SAFETY, Query
from mock_amazon.wire.search_v0 import check_marketplaces, search_v0_of
from simkit import jsons
from simkit.simulation import operation

bp = Blueprint("orders_v0", __name__, url_prefix="/orders/v0/orders")
bp.before_request(identify)

EMPTY = "{}"


@bp.before_request
def refuse_removed() -> None:
    """What Amazon will answer when these reads are gone is not known; a path that is not there is a 404."""
    if caller().account.v0_reads == "removed":
        raise NotFound(
            "The requested resource doesn't exist.",
            "The reads of Orders v0 were removed. Use Orders 2026-01-01.",
        )


bp.before_request(spend)


@bp.get("")
@operation("getOrders")
def get_orders() -> Response:
    """getOrders: the orders created or updated in a time, oldest first."""
    who, moment = caller(), now()
    check_marketplaces(request.args)
    query, bound, position = _continued(request.args)
    search = search_v0_of(query, moment, who.account.quirks)
    bound_to = [who.seller_id, *search.bound_to()]
    if bound is not None:
        next_token.check_bound(bound, bound_to)
    if foreign := shelf.foreign_marketplaces(search.marketplace_ids, who.seller_id):
        message = "The seller does not participate in a requested marketplace."
        raise InvalidInput(message, f"MarketplaceIds: {', '.join(foreign)}")
    before = position.before if position else search.before or moment - SAFETY
    known = indexed(who.account.quirks, moment)
    rows = shelf_v0.page(search, who.seller_id, before, position, moment, indexed=known)
    shown = rows[: search.page_size]
    tail: dict[str, Any] = {f"{search.by}Before": written_short(before)}
    if len(rows) > len(shown):
        end = last_of(shown, who.account.quirks)
        last = Position(before, end.time.replace(tzinfo=UTC), end.number)
        content = [next_token.asked(query), *last.as_list()]
        tail["NextToken"] = next_token.next_token(content, bound_to, who.client_id, moment)
    return _payload(_page(shown, tail))


def _continued(query: Query) -> tuple[Query, str | None, Position | None]:
    """The request, with what its NextToken says: whose it is, and where to go on."""
    token = query.get("NextToken")
    if not token:
        return query, None, None
    bound, (filters, *place) = _opened(token)
    return next_token.continued(query, filters), bound, Position.of_list(*place)


def _opened(token: str) -> tuple[str, list[Any]]:
    who = caller()
    bare = "raw_token_without_message" in who.account.quirks
    return next_token.opened(token, who.client_id, now(), bare=bare)


def _page(rows: Sequence[Row[Any]], tail: Mapping[str, Any]) -> str:
    who, email_open = caller(), _email_open()
    orders = ",".join(parts_v0.order_text(row, who.elements, email_open=email_open) for row in rows)
    if "replacement_flag_text" in who.account.quirks:
        orders = parts_v0.flags_as_text(orders)
    return f'{{"Orders":[{orders}],{jsons.dump(tail).decode()[1:]}'


def _email_open() -> bool:
    account = caller().account
    return "buyer_email_open" in account.quirks and account.pii == "granted"


@bp.get("/<order_id>")
@operation("getOrderV0")
def get_order(order_id: str) -> Response:
    """getOrder: one order."""
    elements = caller().elements
    return _of_order(order_id, lambda row: parts_v0.order_text(row, elements, email_open=_email_open()))


@bp.get("/<order_id>/address")
@operation("getOrderAddress")
def get_order_address(order_id: str) -> Response:
    """getOrderAddress: where one order goes."""
    return _of_order(order_id, lambda row: parts_v0.order_address(row, caller().elements))


@bp.get("/<order_id>/buyerInfo")
@operation("getOrderBuyerInfo")
def get_order_buyer_info(order_id: str) -> Response:
    """getOrderBuyerInfo: who bought one order."""
    elements = caller().elements
    return _of_order(order_id, lambda row: parts_v0.order_buyer(row, elements, email_open=_email_open()))


@bp.get("/<order_id>/orderItems")
@operation("getOrderItems")
def get_order_items(order_id: str) -> Response:
    """getOrderItems: the items of one order."""
    return _of_order(order_id, lambda row: _items(row, parts_v0.item_text))


@bp.get("/<order_id>/orderItems/buyerInfo")
@operation("getOrderItemsBuyerInfo")
def get_order_items_buyer_info(order_id: str) -> Response:
    """getOrderItemsBuyerInfo: what the buyer wishes for the items of one order."""
    return _of_order(order_id, lambda row: _items(row, parts_v0.item_wishes))


def _of_order(order_id: str, shown: Callable[[Row[Any]], str]) -> Response:
    who = caller()
    row = shelf_v0.one(checked_order_id(order_id), who.seller_id, now())
    if row is not None:
        return _payload(shown(row))
    if "unknown_order_empty" in who.account.quirks:
        return _payload(EMPTY)
    raise NotFound("The requested resource doesn't exist.", f"There is no order {order_id}.")


def _items(order: Row[Any], text: Callable[[Row[Any], parts_v0.Elements], str]) -> str:
    who, token, last = caller(), request.args.get("NextToken"), 0
    bound_to = [who.seller_id, order.number]
    if token:
        bound, (last,) = _opened(token)
        next_token.check_bound(bound, bound_to)
    rows = shelf_v0.items(order.id, last)
    shown = rows[: shelf_v0.ITEMS]
    head: dict[str, Any] = {"AmazonOrderId": order.number}
    if len(rows) > len(shown):
        head["NextToken"] = next_token.next_token([shown[-1].id], bound_to, who.client_id, now())
    listed = ",".join(text(row, who.elements) for row in shown)
    return f'{jsons.dump(head).decode()[:-1]},"OrderItems":[{listed}]}}'


def _payload(text: str) -> Response:
    return Response(parts_v0.payload(text), mimetype="application/json")
