"""How a control verb changes an order: found, changed or refused, committed, told."""

from __future__ import annotations

from collections.abc import Callable

from flask import jsonify
from flask.typing import ResponseReturnValue

from mock_amazon.models import Order, db
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import NotAllowed
from simkit.control import BadControl


def changed(amazon_order_id: str, change: Callable[[Order], object]) -> ResponseReturnValue:
    """The answer of a verb that changes one order.

    Raises BadControl; nothing is written then.
    """
    order = orders.find(amazon_order_id)
    if order is None:
        raise BadControl(f"there is no order {amazon_order_id!r}", 404)
    try:
        change(order)
    except NotAllowed as error:
        raise BadControl(str(error)) from None
    db.session.commit()
    return jsonify(amazon_order_id=order.amazon_order_id, status=order.status)
