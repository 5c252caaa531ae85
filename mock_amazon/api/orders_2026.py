"""Orders 2026-01-01: pages of stored documents, oldest first, and one order by its id."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import UTC

from flask import Blueprint, Response, request

from mock_amazon.access.auth import admit, caller
from mock_amazon.errors import NOT_VALID, AccessDenied, InvalidInput, NotFound
from mock_amazon.marketplaces import FAR_EAST
from mock_amazon.moments import now, written
from mock_amazon.paging import shelf
from mock_amazon.paging.positions import Position, position_of, token_for
from mock_amazon.quirks import indexed, last_of
from mock_amazon.wire.included import PERSONAL, Hidden, of_page, of_row
from mock_amazon.wire.order_ids import checked_order_id
from mock_amazon.wire.parameters import SAFETY
from mock_amazon.wire.search_2026 import included_of, search_of
from simkit import jsons
from simkit.simulation import operation

bp = Blueprint("orders_2026", __name__, url_prefix="/orders/2026-01-01")
bp.before_request(admit)


@bp.get("/orders")
@operation("searchOrders")
def search_orders() -> Response:
    """searchOrders: the orders created or updated in a time, oldest first."""
    who, moment = caller(), now()
    search = search_of(request.args, moment)
    _check_included(search.included)
    bound_to = [who.seller_id, *search.bound_to()]
    position = position_of(search.token, bound_to, who.client_id, moment) if search.token else None
    before = position.before if position else search.before or moment - SAFETY
    if foreign := shelf.foreign_marketplaces(search.marketplace_ids, who.seller_id):
        message = "The seller does not participate in a requested marketplace."
        raise InvalidInput(message, f"marketplaceIds: {', '.join(foreign)}")
    known = indexed(who.account.quirks, moment)
    rows = shelf.page(search, who.seller_id, before, position, moment, indexed=known, priced=_priced())
    shown = rows[: search.page_size]
    pagination = {}
    if len(rows) > len(shown):
        end = last_of(shown, who.account.quirks)
        last = Position(before, end.time.replace(tzinfo=UTC), end.number)
        pagination["nextToken"] = token_for(last, bound_to, who.client_id, moment)
    tail = jsons.dump({"pagination": pagination, f"{search.by}Before": written(before)}).decode()
    documents = ",".join(of_page(shown, search.included, _hidden()))
    return _json(f'{{"orders":[{documents}],{tail[1:]}')


@bp.get("/orders/<order_id>")
@operation("getOrder")
def get_order(order_id: str) -> Response:
    """getOrder: one order."""
    included = included_of(request.args)
    _check_included(included)
    row = shelf.one(checked_order_id(order_id), caller().seller_id, now(), priced=_priced())
    if row is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no order {order_id}.")
    return _json(f'{{"order":{of_row(row, included, _hidden())}}}')


def _check_included(included: AbstractSet[str]) -> None:
    """Where roles are missing, some applications are refused and others get less: threads disagree."""
    who = caller()
    wanted = [block for block in PERSONAL if block in included and not PERSONAL[block] & who.may]
    if who.strict and wanted:
        raise AccessDenied(f"The application has no role for {', '.join(wanted)}.")
    refused = "FULFILLMENT" in included and "far_east_refuses_fulfillment" in who.account.quirks
    if refused and shelf.sells_in(FAR_EAST, who.seller_id):
        raise InvalidInput(NOT_VALID, "includedData: FULFILLMENT")


def _priced() -> bool:
    return "pending_prices" in caller().account.quirks


def _hidden() -> Hidden:
    who = caller()
    return Hidden(may=who.may, detailed_status="no_detailed_status" in who.account.quirks)


def _json(text: str) -> Response:
    return Response(text, mimetype="application/json")
