"""What follows from a change of an order, besides its renderings."""

from __future__ import annotations

from mock_amazon.models import Order
from mock_amazon.notifications import publishing


def follow(order: Order) -> None:
    """Called after every change, with the renderings written; part of the caller's transaction."""
    publishing.status_changed(order)
