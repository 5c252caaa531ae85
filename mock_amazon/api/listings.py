"""Listings Items 2021-08-01: what the seller offers, read, searched, put, patched and deleted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon.access.auth import admit, caller
from mock_amazon.errors import InvalidInput, NotFound
from mock_amazon.listings import submissions
from mock_amazon.listings.making import listings_of, stock_at_amazon
from mock_amazon.listings.searching import Item, found
from mock_amazon.listings.submissions import Outcome, Subject
from mock_amazon.models import db
from mock_amazon.paging import shelf
from mock_amazon.paging.sealing import fingerprint, seal, unseal
from mock_amazon.wire import listings_requests as wire
from mock_amazon.wire.listings import item_json
from mock_amazon.wire.listings_paths import checked_sku, learn_skus
from mock_amazon.wire.listings_search import ItemSearch, item_search_of
from simkit.simulation import operation, simulation

bp = Blueprint("listings_items", __name__, url_prefix="/listings/2021-08-01/items")
bp.record_once(learn_skus)
bp.before_request(admit)

_PATH = "/<seller_id>/<sku:sku>"
_ONE_MARKETPLACE = 1
_TOKENS = "{}/listings"
"""Whose page tokens they are: those of other operations mean nothing here."""
_NOT_THE_CALLERS = "Invalid 'sellerId' and 'marketplaceId' combination provided."
"""jlevers/selling-partner-api#777."""


@bp.get(_PATH)
@operation("getListingsItem")
def get_listings_item(seller_id: str, sku: str) -> ResponseReturnValue:
    """getListingsItem: one SKU in these marketplaces."""
    ids = wire.marketplaces(request.args)
    subject = _subject(seller_id, sku, ids)
    included = wire.included(request.args, wire.DATA_SETS, "summaries")
    listings = listings_of(seller_id, ids, [subject.sku])
    if not listings:
        raise NotFound(f"SKU '{sku}' not found in marketplace {', '.join(ids)}", code="NOT_FOUND")
    item = sorted(listings, key=lambda listing: ids.index(listing.marketplace_id))
    return jsonify(_items([item], included)[0])


@bp.put(_PATH)
@operation("putListingsItem")
def put_listings_item(seller_id: str, sku: str) -> ResponseReturnValue:
    """putListingsItem: make a listing, or replace all that it holds."""
    subject = _subject(seller_id, sku, wire.marketplaces(request.args, _ONE_MARKETPLACE))
    body = wire.read_put(request.get_data())
    outcome = submissions.put(subject, body.product_type, body.requirements, body.attributes)
    return _submitted(subject, outcome)


@bp.patch(_PATH)
@operation("patchListingsItem")
def patch_listings_item(seller_id: str, sku: str) -> ResponseReturnValue:
    """patchListingsItem: change single attributes, such as quantity or price."""
    subject = _subject(seller_id, sku, wire.marketplaces(request.args))
    body = wire.read_patch(request.get_data())
    return _submitted(subject, submissions.patch(subject, body.product_type, body.patches))


@bp.delete(_PATH)
@operation("deleteListingsItem")
def delete_listings_item(seller_id: str, sku: str) -> ResponseReturnValue:
    """deleteListingsItem: take a listing away."""
    subject = _subject(seller_id, sku, wire.marketplaces(request.args, _ONE_MARKETPLACE))
    return _submitted(subject, submissions.delete(subject))


@bp.get("/<seller_id>")
@operation("searchListingsItems")
def search_listings_items(seller_id: str) -> ResponseReturnValue:
    """searchListingsItems: the SKUs that fit, page by page."""
    search = item_search_of(request.args)
    _check_seller(seller_id, search.marketplace_ids)
    wire.check_locale(request.args)
    start = _start_of_page(search)
    listings = listings_of(seller_id, search.marketplace_ids)
    items = found(search, listings, stock_at_amazon(listings))
    shown = items[start : start + search.page_size]
    pagination = _pagination(search, start, len(items))
    more = {"pagination": pagination} if pagination else {}
    return jsonify(numberOfResults=len(items), **more, items=_items(shown, search.included))


def _subject(seller_id: str, sku: str, marketplace_ids: tuple[str, ...]) -> Subject:
    sku = checked_sku(sku)
    _check_seller(seller_id, marketplace_ids)
    wire.check_locale(request.args)
    preview = request.method in {"PUT", "PATCH"} and wire.is_preview(request.args)
    return Subject(seller_id, sku, marketplace_ids, preview=preview)


def _check_seller(seller_id: str, marketplace_ids: Collection[str]) -> None:
    own = caller().seller_id
    if seller_id != own or shelf.foreign_marketplaces(frozenset(marketplace_ids), own):
        raise InvalidInput(_NOT_THE_CALLERS)


def _items(items: list[Item], included: frozenset[str]) -> list[dict[str, Any]]:
    listings = [listing for item in items for listing in item]
    stocks, family = stock_at_amazon(listings), []
    if "relationships" in included:
        ids = {listing.marketplace_id for listing in listings}
        family = list(listings_of(caller().seller_id, ids))
    return [item_json(item, included, stocks, family) for item in items]


def _submitted(subject: Subject, outcome: Outcome) -> ResponseReturnValue:
    good = "VALID" if subject.preview else "ACCEPTED"
    answer: dict[str, Any] = {
        "sku": subject.sku,
        "status": good if outcome.accepted else "INVALID",
        "submissionId": simulation().ids.token("submission"),
    }
    included = frozenset({"issues"})
    if request.method != "DELETE":
        included = wire.included(request.args, wire.SUBMISSION_DATA, "issues")
    if "identifiers" in included:
        asins = outcome.asins.items()
        answer["identifiers"] = [{"marketplaceId": place, "asin": asin} for place, asin in asins]
    if "issues" in included:
        answer["issues"] = outcome.issues
    db.session.commit()
    return jsonify(answer)


def _start_of_page(search: ItemSearch) -> int:
    token = request.args.get("pageToken")
    if not token:
        return 0
    content = unseal(token, _TOKENS.format(caller().client_id))
    if content is None:
        raise InvalidInput("Invalid 'pageToken' provided.")
    start, bound = content
    if bound != fingerprint([caller().seller_id, *search.bound_to()]):
        # The words of amzn/selling-partner-api-models#4977.
        raise InvalidInput("Search parameters do not match the provided 'pageToken'.")
    return int(start)


def _pagination(search: ItemSearch, start: int, count: int) -> dict[str, str]:
    bound = fingerprint([caller().seller_id, *search.bound_to()])
    places = {"nextToken": start + search.page_size, "previousToken": start - search.page_size}
    return {
        name: seal([place, bound], _TOKENS.format(caller().client_id))
        for name, place in places.items()
        if 0 <= place < count
    }
