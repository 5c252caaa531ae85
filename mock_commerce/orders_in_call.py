"""Which order numbers a call carries, for the journal and for faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from flask import current_app, request
from sqlalchemy import select

from mock_commerce.models import Creditmemo, Invoice, Order, Shipment, db

LONGEST_ID = 19
_AMAZON = re.compile(rb"\d{3}-\d{7}-\d{7}")
_ORDER_ID = re.compile(rb'"order_?[iI]d"\s*:\s*"?(\d{1,18})\b')
_PAPERS: dict[str, type[Shipment | Invoice | Creditmemo]] = {
    "shipment_id": Shipment,
    "invoice_id": Invoice,
    "creditmemo_id": Creditmemo,
}


def _body() -> bytes:
    """The body, but for one that is refused for its length."""
    too_long = (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]
    return b"" if too_long else request.get_data()


def order_numbers() -> Iterator[str]:
    """Every Amazon number in query and body; both numbers of the orders that address and body mean by id."""
    body = _body()
    for text in (unquote_to_bytes(request.query_string), body):
        for number in _AMAZON.findall(text):
            yield number.decode()
    if ids := {*_ids_in_address(), *map(int, _ORDER_ID.findall(body))}:
        query = select(Order.ext_order_id, Order.increment_id).where(Order.entity_id.in_(ids))
        for row in db.session.execute(query.order_by(Order.entity_id)):
            yield from filter(None, row)


def _ids_in_address() -> Iterator[int]:
    """Entity ids of the order that is named, or whose document is."""
    for name, value in (request.view_args or {}).items():
        text = str(value)
        if not text.isdecimal() or not text.isascii() or len(text) >= LONGEST_ID:
            continue
        if name == "order_id":
            yield int(text)
        elif name in _PAPERS:
            paper = _PAPERS[name]
            yield from db.session.scalars(select(paper.order_id).where(paper.entity_id == int(text)))
