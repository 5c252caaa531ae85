"""What a message is about: the seller's order and its items, by Amazon's numbers or the seller's own."""

from __future__ import annotations

from sqlalchemy import select

from mock_amazon.feeds.results import Refused, incomplete
from mock_amazon.models import Order, OrderItem, db
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import PAYMENT_OPEN


def order_of(seller_id: str, amazon_id: str, merchant_id: str = "") -> Order:
    """The order that is named.

    Raises Refused.
    """
    if amazon_id:
        order = orders.find(amazon_id, seller_id)
        if order is None:
            raise incomplete(f"there is no order {amazon_id}")
        return order
    if not merchant_id:
        raise incomplete("neither AmazonOrderID nor MerchantOrderID is given")
    found = by_merchant_id(seller_id, merchant_id)
    if found is None:
        raise Refused(
            f"Your order cannot be found using Merchant ID {seller_id} and Merchant Order {merchant_id}. "
            "Enter the correct order ID and then resubmit your feed."
        )
    return found


def by_merchant_id(seller_id: str, merchant_id: str) -> Order | None:
    known = select(Order).where(Order.seller_id == seller_id, Order.seller_order_id == merchant_id)
    return db.session.scalar(known.order_by(Order.id).limit(1))


def item_of(order: Order, amazon_code: str, merchant_id: str = "") -> OrderItem:
    """The item of the order that is named.

    Raises Refused.
    """
    for item in order.items:
        if item.order_item_id == amazon_code or (merchant_id and item.merchant_item_id == merchant_id):
            return item
    raise incomplete(f"item {amazon_code or merchant_id or '(none)'} is not of order {order.amazon_order_id}")


def check_sellers(order: Order) -> None:
    """Refuse an order that the seller has nothing to do with (yet).

    Raises Refused.
    """
    if order.by_amazon:
        raise incomplete("Amazon fulfils this order")
    if order.state in PAYMENT_OPEN:
        raise incomplete(f"the order is {order.status}: its payment is not verified")
