"""Which order numbers a call carries, for the journal and for faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from flask import request
from sqlalchemy import select

from mock_commerce.models import Order, db

_AMAZON = re.compile(rb"\d{3}-\d{7}-\d{7}")


def order_numbers() -> Iterator[str]:
    """Every Amazon number in query and body; both numbers of the order in the address."""
    for text in (unquote_to_bytes(request.query_string), request.get_data()):
        for number in _AMAZON.findall(text):
            yield number.decode()
    order_id = str((request.view_args or {}).get("order_id", ""))
    if order_id.isdigit():
        query = select(Order.ext_order_id, Order.increment_id).where(Order.entity_id == int(order_id))
        for row in db.session.execute(query):
            yield from filter(None, row)
