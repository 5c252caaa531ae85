"""What a listing's attributes say: quantity, price, condition, texts. Pure.

An attribute is a list of objects, each with its ``marketplace_id``, as Listings Items 2021-08-01 has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mock_amazon.marketplaces import Marketplace

Attributes = Mapping[str, list[dict[str, Any]]]

FULFILMENT, OFFER = "fulfillment_availability", "purchasable_offer"
CONDITION, ITEM_NAME, SUGGESTED_ASIN = "condition_type", "item_name", "merchant_suggested_asin"
MERCHANT = "DEFAULT"
"""The channel code of goods that the seller ships."""
EVERYBODY = "ALL"
"""The audience of an offer that names none."""

_AMAZON = re.compile(r"AMAZON_[A-Z]{2}")
_ASIN = re.compile(r"[A-Z0-9]{10}")


def ships_by_amazon(code: object) -> bool:
    """Whether a channel code is of Amazon's own network, such as AMAZON_NA."""
    return isinstance(code, str) and _AMAZON.fullmatch(code) is not None


def by_amazon(attributes: Attributes) -> bool:
    """Whether Amazon ships it; that goes before what the merchant has."""
    return any(ships_by_amazon(entry.get("fulfillment_channel_code")) for entry in _stock(attributes))


def quantity_of(attributes: Attributes) -> int | None:
    """The merchant's units; None where no number is told."""
    own = (entry for entry in _stock(attributes) if entry.get("fulfillment_channel_code") == MERCHANT)
    quantity: int | None = next(own, {}).get("quantity")
    return quantity


def with_quantity(attributes: Attributes, units: int | None, marketplace_id: str) -> dict[str, Any]:
    """The same attributes with so many units of the merchant; None takes the number away."""
    others = [entry for entry in _stock(attributes) if entry.get("fulfillment_channel_code") != MERCHANT]
    own = next((entry for entry in _stock(attributes) if entry not in others), None)
    entry = {"marketplace_id": marketplace_id, **(own or {}), "fulfillment_channel_code": MERCHANT}
    entry.pop("quantity", None)
    if units is not None:
        entry["quantity"] = units
    return {**attributes, FULFILMENT: [entry, *others]}


def with_price(attributes: Attributes, price: Decimal, market: Marketplace) -> dict[str, Any]:
    """The same attributes with that price for everybody."""
    offer = {
        "marketplace_id": market.id,
        "currency": market.currency,
        "audience": EVERYBODY,
        "our_price": [{"schedule": [{"value_with_tax": float(price)}]}],
    }
    others = [entry for entry in attributes.get(OFFER, ()) if audience_of(entry) != EVERYBODY]
    return {**attributes, OFFER: [offer, *others]}


def audience_of(offer: Mapping[str, Any]) -> str:
    return str(offer.get("audience") or EVERYBODY)


def offers_of(attributes: Attributes) -> Iterator[tuple[str, Decimal]]:
    """Audience and price of each offer that has a price."""
    for entry in attributes.get(OFFER, ()):
        if (price := price_in(entry)) is not None:
            yield audience_of(entry), price


def price_of(attributes: Attributes) -> Decimal | None:
    """What everybody pays."""
    return dict(offers_of(attributes)).get(EVERYBODY)


def price_in(offer: Mapping[str, Any]) -> Decimal | None:
    """The price of an offer; None where there is none or it is not an amount."""
    try:
        value = offer["our_price"][0]["schedule"][0]["value_with_tax"]
        price = Decimal(str(value))
    except (KeyError, IndexError, TypeError, InvalidOperation):
        return None
    return price if price.is_finite() and not isinstance(value, bool) else None


def text_of(attributes: Attributes, name: str) -> str | None:
    """The first value of an attribute, where it is a text."""
    value = next(iter(attributes.get(name, ())), {}).get("value")
    return value if isinstance(value, str) and value else None


def suggested_asin(attributes: Attributes) -> str | None:
    """The ASIN that the seller says it is."""
    asin = text_of(attributes, SUGGESTED_ASIN)
    return asin if asin and _ASIN.fullmatch(asin) else None


def _stock(attributes: Attributes) -> list[dict[str, Any]]:
    return attributes.get(FULFILMENT, [])
