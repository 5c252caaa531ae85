"""Bringing notifications to their destinations at least once: again and again until they are accepted."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from mock_amazon.models import Destination, Notification, db
from mock_amazon.moments import now, written
from mock_amazon.notifications.deliveries import pull, sqs
from mock_amazon.notifications.deliveries.targets import PULL, target_of
from mock_amazon.notifications.publishing import DELIVERY
from simkit.outgoing import Outgoing, post
from simkit.simulation import simulation

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
"""A pause is twice as long as the one before it."""
Key = tuple[int, str]
"""A destination and a notification."""
OUTGOING = "notifications"
ACCEPTED = "accepted"
HISTORY = 50
"""So many attempts are remembered of a notification."""


def deliver(data: Mapping[str, Any]) -> None:
    """Timed work: one attempt.

    After a failure a destination is left alone for a while, counted from the clock: who skips a week does not
    make up for its attempts.
    """
    key: str = data["notification"]
    notification = _find(key)
    if notification is None or notification.state == "withdrawn":
        return
    destination, kit = notification.destination, simulation()
    if destination.rests_until is not None and destination.rests_until > kit.now():
        kit.agenda.plan(DELIVERY, destination.rests_until, key, notification=key)
    elif destination.to == PULL:
        pull.put(notification)
        _note(notification, ACCEPTED)
        notification.state = "delivered"
    elif _has_to_wait(notification):
        subject = _retry_of(key) if "again" in data else key
        kit.agenda.plan(DELIVERY, kit.clock.now() + FIRST_PAUSE, subject, **data)
    else:
        _again(key, kit.clock.now() + FIRST_PAUSE)
        attempt = _attempt(notification)
        db.session.commit()
        outgoing().send(destination.id, (destination.id, key), attempt)


def write_down() -> None:
    """Keep what came of the attempts, and commit; before each request, and nearly always nothing."""
    for outcome in outgoing().outcomes():
        _, key = outcome.key
        notification = _find(key)
        if notification is None:
            continue
        destination = notification.destination
        simulation().agenda.call_off(DELIVERY, _retry_of(key))
        if outcome.arrived:
            notification.state = "delivered"
            if destination.failures:
                redirect(destination, destination.to)
        else:
            _again(key, _rest(destination))
        _note(notification, ACCEPTED if outcome.arrived else outcome.text)
        db.session.commit()


def outgoing() -> Outgoing[Key]:
    found = simulation().vendor.volatile[OUTGOING]
    assert isinstance(found, Outgoing)  # noqa: S101 - narrows the type of the kit's dict
    return found


def redirect(destination: Destination, to: str) -> None:
    """Bring its notifications there, those that are in arrears at once. The caller commits."""
    destination.to, destination.failures, destination.rests_until = to, 0, None
    kit = simulation()
    for notification in db.session.scalars(in_arrears(destination)):
        key = notification.notification_id
        if (destination.id, key) in outgoing().sending:
            continue
        kit.agenda.call_off(DELIVERY, key)
        kit.agenda.call_off(DELIVERY, _retry_of(key))
        kit.agenda.plan(DELIVERY, kit.now(), key, notification=key)


def in_arrears(destination: Destination) -> Select[Notification]:
    """What should have been published, and was not accepted."""
    waiting = (Notification.destination_key == destination.id, Notification.state == "waiting")
    return select(Notification).where(*waiting, Notification.publish_time <= now()).order_by(Notification.id)


def region_of(destination: Destination) -> str:
    """The AWS region that the destination itself names."""
    resource = destination.resource
    return resource["sqs"]["arn"].split(":")[3] if "sqs" in resource else resource["eventBridge"]["region"]


def _find(key: str) -> Notification | None:
    return db.session.scalar(select(Notification).where(Notification.notification_id == key))


def _has_to_wait(notification: Notification) -> bool:
    """While it is being sent already, or another one finds out whether a receiver that failed is back."""
    destination, sending = notification.destination, outgoing().sending
    if destination.failures:
        return any(key == destination.id for key, _ in sending)
    return (destination.id, notification.notification_id) in sending


def _attempt(notification: Notification) -> Callable[[], str]:
    destination, body = notification.destination, notification.body
    target = target_of(destination.to)
    if target.kind == "push":
        return functools.partial(post, target.url, body.encode(), {})
    return functools.partial(sqs.send, target.url, target.region or region_of(destination), body)


def _again(key: str, due: datetime) -> None:
    """Plan the next attempt: already before this one, lest it is forgotten if the mock dies meanwhile."""
    simulation().agenda.plan(DELIVERY, due, _retry_of(key), notification=key, again=True)


def _retry_of(key: str) -> str:
    """The subject of the next attempt, which a copy's delivery is not."""
    return f"{key} again"


def _rest(destination: Destination) -> datetime:
    """Until when it is left alone; several messages that fail at the same time are one failure."""
    clock = simulation().clock.now()
    if destination.rests_until is None or destination.rests_until <= clock:
        # The exponent has an end: the longest pause is reached long before.
        destination.rests_until = clock + min(FIRST_PAUSE * 2 ** min(destination.failures, 20), LONGEST_PAUSE)
        destination.failures += 1
    return destination.rests_until


def _note(notification: Notification, result: str) -> None:
    attempt = {"at": written(now()), "result": result}
    notification.attempts = [*notification.attempts, attempt][-HISTORY:]
