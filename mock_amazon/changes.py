"""What follows from a change of an order, besides its renderings."""

from __future__ import annotations

from mock_amazon import regulated
from mock_amazon.models import Order


def follow(order: Order) -> None:
    """Called after every change, with the renderings written; part of the caller's transaction."""
    regulated.follow(order)
