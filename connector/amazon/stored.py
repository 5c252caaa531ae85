"""Orders as they are stored: Amazon's own JSON, in a form that names its version.

A document of 2026-01-01 stands as it came, with everything in it. Orders v0 answers an order and its
items apart; they are stored together as ``{"api": "v0", "details": "read" or "wanted", "items", "order"}``,
where wanted means that the items are missing, or older than the order. Either stays readable whatever
version is read now.
"""

from __future__ import annotations

import json
from typing import Any

from connector.amazon.orders import Document

V2026 = "2026-01-01"
V0 = "v0"

READ, WANTED = "read", "wanted"
WANTS_DETAILS = '{"api": "v0", "details": "wanted"'
"""How the text of a document begins whose items are to be read: a database can look for it."""

_TELLS_OF_ITEMS = (
    *("LastUpdateDate", "OrderStatus", "OrderTotal"),
    *("NumberOfItemsShipped", "NumberOfItemsUnshipped"),
)
"""While these stay, the items are as they were, whatever else Amazon drops or adds later (a phone number)."""


def of_v0(order: dict[str, Any]) -> Document:
    """The document of an order whose items are not read."""
    return {"api": V0, "details": WANTED, "order": order, "items": []}


def with_items(document: Document, items: list[Any]) -> Document:
    return {**document, "details": READ, "items": items}


def outdated(document: Document) -> Document:
    """The document after something happened to the order: its items have to be read again."""
    return {**document, "details": WANTED} if version_of(document) == V0 else document


def version_of(document: Document) -> str:
    return V0 if document.get("api") == V0 else V2026


def order_id(document: Document) -> str:
    if version_of(document) == V0:
        return str(document["order"].get("AmazonOrderId", ""))
    return str(document.get("orderId", ""))


def wants_details(document: Document) -> bool:
    return document.get("details") == WANTED


def has_items(document: Document) -> bool:
    """Whether it is an order of v0 whose items are those of the order."""
    return document.get("details") == READ


def written(document: Document) -> str:
    return json.dumps(document, sort_keys=True, default=str)


def read(text: str) -> Document:
    document: Document = json.loads(text)
    return document


def completed(document: Document, before: Document) -> Document:
    """A new document with the items of the one that was stored, which are read anew if the order changed."""
    if not (wants_details(document) and version_of(before) == V0):
        return document
    new, old = document["order"], before["order"]
    same = all(new.get(key) == old.get(key) for key in _TELLS_OF_ITEMS)
    return {**document, "items": before["items"], "details": before["details"] if same else WANTED}
