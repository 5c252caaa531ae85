"""The blocks that ``includedData`` chooses: cut from the stored document, nothing is rendered anew."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

import orjson

from mock_amazon.restricted import ADDRESS, EMAIL, GIFT, NAME, TAX

_ROLES = frozenset({ADDRESS, EMAIL, GIFT, NAME, TAX})

BLOCKS: dict[str, tuple[str | None, str | None]] = {
    # block: key of the order, key of each item
    "BUYER": ("buyer", None),
    "RECIPIENT": ("recipient", None),
    "PROCEEDS": ("proceeds", "proceeds"),
    "EXPENSE": (None, "expense"),
    "PROMOTION": (None, "promotion"),
    "CANCELLATION": (None, "cancellation"),
    "FULFILLMENT": ("fulfillment", "fulfillment"),
    "PACKAGES": ("packages", None),
    "TAX": ("tax", "tax"),
    "PAYMENT": ("payment", None),
    "FULFILLMENT_ORDERS": ("fulfillmentOrders", None),
}
RENDERED = frozenset({"BUYER", "RECIPIENT", "PROCEEDS", "CANCELLATION", "FULFILLMENT", "PACKAGES"})
"""The blocks that our orders have; asking for the others changes nothing, as for most orders at Amazon."""


PERSONAL: dict[str, frozenset[str]] = {"BUYER": frozenset({EMAIL, NAME}), "RECIPIENT": frozenset({ADDRESS})}
"""The blocks with personal data, for which an application needs a restricted role."""
_PLACE = frozenset({"city", "stateOrRegion", "countryCode"})
"""Here the postal code is personal as well, unlike in v0 (Amazon's page "Access Orders PII")."""


def chosen(document: str, included: AbstractSet[str], *, hide_phone: bool, may: AbstractSet[str]) -> str:
    """The stored document with the blocks asked for; the very same text where nothing is to be cut.

    ``may`` is the personal data for which there is a role.
    """
    missing = RENDERED - included
    if not missing and not hide_phone and may >= _ROLES:
        return document
    order: dict[str, Any] = orjson.loads(document)
    for block in missing:
        of_order, of_item = BLOCKS[block]
        if of_order:
            order.pop(of_order, None)
        if of_item:
            for item in order["orderItems"]:
                item.pop(of_item, None)
    if hide_phone and "recipient" in order:
        order["recipient"]["deliveryAddress"].pop("phone", None)
    _hide_person(order, may)
    return orjson.dumps(order).decode()


def _hide_person(order: dict[str, Any], may: AbstractSet[str]) -> None:
    buyer = order.get("buyer", {})
    if NAME not in may:
        buyer = {key: value for key, value in buyer.items() if key == "buyerEmail"}
    if EMAIL not in may:
        buyer = {key: value for key, value in buyer.items() if key != "buyerEmail"}
    if buyer:
        order["buyer"] = buyer
    else:
        order.pop("buyer", None)
    if ADDRESS not in may and "recipient" in order:
        address = order["recipient"].get("deliveryAddress", {})
        order["recipient"] = {"deliveryAddress": {key: address[key] for key in address if key in _PLACE}}
    if TAX not in may:
        order.get("tax", {}).pop("taxRegistrations", None)
    if GIFT not in may:
        for item in order["orderItems"]:
            item.get("fulfillment", {}).get("packing", {}).get("giftOption", {}).pop("giftMessage", None)
