"""Issues with listings, in Amazon's words: wrong values, missing attributes. Pure.

Amazon's product types have hundreds of rules; here are those that selling depends on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from mock_amazon.listings.attributes import (
    CONDITION,
    FULFILMENT,
    ITEM_NAME,
    MERCHANT,
    OFFER,
    Attributes,
    price_in,
    ships_by_amazon,
)
from mock_amazon.marketplaces import Marketplace

Issue = dict[str, Any]

CONDITIONS = (
    *("new_new", "new_open_box", "new_oem", "refurbished_refurbished"),
    *("used_like_new", "used_very_good", "used_good", "used_acceptable"),
    *("collectible_like_new", "collectible_very_good", "collectible_good", "collectible_acceptable"),
    "club_club",
)
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "LISTING": (ITEM_NAME, CONDITION),
    "LISTING_PRODUCT_ONLY": (ITEM_NAME,),
    "LISTING_OFFER_ONLY": (CONDITION,),
}
"""What a full submission has to bring, by its requirements set; the default first."""
MOST_UNITS = 1_000_000_000
DEEPEST = 50
"""Levels of nesting; what lies deeper could not be written again."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,199}")


def issue(code: str, message: str, attribute: str, *categories: str) -> Issue:
    return {
        "code": code,
        "message": message,
        "severity": "ERROR",
        "attributeNames": [attribute],
        "categories": list(categories),
    }


def invalid_value(attribute: str) -> Issue:
    return issue("4000001", f"The provided value for '{attribute}' is invalid.", attribute)


def missing(attribute: str) -> Issue:
    """An attribute that is not there keeps the listing from being sold."""
    category = "MISSING_PRICE" if attribute == OFFER else "MISSING_ATTRIBUTE"
    found = issue("90220", f"'{attribute}' is required but not supplied.", attribute, category)
    suppressed = {"actions": [{"action": "LISTING_SUPPRESSED"}], "exemption": {"status": "NOT_EXEMPT"}}
    return {**found, "enforcements": suppressed}


def missing_of(requirements: str, attributes: Attributes) -> list[Issue]:
    """What a full submission with that requirements set lacks."""
    return [missing(name) for name in REQUIRED[requirements] if not attributes.get(name)]


def wrong_values(attributes: Mapping[str, Any], market: Marketplace) -> list[Issue]:
    """What is wrong with these attributes, one by one."""
    return [found for name, value in attributes.items() for found in _wrong(name, value, market)]


def is_value(value: Any) -> bool:
    """Whether it has the shape of every attribute: a list of objects, not nested without end."""
    objects = isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
    return objects and _within(value, DEEPEST)


def _within(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_within(one, levels - 1) for one in inner)


def _wrong(name: str, value: Any, market: Marketplace) -> Iterator[Issue]:
    if not _NAME.fullmatch(name):  # such as fulfillmentAvailability, jlevers/selling-partner-api#861
        yield issue("90000900", "The attributes are invalid.", name)
    elif not is_value(value):
        yield invalid_value(name)
    elif check := _CHECKS.get(name):
        for entry in value:
            yield from check(entry, market)


def _stock(entry: dict[str, Any], market: Marketplace) -> Iterator[Issue]:
    del market
    code, units = entry.get("fulfillment_channel_code"), entry.get("quantity", 0)
    if code is None:
        yield issue(
            "99022",
            f"The field 'fulfillment_channel_code' for the attribute '{FULFILMENT}' does not have enough "
            "values. The required minimum is '1' value(s).",
            FULFILMENT,
            "INVALID_ATTRIBUTE",
        )
    elif code != MERCHANT and not ships_by_amazon(code):
        yield invalid_value(FULFILMENT)
    if not isinstance(units, int) or isinstance(units, bool) or not 0 <= units <= MOST_UNITS:
        yield invalid_value(FULFILMENT)


def _offer(entry: dict[str, Any], market: Marketplace) -> Iterator[Issue]:
    price = price_in(entry)
    wrong = "our_price" in entry and (price is None or not _is_price(price, market))
    foreign = entry.get("currency", market.currency) != market.currency
    if wrong or foreign or not isinstance(entry.get("audience", ""), str):
        yield invalid_value(OFFER)


def _is_price(price: Decimal, market: Marketplace) -> bool:
    return 0 < price <= MOST_UNITS and round(price, market.decimals) == price


def _condition(entry: dict[str, Any], market: Marketplace) -> Iterator[Issue]:
    del market
    if entry.get("value") not in CONDITIONS:
        yield invalid_value(CONDITION)


_CHECKS: Mapping[str, Callable[[dict[str, Any], Marketplace], Iterator[Issue]]] = {
    FULFILMENT: _stock,
    OFFER: _offer,
    CONDITION: _condition,
}
