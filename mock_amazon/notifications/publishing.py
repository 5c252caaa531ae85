"""From a change to a notification for each subscription: written with the change, delivered by timed work.

The caller commits, so that there is never a change without its notification, nor one without a change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from mock_amazon.models import Destination, Notification, Order, Subscription, db
from mock_amazon.moments import now, whole_milliseconds
from mock_amazon.notifications.message import (
    Change,
    Envelope,
    Json,
    enveloped,
    order_change,
    sample_notification,
)
from mock_amazon.notifications.types import ORDER_CHANGE
from simkit import jsons
from simkit.simulation import simulation

DELIVERY = "notification"
"""The kind of timed work that delivers one."""
SPREAD = 120
"""Seconds over which notifications are scattered while they are to arrive in another order."""
_SUBSCRIBED = (
    select(Subscription).where(Subscription.notification_type == ORDER_CHANGE).order_by(Subscription.id)
)


def new_id(counter: str) -> str:
    """An id as Amazon's: the same with every run of the same seed and steps."""
    return str(UUID(hex=simulation().ids.token(counter, 32), version=4))


def status_changed(order: Order) -> None:
    """Tell of the order's status, unless it is the one that was told last."""
    if order.told_status == order.status:
        return
    order.told_status = order.status
    _tell(order, Change.STATUS)


def buyer_requested(order: Order) -> None:
    """Tell that the buyer asks to cancel, if so; it is told once, and later notifications repeat it."""
    if order.cancel_request is None or order.told_request:
        return
    order.told_request = True
    _tell(order, Change.BUYER)


def send_test(destination: Destination) -> None:
    """Send a notification about an order that does not exist."""
    _publish(destination, None, now(), sample_notification)


def withdraw(subscription: Subscription) -> None:
    """Send nothing more of what the subscription still has waiting."""
    waiting = select(Notification).where(
        Notification.subscription_id == subscription.subscription_id, Notification.state == "waiting"
    )
    for notification in db.session.scalars(waiting):
        notification.state = "withdrawn"
        simulation().agenda.call_off(DELIVERY, notification.notification_id)


def _tell(order: Order, change: Change) -> None:
    subscriptions = db.session.scalars(_SUBSCRIBED.where(Subscription.seller_id == order.seller_id)).all()
    wanted = [each for each in subscriptions if _wants(each, order, change)]
    if not wanted:
        return
    moment = now()  # once: the clock may be running
    payload = order_change(order, change, moment)
    for subscription in wanted:
        _publish(
            subscription.destination,
            subscription.subscription_id,
            moment,
            lambda it: enveloped(it, payload),
        )


def _wants(subscription: Subscription, order: Order, change: Change) -> bool:
    wishes = (subscription.directive or {}).get("eventFilter", {})
    return _lets(wishes.get("marketplaceIds"), order.marketplace_id) and _lets(
        wishes.get("orderChangeTypes"), change
    )


def _lets(listed: Iterable[str] | None, value: str) -> bool:
    """A list that is left out, or empty, names everything."""
    return not listed or value in listed


def _publish(
    destination: Destination, subscription_id: str | None, moment: datetime, write: Callable[[Envelope], Json]
) -> None:
    key = new_id("notification")
    wait = timedelta(seconds=destination.delay + (_scattered(key, "order") if destination.reorder else 0))
    envelope = Envelope(
        notification_id=key,
        subscription_id=subscription_id or "",
        application_id=destination.client_id,
        event_time=moment,
        publish_time=whole_milliseconds(moment + wait),
    )
    notification = Notification(
        notification_id=key,
        destination=destination,
        subscription_id=subscription_id,
        event_time=moment,
        publish_time=envelope.publish_time,
        body=jsons.dump(write(envelope)).decode(),
        state="waiting",
        attempts=[],
    )
    db.session.add(notification)
    agenda, due = simulation().agenda, envelope.publish_time
    agenda.plan(DELIVERY, due, key, notification=key)
    if destination.duplicates:
        agenda.plan(DELIVERY, due + timedelta(seconds=_scattered(key, "copy")), key, notification=key)


def _scattered(key: str, purpose: str) -> int:
    """Seconds from 1 to SPREAD that look random, the same in every run."""
    digest = hashlib.sha256(f"{key}/{purpose}".encode()).hexdigest()
    return int(digest[:8], 16) % SPREAD + 1
