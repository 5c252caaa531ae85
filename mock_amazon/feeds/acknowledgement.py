"""POST_ORDER_ACKNOWLEDGEMENT_DATA: the seller takes an order, or cancels it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_amazon.feeds.envelope import children, text_of
from mock_amazon.feeds.lines import cancel_items
from mock_amazon.feeds.lookups import by_merchant_id, check_sellers, item_of, order_of
from mock_amazon.feeds.results import incomplete
from mock_amazon.models import Order, OrderItem
from mock_amazon.ordering import orders
from mock_amazon.ordering.lifecycle import NotAllowed, left_quantities

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

REASONS = (
    *(
        "NoInventory",
        "ShippingAddressUndeliverable",
        "CustomerExchange",
        "BuyerCanceled",
        "GeneralAdjustment",
    ),
    *("CarrierCreditDecision", "RiskAssessmentInformationNotValid", "CarrierCoverageFailure"),
    *("CustomerReturn", "MerchandiseNotReceived"),
)
"""CancelReason of OrderAcknowledgement.xsd."""
LONGEST = 100


def acknowledge(seller_id: str, element: Element) -> list[str]:
    """Carry out an OrderAcknowledgement.

    Raises Refused.
    """
    order = order_of(seller_id, text_of(element, "AmazonOrderID"))
    check_sellers(order)
    items = [_item(order, each) for each in children(element, "Item")]
    status = text_of(element, "StatusCode")
    if status == "Success":
        _accept(order, text_of(element, "MerchantOrderID"), items)
    elif status == "Failure":
        _cancel(order, items)
    else:
        raise incomplete(f"StatusCode: {status!r} is not Success or Failure")
    return []


def _item(order: Order, element: Element) -> tuple[OrderItem, str, str]:
    """An item with the seller's name for it and the reason why it is cancelled."""
    item = item_of(order, text_of(element, "AmazonOrderItemCode"))
    return item, text_of(element, "MerchantOrderItemID"), text_of(element, "CancelReason")


def _accept(order: Order, merchant_id: str, items: list[tuple[OrderItem, str, str]]) -> None:
    other = by_merchant_id(order.seller_id, merchant_id) if merchant_id else None
    if other is not None and other is not order:
        raise incomplete(f"MerchantOrderID {merchant_id!r} is the one of order {other.amazon_order_id}")
    if any(len(name) > LONGEST for name in (merchant_id, *(own for _, own, _ in items))):
        raise incomplete(f"a merchant id has more than {LONGEST} characters")
    for item, own, _ in items:
        item.merchant_item_id = own or item.merchant_item_id
    if merchant_id and merchant_id != order.seller_order_id:
        order.seller_order_id = merchant_id
        orders.touch(order)


def _cancel(order: Order, items: list[tuple[OrderItem, str, str]]) -> None:
    for _, _, reason in items:
        if reason and reason not in REASONS:
            raise incomplete(f"CancelReason: {reason!r} is not one of {', '.join(REASONS)}")
    left = left_quantities(order.ordered, order.packed.values())
    ids = [item.order_item_id for item, _, _ in items] or list(left)
    try:
        cancel_items(order, {item_id: left.get(item_id, 0) for item_id in ids})
    except NotAllowed as error:
        raise incomplete(str(error)) from None
