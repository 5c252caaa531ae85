"""FBA Inventory v1: stock in Amazon's network, and the calls that only Amazon's sandbox has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_amazon.access.auth import admit, caller
from mock_amazon.errors import InvalidInput, NotFound
from mock_amazon.listings.keeping import find_stock, first_time, new_stock
from mock_amazon.models import FbaStock, db
from mock_amazon.moments import now
from mock_amazon.paging import shelf
from mock_amazon.paging.sealing import fingerprint, seal, unseal
from mock_amazon.wire.inventory import (
    CHECK_INPUT,
    SummarySearch,
    read_additions,
    read_item,
    summary_json,
    summary_search_of,
)
from mock_amazon.wire.listings_paths import LONGEST, checked_sku, learn_skus
from simkit.simulation import operation

bp = Blueprint("fba_inventory", __name__, url_prefix="/fba/inventory/v1")
bp.record_once(learn_skus)
bp.before_request(admit)

PAGE = 50
"""amzn/selling-partner-api-docs#2312: 50 to a page, sorted by SKU."""
LIFE = timedelta(seconds=30)
_TOKENS = "{}/inventory"
"""Whose tokens they are: those of other operations mean nothing here."""
_BAD_TOKEN = "Next token is invalid or expired"  # noqa: S105 - a message


@bp.get("/summaries")
@operation("getInventorySummaries")
def get_inventory_summaries() -> ResponseReturnValue:
    """getInventorySummaries: units of each SKU in a marketplace."""
    search = summary_search_of(request.args, now())
    _check_marketplace(search.marketplace_id)
    stocks = _page(search, _last_sku(search))
    shown = stocks[:PAGE]
    pagination = {}
    if len(stocks) > PAGE:
        content = [(now() + LIFE).isoformat(), _bound(search), shown[-1].seller_sku]
        pagination["nextToken"] = seal(content, _TOKENS.format(caller().client_id))
    granularity = {"granularityType": "Marketplace", "granularityId": search.marketplace_id}
    summaries = [summary_json(stock, details=search.details) for stock in shown]
    payload = {"granularity": granularity, "inventorySummaries": summaries}
    return jsonify(payload=payload, pagination=pagination)


@bp.post("/items")
@operation("createInventoryItem")
def create_inventory_item() -> ResponseReturnValue:
    """createInventoryItem: a SKU of which Amazon may get stock (sandbox only at Amazon)."""
    marketplace_id, sku, name = read_item(request.get_data())
    _check_marketplace(marketplace_id)
    if find_stock(caller().seller_id, marketplace_id, sku) is not None:
        raise InvalidInput(CHECK_INPUT, f"There is an inventory item {sku!r} already.")
    new_stock(caller().seller_id, marketplace_id, sku, name)
    db.session.commit()
    return jsonify({})


@bp.post("/items/inventory")
@operation("addInventory")
def add_inventory() -> ResponseReturnValue:
    """addInventory: units arrive; the same idempotency token again changes nothing."""
    token = request.headers.get("x-amzn-idempotency-token", "")
    if not 0 < len(token) <= LONGEST:
        raise InvalidInput(CHECK_INPUT, "x-amzn-idempotency-token")
    additions = read_additions(request.get_data())
    if first_time(caller().seller_id, token):
        for addition in additions:
            stock = _stock(addition.marketplace_id, addition.sku)
            stock.fulfillable += addition.units
            stock.updated = now()
        db.session.commit()
    return jsonify({})


@bp.delete("/items/<sku:seller_sku>")
@operation("deleteInventoryItem")
def delete_inventory_item(seller_sku: str) -> ResponseReturnValue:
    """deleteInventoryItem: forget a SKU and its stock (sandbox only at Amazon)."""
    db.session.delete(_stock(request.args.get("marketplaceId", ""), checked_sku(seller_sku)))
    db.session.commit()
    return jsonify({})


def _check_marketplace(marketplace_id: str) -> None:
    if shelf.foreign_marketplaces(frozenset({marketplace_id}), caller().seller_id):
        raise InvalidInput(CHECK_INPUT, f"The seller does not sell in {marketplace_id!r}.")


def _stock(marketplace_id: str, sku: str) -> FbaStock:
    _check_marketplace(marketplace_id)
    stock = find_stock(caller().seller_id, marketplace_id, sku)
    if stock is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no inventory item {sku!r}.")
    return stock


def _page(search: SummarySearch, last_sku: str | None) -> Sequence[FbaStock]:
    found = select(FbaStock).where(
        FbaStock.seller_id == caller().seller_id, FbaStock.marketplace_id == search.marketplace_id
    )
    if search.since is not None:
        found = found.where(FbaStock.updated >= search.since)
    if search.skus is not None:
        found = found.where(FbaStock.seller_sku.in_(search.skus))
    if last_sku is not None:
        found = found.where(FbaStock.seller_sku > last_sku)
    return db.session.scalars(found.order_by(FbaStock.seller_sku).limit(PAGE + 1)).all()


def _last_sku(search: SummarySearch) -> str | None:
    token = request.args.get("nextToken")
    if not token:
        return None
    content = unseal(token, _TOKENS.format(caller().client_id))
    if content is None:
        raise InvalidInput(_BAD_TOKEN)
    expires, bound, last_sku = content
    if bound != _bound(search) or datetime.fromisoformat(expires) <= now():
        raise InvalidInput(_BAD_TOKEN)
    return str(last_sku)


def _bound(search: SummarySearch) -> str:
    return fingerprint([caller().seller_id, *search.bound_to()])
