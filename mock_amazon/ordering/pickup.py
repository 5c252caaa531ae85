"""In-store pickup: what the store tells of an order, and what becomes of it. The caller commits."""

from __future__ import annotations

from mock_amazon.models import Order
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import (
    NotAllowed,
    Quantities,
    Status,
    TooMany,
    UnknownItem,
    check_follows,
    left_quantities,
)
from mock_amazon.wire.shipment_status import PICKED_UP, REFUSED, ShipmentStatus

CARRIER = "IN_STORE_PICKUP"
"""What stands for a carrier of what the buyer has fetched. Ours: Amazon publishes no word."""


def tell(order: Order, told: ShipmentStatus) -> None:
    """Ready goods wait on; what is picked up is shipped; an order that is refused is cancelled.

    Raises NotAllowed, UnknownItem, TooMany.
    """
    if not order.in_store_pickup:
        raise NotAllowed("the order is not picked up in a store")
    left = left_quantities(order.ordered, order.packed.values())
    check_follows(order.state, Status.SHIPPED)
    items = left if told.items is None else told.items
    _check(order, items, left)
    if told.status == PICKED_UP:
        orders.fetch(order, items, CARRIER)
    elif told.status == REFUSED:
        if items != left:
            raise NotAllowed("only all that is left can be refused")
        orders.cancel(order)
    else:
        orders.touch(order)


def _check(order: Order, items: Quantities, left: Quantities) -> None:
    for item, units in items.items():
        if item not in order.ordered:
            raise UnknownItem(item)
        if units > left.get(item, 0):
            raise TooMany(item, units, left.get(item, 0))
