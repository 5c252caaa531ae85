"""Orders whose life goes on by itself: what the agenda calls at the moments that ``life`` planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mock_amazon.models import Order
from mock_amazon.ordering import life, orders
from simkit.agenda import Handler


def _ship(order: Order) -> None:
    orders.ship_by_hand(order, None, None, None)


_DOES: Mapping[str, Callable[[Order], None]] = {
    "available": orders.confirm,
    "confirm": orders.confirm,
    "ship": _ship,
    "cancel": orders.cancel,
}


def _act(step: str, data: Mapping[str, Any]) -> None:
    """Do the step, unless a person has moved the order on meanwhile."""
    order = orders.find(data["order"])
    if order is None or step not in (order.life or {}):
        return
    life.forget(order, step)
    if order.state in life.ACTS[step]:
        _DOES[step](order)


HANDLERS: Mapping[str, Handler] = {life.kind(step): partial(_act, step) for step in life.ACTS}
