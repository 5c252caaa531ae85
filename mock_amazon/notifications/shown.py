"""Destinations, subscriptions and what was published, for whoever looks from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from mock_amazon.models import Destination, Notification, QueuedMessage, Subscription, db
from mock_amazon.moments import written
from mock_amazon.notifications.deliveries.targets import shown
from simkit import jsons

Json = dict[str, Any]
_DESTINATIONS = select(Destination).order_by(Destination.id)
_SUBSCRIPTIONS = select(Subscription).order_by(Subscription.id)


def notifications_json() -> Json:
    return {
        "destinations": [destination_json(each) for each in db.session.scalars(_DESTINATIONS)],
        "subscriptions": [_subscription(each) for each in db.session.scalars(_SUBSCRIPTIONS)],
    }


def destination_json(destination: Destination) -> Json:
    """The switches of a destination, and how many notifications are where."""
    return {
        "destination": destination.destination_id,
        "address": destination.address,
        "to": shown(destination.to),
        "delay": f"{destination.delay:g}s",
        "duplicates": "on" if destination.duplicates else "off",
        "reorder": "on" if destination.reorder else "off",
        **_counts(destination),
    }


def notification_json(notification: Notification) -> Json:
    """A notification and its history, without its body."""
    order = jsons.load(notification.body)["Payload"]["OrderChangeNotification"]
    return {
        "id": notification.notification_id,
        "subscription": notification.subscription_id,
        "order": order["AmazonOrderId"],
        "change": order["OrderChangeType"],
        "status": order["Summary"]["OrderStatus"],
        "event_time": written(notification.event_time),
        "publish_time": written(notification.publish_time),
        "state": _state(notification.state, notification.attempts),
        "attempts": notification.attempts,
    }


def message_json(message: QueuedMessage) -> Json:
    """A message of a queue as its receiver gets it; the body is the text that SQS would hand over."""
    return {
        "id": message.notification.notification_id,
        "receipt": message.receipt,
        "received": message.received,
        "body": message.notification.body,
    }


def _counts(destination: Destination) -> Json:
    here = Notification.destination_key == destination.id
    rows = db.session.execute(select(Notification.state, Notification.attempts).where(here))
    counted = Counter(_state(state, attempts) for state, attempts in rows)
    queued = select(func.count()).where(QueuedMessage.destination_key == destination.id)
    return {
        **{name: counted[name] for name in ("waiting", "failed", "delivered", "withdrawn")},
        "queued": db.session.scalar(queued),
    }


def _state(state: str, attempts: Iterable[object]) -> str:
    """What waits after an attempt has failed, and is tried again."""
    return "failed" if state == "waiting" and attempts else state


def _subscription(subscription: Subscription) -> Json:
    return {
        "subscription": subscription.subscription_id,
        "seller": subscription.seller_id,
        "type": subscription.notification_type,
        "payload_version": subscription.payload_version,
        "destination": subscription.destination.destination_id,
        "event_filter": (subscription.directive or {}).get("eventFilter"),
    }
