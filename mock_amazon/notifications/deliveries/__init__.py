"""Bringing notifications to their destinations at least once: again and again until they are accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from mock_amazon.models import Destination, Notification, db
from mock_amazon.moments import now, written
from mock_amazon.notifications.deliveries import pull, push, sqs
from mock_amazon.notifications.deliveries.targets import NotAccepted, target_of
from mock_amazon.notifications.publishing import DELIVERY
from simkit.simulation import simulation

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
"""A pause is twice as long as the one before it."""
HISTORY = 50
"""So many attempts are remembered of a notification."""


def deliver(data: Mapping[str, Any]) -> None:
    """Timed work: one attempt, and a plan for the next one if it fails.

    After a failure a destination is left alone for a while, counted from the clock: who skips a week does not
    make up for its attempts.
    """
    key: str = data["notification"]
    notification = db.session.scalar(select(Notification).where(Notification.notification_id == key))
    if notification is None or notification.state == "withdrawn":
        return
    destination, kit = notification.destination, simulation()
    if destination.rests_until is None or destination.rests_until <= kit.now():
        try:
            _bring(notification)
        except NotAccepted as error:
            _failed(destination, kit.clock.now())
            _note(notification, str(error))
        else:
            destination.failures, destination.rests_until = 0, None
            notification.state = "delivered"
            _note(notification, "accepted")
            return
    kit.agenda.plan(DELIVERY, destination.rests_until or kit.now(), key, notification=key)


def redirect(destination: Destination, to: str) -> None:
    """Bring its notifications somewhere else, those that are in arrears at once. The caller commits."""
    destination.to, destination.failures, destination.rests_until = to, 0, None
    kit = simulation()
    for notification in db.session.scalars(in_arrears(destination)):
        key = notification.notification_id
        kit.agenda.call_off(DELIVERY, key)
        kit.agenda.plan(DELIVERY, kit.now(), key, notification=key)


def in_arrears(destination: Destination) -> Select[Notification]:
    """What should have been published, and was not accepted."""
    waiting = (Notification.destination_key == destination.id, Notification.state == "waiting")
    return select(Notification).where(*waiting, Notification.publish_time <= now()).order_by(Notification.id)


def region_of(destination: Destination) -> str:
    """The AWS region that the destination itself names."""
    resource = destination.resource
    return resource["sqs"]["arn"].split(":")[3] if "sqs" in resource else resource["eventBridge"]["region"]


def _bring(notification: Notification) -> None:
    destination = notification.destination
    target = target_of(destination.to)
    if target.kind == "pull":
        pull.put(notification)
    elif target.kind == "push":
        push.post(target.url, notification.body)
    else:
        sqs.send(target.url, target.region or region_of(destination), notification.body)


def _failed(destination: Destination, clock: datetime) -> None:
    # The exponent has an end: the longest pause is reached long before.
    pause = min(FIRST_PAUSE * 2 ** min(destination.failures, 20), LONGEST_PAUSE)
    destination.failures += 1
    destination.rests_until = clock + pause


def _note(notification: Notification, result: str) -> None:
    attempt = {"at": written(now()), "result": result}
    notification.attempts = [*notification.attempts, attempt][-HISTORY:]
