"""From a real answer of the Orders API, of either version, to the order that it describes.

Envelopes are taken off; where there are several orders, one has to be picked.
"""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from mock_amazon.marketplaces import BY_CODE
from mock_amazon.wire import payload_2026, payload_v0
from mock_amazon.wire.payload_checks import check
from mock_amazon.wire.payload_parts import Draft, Json, UnusablePayload
from simkit.checking import word

_VERSIONS = {"AmazonOrderId": payload_v0.read, "orderId": payload_2026.read}
_LISTS = ("Orders", "orders")
_SINGLE = ("payload", "order")
_SHOWN = 5


class PayloadWish(Schema):
    """The value of the verb ``amazon.payload``, with documents for the files and a seller for the store."""

    id = fields.String(validate=validate.Length(1, 200))
    seller = fields.String(load_default="SELLER-1", validate=validate.Length(1, 60))
    marketplace = word(*BY_CODE, load_default=None)
    placed = fields.String(load_default="now")
    order = fields.Dict(keys=fields.String(), required=True)
    items = fields.Dict(keys=fields.String(), load_default=None)
    pick = fields.String(load_default=None, validate=validate.Length(1, 40))


def read(order: Json, items: Json | None = None, pick: str | None = None) -> Draft:
    """The order that the documents describe. Pure.

    Raises UnusablePayload.
    """
    element = _picked(_unpacked(_without_nulls(order)), pick)
    for key, reader in _VERSIONS.items():
        if key in element:
            draft = reader(element, _opened(_without_nulls(items)))
            check(draft)
            return draft
    raise UnusablePayload(f"it is no order: there is neither {' nor '.join(_VERSIONS)} in it")


def _unpacked(document: Any) -> list[Json]:
    """The orders in an answer, whatever is around them."""
    while isinstance(document, dict):
        if "errors" in document:
            raise UnusablePayload("field 'errors': it is an answer that refuses something, and no order")
        inner = next((document[key] for key in (*_SINGLE, *_LISTS) if key in document), None)
        if inner is None:
            return [document]
        document = inner
    if not isinstance(document, list) or not all(isinstance(one, dict) for one in document):
        raise UnusablePayload("it is no answer of the Orders API: an object or a list of objects is needed")
    return document


def _picked(found: list[Json], pick: str | None) -> Json:
    names = [str(next((one[key] for key in _VERSIONS if key in one), "?")) for one in found]
    if pick is None:
        if len(found) == 1:
            return found[0]
        raise UnusablePayload(f"there are {len(found)} orders: pick one, by number or place ({_few(names)})")
    if pick.isascii() and pick.isdigit() and 1 <= int(pick) <= len(found):
        return found[int(pick) - 1]
    if pick in names:
        return found[names.index(pick)]
    raise UnusablePayload(
        f"pick: {pick!r} is neither a place from 1 to {len(found)} nor one of {_few(names)}"
    )


def _few(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _opened(items: Any) -> Json | None:
    """The list of items without its envelope."""
    while isinstance(items, dict) and isinstance(items.get("payload"), dict):
        items = items["payload"]
    if items is None or isinstance(items, dict):
        return items
    raise UnusablePayload("it is no answer of getOrderItems: an object is needed", "items")


def _without_nulls(value: Any) -> Any:
    """Null says no more than nothing, and Amazon leaves out what it does not tell."""
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value] if isinstance(value, list) else value
