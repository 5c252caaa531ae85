"""Cancelling units of an order's items."""

from __future__ import annotations

from collections.abc import Mapping

from mock_amazon import orders
from mock_amazon.lifecycle import NotAllowed, left_quantities
from mock_amazon.models import Order


def cancel_items(order: Order, units: Mapping[str, int]) -> None:
    """Cancel so many units of these order items; the order itself when that is all that is left.

    Raises NotAllowed.
    """
    left = left_quantities(order.ordered, order.packed.values())
    for item_id, wanted in units.items():
        if wanted > left.get(item_id, 0):
            raise NotAllowed(
                f"{wanted} units of item {item_id} cannot be cancelled: {left.get(item_id, 0)} left"
            )
    if dict(units) == left:
        orders.cancel(order)
    else:
        _cancel_some(order, units)


def _cancel_some(order: Order, units: Mapping[str, int]) -> None:
    """The place where cancelling a part of an order is plugged in."""
    raise NotAllowed(f"a part of order {order.amazon_order_id} cannot be cancelled alone: {dict(units)}")
