"""The stored parts of Orders v0, joined as a caller may see them. Nothing is rendered anew."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

import orjson
from sqlalchemy import Row

from mock_amazon.access.restricted import ADDRESS, BUYER, TAX

Elements = AbstractSet[str]

_FLAG = '"IsReplacementOrder":'


def payload(text: str) -> str:
    return f'{{"payload":{text}}}'


def flags_as_text(orders: str) -> str:
    """The same orders with IsReplacementOrder in quotes. Quotes within texts are escaped: none is hit."""
    return orders.replace(f"{_FLAG}true", f'{_FLAG}"true"').replace(f"{_FLAG}false", f'{_FLAG}"false"')


def order_text(row: Row[Any], elements: Elements, *, email_open: bool) -> str:
    """The order of getOrders and getOrder."""
    text: str = row.v0_order[:-1]  # lists join a hundred of these: no detours
    if address := address_text(row, elements):
        text += f',"ShippingAddress":{address}'
    if buyer := buyer_text(row, elements, email_open=email_open):
        text += f',"BuyerInfo":{buyer}'
    if TAX in elements and row.v0_tax:
        text += f',"BuyerTaxInformation":{row.v0_tax}'
    return text + "}"


def address_text(row: Row[Any], elements: Elements) -> str | None:
    if ADDRESS not in elements:
        place: str | None = row.v0_place
        return place
    address: str | None = row.v0_address
    return _without(address, "Phone") if address and row.late else address


def buyer_text(row: Row[Any], elements: Elements, *, email_open: bool) -> str | None:
    buyer: str | None = row.v0_buyer
    if BUYER in elements or buyer is None:
        return buyer
    return _only(buyer, "BuyerEmail") if email_open else None


def order_address(row: Row[Any], elements: Elements) -> str:
    """The payload of getOrderAddress."""
    address = _with(_numbered(row), {"ShippingAddress": address_text(row, elements)})
    more: str | None = row.v0_delivery if ADDRESS in elements else None
    return f"{address[:-1]},{more[1:]}" if more else address


def order_buyer(row: Row[Any], elements: Elements, *, email_open: bool) -> str:
    """The payload of getOrderBuyerInfo."""
    buyer = buyer_text(row, elements, email_open=email_open)
    return _numbered(row) if buyer is None else f"{_numbered(row)[:-1]},{buyer[1:]}"


def item_text(row: Row[Any], elements: Elements) -> str:
    """An item of getOrderItems."""
    item: str = row.v0_item
    return _with(item, {"BuyerInfo": _wishes(row, elements)})


def item_wishes(row: Row[Any], elements: Elements) -> str:
    """An item of getOrderItemsBuyerInfo."""
    wishes = _wishes(row, elements)
    item = orjson.dumps({"OrderItemId": row.order_item_id}).decode()
    return item if wishes is None else f"{item[:-1]},{wishes[1:]}"


def _wishes(row: Row[Any], elements: Elements) -> str | None:
    wishes: str | None = row.v0_gift if BUYER in elements else row.v0_wrap
    return wishes


def _numbered(row: Row[Any]) -> str:
    return orjson.dumps({"AmazonOrderId": row.number}).decode()


def _with(text: str, parts: dict[str, str | None]) -> str:
    """The object with these parts at its end, those that are there."""
    more = "".join(f',"{name}":{part}' for name, part in parts.items() if part)
    return f"{text[:-1]}{more}}}"


def _without(text: str, key: str) -> str | None:
    content: dict[str, Any] = orjson.loads(text)
    content.pop(key, None)
    return orjson.dumps(content).decode() if content else None


def _only(text: str, key: str) -> str | None:
    content: dict[str, Any] = orjson.loads(text)
    return orjson.dumps({key: content[key]}).decode() if key in content else None
