"""Listings that fit a search, SKU by SKU, in the order asked for. A seller has few enough to look at each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mock_amazon.listings.attributes import Attributes
from mock_amazon.listings.family import contents_of, parents_of
from mock_amazon.models import Listing
from mock_amazon.wire.listings import Stocks, statuses_of
from mock_amazon.wire.listings_search import ItemSearch, Span

MOST_RESULTS = 1000
"""So many can be paged through; that is how many are counted, too."""
_PRODUCT_ID = "externally_assigned_product_identifier"

Item = list[Listing]
"""The listings of one SKU."""


def found(search: ItemSearch, listings: Sequence[Listing], stocks: Stocks) -> list[Item]:
    """The SKUs of which a listing fits, each with its listings in the marketplaces that are asked for."""
    items: dict[str, Item] = {}
    for listing in sorted(listings, key=lambda one: search.marketplace_ids.index(one.marketplace_id)):
        items.setdefault(listing.seller_sku, []).append(listing)
    held = {
        sku for one in listings if one.seller_sku == search.hierarchy for sku in contents_of(one.attributes)
    }
    fitting = [
        item for item in items.values() if any(_fits(search, listing, stocks, held) for listing in item)
    ]
    fitting.sort(key=lambda item: item[0].seller_sku)
    fitting.sort(key=_SORT_KEYS[search.sort_by], reverse=search.descending)
    return fitting[:MOST_RESULTS]


def _fits(search: ItemSearch, listing: Listing, stocks: Stocks, held: set[str]) -> bool:
    statuses = set(statuses_of(listing, stocks))
    severities = {issue["severity"] for issue in listing.issues}
    return (
        (not search.identifiers or bool(search.identifiers & _identifiers(search, listing, stocks)))
        and (search.parent is None or search.parent in parents_of(listing.attributes))
        and (search.hierarchy is None or _packed_with(search.hierarchy, listing, held))
        and _within(listing.created, search.created)
        and _within(listing.updated, search.updated)
        and (not search.severities or bool(search.severities & severities))
        and (not search.with_status or bool(search.with_status & statuses))
        and not search.without_status & statuses
    )


def _identifiers(search: ItemSearch, listing: Listing, stocks: Stocks) -> set[str]:
    if search.identifiers_type == "SKU":
        return {listing.seller_sku}
    if search.identifiers_type == "ASIN":
        return {listing.asin}
    if search.identifiers_type == "FNSKU":
        stock = stocks.get((listing.marketplace_id, listing.seller_sku))
        return {stock.fn_sku} if stock else set()
    return set(_product_ids(listing.attributes, str(search.identifiers_type)))


def _product_ids(attributes: Attributes, kind: str) -> Iterable[str]:
    for entry in attributes.get(_PRODUCT_ID, ()):
        if str(entry.get("type")).upper() == kind:
            yield str(entry.get("value"))


def _packed_with(sku: str, listing: Listing, held: set[str]) -> bool:
    return listing.seller_sku in held or sku in contents_of(listing.attributes)


def _within(moment: datetime, span: Span) -> bool:
    after, before = span
    return (after is None or after <= moment) and (before is None or moment <= before)


_SORT_KEYS: Mapping[str, Callable[[Item], Any]] = {
    "sku": lambda item: item[0].seller_sku,
    "createdDate": lambda item: min(listing.created for listing in item),
    "lastUpdatedDate": lambda item: max(listing.updated for listing in item),
}
