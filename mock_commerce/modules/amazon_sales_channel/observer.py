"""What the module does when a shipment was saved."""

from __future__ import annotations

from sqlalchemy import select

from mock_commerce.config.settings import current
from mock_commerce.models import Order, db
from mock_commerce.modules.amazon_sales_channel.models import AmazonOrder
from mock_commerce.sales import book

SHIPPED = "shipped"
"""A status of state ``processing``."""


def mark_shipped(order: Order) -> None:
    """Give an Amazon order that has nothing left to ship, and is not complete, its status."""
    if not current().module_enabled or order.state != "processing":
        return
    if any(book.line_of(item).is_shippable for item in order.items):
        return
    query = select(AmazonOrder.amazon_order_id).where(AmazonOrder.order_id == order.entity_id)
    if db.session.scalar(query) is not None:
        order.status = SHIPPED
