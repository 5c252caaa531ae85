"""Cancelling units of an order's items."""

from __future__ import annotations

from collections.abc import Mapping

from mock_amazon.models import Order
from mock_amazon.ordering import cancelling, orders
from mock_amazon.ordering.lifecycle import CancelledBy, NotAllowed, left_quantities


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
        orders.cancel(order, by=CancelledBy.MERCHANT)
    else:
        _cancel_some(order, units)


def _cancel_some(order: Order, units: Mapping[str, int]) -> None:
    """Cancel the lines that are named with all their units: Amazon shows no line that is cancelled in part.

    Raises NotAllowed.
    """
    items = [item for item in order.items if units.get(item.order_item_id)]
    for item in items:
        wanted = units[item.order_item_id]
        if wanted != item.quantity:
            raise NotAllowed(
                f"{wanted} of {item.quantity} units of item {item.order_item_id} cannot be "
                "cancelled: a line is cancelled as a whole, before any of it is shipped"
            )
    cancelling.cancel_items(order, items, CancelledBy.MERCHANT)
