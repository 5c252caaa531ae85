"""What a buyer, or Amazon, may still change of an order that is placed. The caller commits.

Amazon lets a buyer change where an order goes, and how fast, until it is shipped. Lines are never changed,
only cancelled; channel, purchase date and programs stay as they are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mock_amazon.models import Order
from mock_amazon.moments import now, whole_milliseconds
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import FOLLOWERS, NotAllowed, Status
from simkit.times import parse_duration


def edit(order: Order, changes: dict[str, Any]) -> None:
    """Change what is named; of ``ship_to`` and ``buyer`` what is left out stays.

    Raises NotAllowed.
    """
    if Status.CANCELED not in FOLLOWERS[order.state]:
        raise NotAllowed(f"an order that is {order.status} cannot be edited any more")
    order.ship_to = {**order.ship_to, **changes.get("ship_to", {})}
    buyer = changes.get("buyer", {})
    order.buyer_name = buyer.get("name", order.buyer_name)
    order.buyer_email = buyer.get("email", order.buyer_email)
    order.service_level = changes.get("service_level", order.service_level)
    orders.touch(order)


def hide(order: Order, duration: str) -> datetime:
    """Keep the order out of all lists for so long; it is not changed by that, and keeps its times."""
    order.hidden_until = whole_milliseconds(now() + parse_duration(duration))
    return order.hidden_until
