"""The blocks that ``includedData`` chooses: cut from the stored document, nothing is rendered anew."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

import orjson

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


PERSONAL = frozenset({"BUYER", "RECIPIENT"})
"""The blocks with personal data, for which an application needs a restricted role."""
_PLACE = frozenset({"city", "stateOrRegion", "postalCode", "countryCode"})


def chosen(
    document: str, included: AbstractSet[str], *, hide_phone: bool = False, hide_person: bool = False
) -> str:
    """The stored document with the blocks asked for; the very same text where nothing is to be cut."""
    missing = RENDERED - included
    if not missing and not hide_phone and not hide_person:
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
    if hide_person:
        _hide_person(order)
    return orjson.dumps(order).decode()


def _hide_person(order: dict[str, Any]) -> None:
    order.pop("buyer", None)
    if "recipient" in order:
        address = order["recipient"]["deliveryAddress"]
        order["recipient"] = {"deliveryAddress": {key: address[key] for key in address if key in _PLACE}}
    for item in order["orderItems"]:
        item.get("fulfillment", {}).get("packing", {}).get("giftOption", {}).pop("giftMessage", None)
