"""Listings as Listings Items 2021-08-01 writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from mock_amazon.listings import attributes as told
from mock_amazon.listings.family import relationships_of
from mock_amazon.models import FbaStock, Listing
from mock_amazon.moments import written

Stocks = Mapping[tuple[str, str], FbaStock]
_AUDIENCES = {"ALL": ("B2C", "Sell on Amazon"), "B2B": ("B2B", "Amazon Business")}


def item_json(
    listings: Sequence[Listing], included: AbstractSet[str], stocks: Stocks, family: Sequence[Listing]
) -> dict[str, Any]:
    """One SKU in one or more marketplaces; ``family`` are the listings to which it may belong."""
    parts: dict[str, Callable[[], Any]] = {
        "summaries": lambda: [_summary(listing, _stock(listing, stocks)) for listing in listings],
        "attributes": lambda: _attributes(listings),
        "issues": lambda: [each for listing in listings for each in _issues(listing)],
        "offers": lambda: [offer for listing in listings for offer in _offers(listing)],
        "fulfillmentAvailability": lambda: availability(listings[0]),
        "procurement": list,  # of vendors, not of sellers
        "relationships": lambda: [_relationships(listing, family) for listing in listings],
        "productTypes": lambda: [
            {"marketplaceId": listing.marketplace_id, "productType": listing.product_type}
            for listing in listings
        ],
    }
    return {"sku": listings[0].seller_sku} | {key: parts[key]() for key in parts if key in included}


def statuses_of(listing: Listing, stocks: Stocks) -> list[str]:
    stock = _stock(listing, stocks)
    return listing.statuses(None if stock is None else stock.fulfillable)


def availability(listing: Listing) -> list[dict[str, Any]]:
    """The channels with their quantities; of Amazon's own network it tells none."""
    entries = listing.attributes.get(told.FULFILMENT) or [{"fulfillment_channel_code": told.MERCHANT}]
    return [_channel(entry) for entry in entries]


def _channel(entry: Mapping[str, Any]) -> dict[str, Any]:
    code = entry["fulfillment_channel_code"]
    quantity = None if told.ships_by_amazon(code) else entry.get("quantity")
    counted = {} if quantity is None else {"quantity": quantity}
    return {"fulfillmentChannelCode": code, **counted}


def _stock(listing: Listing, stocks: Stocks) -> FbaStock | None:
    return stocks.get((listing.marketplace_id, listing.seller_sku))


def _summary(listing: Listing, stock: FbaStock | None) -> dict[str, Any]:
    attributes = listing.attributes
    optional = {
        "conditionType": told.text_of(attributes, told.CONDITION),
        "fnSku": stock.fn_sku if stock else None,
        "itemName": told.text_of(attributes, told.ITEM_NAME),
    }
    return {
        "marketplaceId": listing.marketplace_id,
        "asin": listing.asin,
        "productType": listing.product_type,
        "status": listing.statuses(None if stock is None else stock.fulfillable),
        **{key: text for key, text in optional.items() if text is not None},
        "createdDate": written(listing.created),
        "lastUpdatedDate": written(listing.updated),
    }


def _attributes(listings: Sequence[Listing]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for listing in listings:
        for name, value in listing.attributes.items():
            merged.setdefault(name, []).extend(value)
    return merged


def _issues(listing: Listing) -> list[dict[str, Any]]:
    return [{**each, "marketplaceIds": [listing.marketplace_id]} for each in listing.issues]


def _offers(listing: Listing) -> list[dict[str, Any]]:
    return [
        {
            "marketplaceId": listing.marketplace_id,
            "offerType": _AUDIENCES[audience][0],
            "price": listing.marketplace.money(price),
            "audience": {"value": audience, "displayName": _AUDIENCES[audience][1]},
        }
        for audience, price in told.offers_of(listing.attributes)
        if audience in _AUDIENCES
    ]


def _relationships(listing: Listing, family: Sequence[Listing]) -> dict[str, Any]:
    here = [one for one in family if one.marketplace_id == listing.marketplace_id]
    return {
        "marketplaceId": listing.marketplace_id,
        "relationships": list(relationships_of(listing, here)),
    }
