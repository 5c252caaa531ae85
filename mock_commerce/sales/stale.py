"""Calls that run at the same time and do not see each other (magento2#10396).

The mock works call by call; two documents made of an order within one second stand for two at once.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from mock_commerce.models import Order
from simkit.times import iso

_ORDER = ("total_paid", "total_refunded", "shipping_refunded")
_STATES = ("state", "status")
_ITEM = ("qty_invoiced", "qty_shipped", "qty_refunded", "qty_canceled")


def go_back(order: Order, moment: datetime) -> None:
    """Read the order as the first call of this second did; what others wrote since is lost."""
    seen = order.seen
    if seen is None or seen["at"] != iso(moment):
        order.seen = _picture(order, moment)
        return
    for name in _STATES:
        setattr(order, name, seen[name])
    for name in _ORDER:
        setattr(order, name, Decimal(seen[name]))
    for item in order.items:
        for name, value in seen["items"].get(str(item.item_id), {}).items():
            setattr(item, name, Decimal(value))


def _picture(order: Order, moment: datetime) -> dict[str, Any]:
    return {
        "at": iso(moment),
        **{name: getattr(order, name) for name in _STATES},
        **{name: str(getattr(order, name)) for name in _ORDER},
        "items": {
            str(item.item_id): {name: str(getattr(item, name)) for name in _ITEM} for item in order.items
        },
    }
