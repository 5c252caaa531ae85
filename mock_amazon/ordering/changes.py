"""What follows from a change of an order, besides its renderings."""

from __future__ import annotations

from mock_amazon.listings.stock_moves import move_stock
from mock_amazon.models import Order
from mock_amazon.notifications import publishing
from mock_amazon.ordering import life, regulated


def follow(order: Order) -> None:
    """Called after every change, with the renderings written; part of the caller's transaction."""
    move_stock(order)
    life.follow(order)
    regulated.follow(order)
    publishing.status_changed(order)
    publishing.buyer_requested(order)
