"""The blocks that ``includedData`` chooses: cut from the stored document, nothing is rendered anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Row

from mock_amazon.access.restricted import ADDRESS, EMAIL, GIFT, NAME, TAX

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
USUAL = frozenset({"BUYER", "RECIPIENT", "PROCEEDS", "CANCELLATION", "FULFILLMENT", "PACKAGES"})
"""The blocks that orders mostly have: a document with no others is answered as it is stored."""
_RARE = ("EXPENSE", "PROMOTION", "TAX", "FULFILLMENT_ORDERS")
DETAILED_STATUS = "detailedStatus"
"""The mark of a document whose packages have one."""


PERSONAL: dict[str, frozenset[str]] = {"BUYER": frozenset({EMAIL, NAME}), "RECIPIENT": frozenset({ADDRESS})}
"""The blocks with personal data, for which an application needs a restricted role."""
_PLACE = frozenset({"city", "stateOrRegion", "countryCode"})
"""Here the postal code is personal as well, unlike in v0 (Amazon's page "Access Orders PII")."""


class Hidden(NamedTuple):
    """What a caller does not get to see, whatever it asks for."""

    phone: bool = False
    may: frozenset[str] = _ROLES
    """The personal data for which there is a role."""
    detailed_status: bool = False


NOTHING = Hidden()


def rare_blocks(document: dict[str, Any]) -> list[str]:
    """What the document has beside the usual blocks; PAYMENT is kept apart from it."""
    found = []
    for block in _RARE:
        of_order, of_item = BLOCKS[block]
        if of_order in document or any(of_item in item for item in document["orderItems"]):
            found.append(block)
    if any(DETAILED_STATUS in package["packageStatus"] for package in document.get("packages", ())):
        found.append(DETAILED_STATUS)
    return found


def chosen(
    document: str,
    included: AbstractSet[str],
    *,
    rare: str = "",
    payment: str | None = None,
    hidden: Hidden = NOTHING,
) -> str:
    """The stored document with the blocks asked for; the very same text where nothing is to be cut."""
    missing, hidden = _cuts(frozenset(included), rare, hidden)
    if missing or hidden.phone or hidden.detailed_status or not hidden.may >= _ROLES:
        document = _cut(document, missing, hidden)
    return _with_payment(document, payment if "PAYMENT" in included else None)


def of_page(rows: Iterable[Row[Any]], included: AbstractSet[str], hidden: Hidden) -> Iterator[str]:
    """The documents of a list: what usual orders need is found out once."""
    missing, _ = _cuts(frozenset(included), "", hidden)
    whole, paid = not missing and hidden.may >= _ROLES, "PAYMENT" in included
    for row in rows:
        if whole and not row.late and not row.rare_blocks:
            yield _with_payment(row.document, row.payment) if paid else row.document
        else:
            yield of_row(row, included, hidden)


def of_row(row: Row[Any], included: AbstractSet[str], hidden: Hidden) -> str:
    hidden = hidden._replace(phone=True) if row.late else hidden
    return chosen(row.document, included, rare=row.rare_blocks, payment=row.payment, hidden=hidden)


def _with_payment(document: str, payment: str | None) -> str:
    return document if payment is None else f'{document[:-1]},"payment":{payment}}}'


@lru_cache(maxsize=1000)
def _cuts(included: frozenset[str], rare: str, hidden: Hidden) -> tuple[frozenset[str], Hidden]:
    """What has to be taken out of a document with these rare blocks. Lists ask the same for each order."""
    marks = frozenset(rare.split())
    missing = (USUAL | (marks & BLOCKS.keys())) - included
    return missing, hidden if DETAILED_STATUS in marks else hidden._replace(detailed_status=False)


def _cut(document: str, missing: AbstractSet[str], hidden: Hidden) -> str:
    order: dict[str, Any] = orjson.loads(document)
    for block in missing:
        of_order, of_item = BLOCKS[block]
        if of_order:
            order.pop(of_order, None)
        if of_item:
            for item in order["orderItems"]:
                item.pop(of_item, None)
    if hidden.phone and "recipient" in order:
        order["recipient"]["deliveryAddress"].pop("phone", None)
    if hidden.detailed_status:
        for package in order.get("packages", ()):
            package["packageStatus"].pop(DETAILED_STATUS, None)
    _hide_person(order, hidden.may)
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
        _hide_registrations(order)
    if GIFT not in may:
        for item in order["orderItems"]:
            item.get("fulfillment", {}).get("packing", {}).get("giftOption", {}).pop("giftMessage", None)
            item["product"].pop("customization", None)


def _hide_registrations(order: dict[str, Any]) -> None:
    if "taxRegistrations" not in (tax := order.get("tax", {})):
        return
    kept = [one for one in tax["taxRegistrations"] if one["entityType"] != "BUYER"]
    order["tax"] = tax | {"taxRegistrations": kept}
