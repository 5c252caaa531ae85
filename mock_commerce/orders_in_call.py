"""Which order numbers a call carries, for the journal and for faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from flask import current_app, request
from sqlalchemy import select

from mock_commerce.models import Order, db

LONGEST_ID = 19
_AMAZON = re.compile(rb"\d{3}-\d{7}-\d{7}")


def _body() -> bytes:
    """The body, but for one that is refused for its length."""
    too_long = (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]
    return b"" if too_long else request.get_data()


def order_numbers() -> Iterator[str]:
    """Every Amazon number in query and body; both numbers of the order in the address."""
    for text in (unquote_to_bytes(request.query_string), _body()):
        for number in _AMAZON.findall(text):
            yield number.decode()
    order_id = str((request.view_args or {}).get("order_id", ""))
    if order_id.isdigit() and len(order_id) < LONGEST_ID:
        query = select(Order.ext_order_id, Order.increment_id).where(Order.entity_id == int(order_id))
        for row in db.session.execute(query):
            yield from filter(None, row)
