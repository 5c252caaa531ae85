"""ORDER_CHANGE as Amazon's schema has it: no prices, and of the buyer the postal code only. Pure.

They are of the whole order, as Amazon's page "Subscribe to MFN notifications" has it; the schema knows
notifications of single items too, which nobody was seen to get.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mock_amazon.models import Order, OrderItem
from mock_amazon.moments import written
from mock_amazon.notifications.programs import programs
from mock_amazon.notifications.types import ORDER_CHANGE, VERSIONS
from mock_amazon.ordering.lifecycle import DELIVERABLE, Status, left_quantities, shipped_quantities
from mock_amazon.wire.promises import ship_by

Json = dict[str, Any]


class Change(StrEnum):
    """What happened, as OrderChangeType says it."""

    STATUS = "OrderStatusChange"
    BUYER = "BuyerRequestedChange"


REASONS = {Change.STATUS: "Order Status Change", Change.BUYER: "Buyer Requested Cancel"}
"""ChangeReason: the second is of the schema's example, Amazon publishes no word for the first."""


@dataclass(frozen=True)
class Envelope:
    """What a notification says about itself."""

    notification_id: str
    subscription_id: str
    application_id: str
    event_time: datetime
    publish_time: datetime


def enveloped(envelope: Envelope, order_change: Json) -> Json:
    return {
        "NotificationVersion": "1.0",
        "NotificationType": ORDER_CHANGE,
        "PayloadVersion": VERSIONS[ORDER_CHANGE],
        "EventTime": written(envelope.event_time),
        "Payload": {"OrderChangeNotification": order_change},
        "NotificationMetadata": {
            "ApplicationId": envelope.application_id,
            "SubscriptionId": envelope.subscription_id,
            "PublishTime": written(envelope.publish_time),
            "NotificationId": envelope.notification_id,
        },
    }


def order_change(order: Order, change: Change, moment: datetime) -> Json:
    """The payload about an order as it is now."""
    return {
        "NotificationLevel": "OrderLevel",
        "SellerId": order.seller_id,
        "AmazonOrderId": order.amazon_order_id,
        "OrderChangeType": change.value,
        "OrderChangeTrigger": {"TimeOfOrderChange": written(moment), "ChangeReason": REASONS[change]},
        "Summary": _summary(order),
    }


def _summary(order: Order) -> Json:
    shipped = sum(shipped_quantities(order.packed.values()).values())
    left = sum(_left(order).values())
    return {
        "MarketplaceId": order.marketplace_id,
        "OrderStatus": order.status,
        "PurchaseDate": written(order.purchase_date),
        "DestinationPostalCode": _postal_code(order),
        "FulfillmentType": order.channel,
        "OrderType": order.order_type,
        "NumberOfItemsShipped": shipped,
        "NumberOfItemsUnshipped": left,
        **_windows(order),
        **programs(order),
        "OrderItems": _items(order),
    }


def _left(order: Order) -> dict[str, int]:
    if order.state is Status.CANCELED:
        return {}
    return left_quantities(order.ordered, order.packed.values())


def _postal_code(order: Order) -> str | None:
    # Where the goods go is known no earlier than the Orders API tells it.
    return order.ship_to.get("postal_code") or None if order.state in DELIVERABLE else None


def _windows(order: Order) -> Json:
    if order.by_amazon:
        return {}
    times = dict(zip(("EarliestShipDate", "LatestShipDate"), ship_by(order), strict=True))
    return {**_delivery(order), **{name: written(time) for name, time in times.items()}}


def _delivery(order: Order, prefix: str = "") -> Json:
    if not (order.earliest_delivery and order.latest_delivery):
        return {}
    return {
        f"{prefix}EarliestDeliveryDate": written(order.earliest_delivery),
        f"{prefix}LatestDeliveryDate": written(order.latest_delivery),
    }


def _items(order: Order) -> list[Json]:
    left, shipped = _left(order), shipped_quantities(order.packed.values())
    statuses = {
        item.order_item_id: "Unshipped" if left.get(item.order_item_id) else "Shipped" for item in order.items
    }
    # Told only where the items differ, says the schema.
    differ = len(set(statuses.values())) > 1
    return [
        _item(order, item, shipped[item.order_item_id], statuses[item.order_item_id] if differ else None)
        for item in order.items
    ]


def _item(order: Order, item: OrderItem, shipped: int, status: str | None) -> Json:
    return {
        "OrderItemId": item.order_item_id,
        "SellerSKU": item.seller_sku,
        "SupplySourceId": order.supply_source,
        **({"OrderItemStatus": status} if status else {}),
        "Quantity": item.quantity,
        "QuantityShipped": shipped,
        "IsBuyerRequestedCancel": order.cancel_request is not None,
        **_delivery(order, "Item"),
    }


def sample_notification(envelope: Envelope) -> Json:
    """What ``sendTestNotification`` sends: an order that does not exist."""
    moment = written(envelope.event_time)
    item = {
        "OrderItemId": "00000000000001",
        "SellerSKU": "TEST-SKU",
        "SupplySourceId": None,
        "Quantity": 1,
        "QuantityShipped": 0,
        "IsBuyerRequestedCancel": False,
    }
    summary = {
        "MarketplaceId": "ATVPDKIKX0DER",
        "OrderStatus": "Unshipped",
        "PurchaseDate": moment,
        "DestinationPostalCode": None,
        "FulfillmentType": "MFN",
        "OrderType": "StandardOrder",
        "NumberOfItemsShipped": 0,
        "NumberOfItemsUnshipped": 1,
        "OrderItems": [item],
    }
    payload = {
        "NotificationLevel": "OrderLevel",
        "SellerId": "TEST-SELLER",
        "AmazonOrderId": "902-0000000-0000000",
        "OrderChangeType": Change.STATUS.value,
        "OrderChangeTrigger": {"TimeOfOrderChange": moment, "ChangeReason": REASONS[Change.STATUS]},
        "Summary": summary,
    }
    return enveloped(envelope, payload)
