"""Delivery: attempts on the clock, each sent by a thread, so that a receiver may call this server meanwhile.

At least once: the next attempt is planned before anything is sent, and called off when it has arrived.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response, g

from mock_commerce import turns
from mock_commerce.models import Delivery, db
from mock_commerce.webhooks.events import DELIVERED, FAILED, KIND, WAITING
from simkit.outgoing import Outcome, Outgoing, post
from simkit.simulation import simulation

OUTGOING = "webhooks"
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""What passes between the attempts."""
MOST_ATTEMPTS = len(PAUSES) + 1


Key = tuple[int, str]
"""A delivery and its event: ids of deliveries come again when a subscription has ended."""


def outgoing() -> Outgoing[Key]:
    found = simulation().vendor.volatile[OUTGOING]
    assert isinstance(found, Outgoing)  # noqa: S101 - narrows the type of the kit's dict
    return found


def run(data: Mapping[str, Any]) -> None:
    """The agenda's handler: one attempt, and the next one planned should it fail."""
    delivery = db.session.get(Delivery, data["delivery"])
    if delivery is None or delivery.status != WAITING:
        return
    key = (delivery.id, delivery.event_id)
    if key in outgoing().sending:
        _plan(delivery)
        return
    delivery.attempts += 1
    _plan(delivery)
    attempt = functools.partial(post, delivery.webhook.url, delivery.payload, _headers(delivery))
    db.session.commit()
    outgoing().send(delivery.webhook_id, key, attempt)


def _plan(delivery: Delivery) -> None:
    """By the clock, not by the moment of the work: a leap of the clock is one attempt, not all of them."""
    pause = PAUSES[min(delivery.attempts, len(PAUSES)) - 1]
    due = simulation().clock.now() + pause
    simulation().agenda.plan(KIND, due, str(delivery.id), delivery=delivery.id)


def _headers(delivery: Delivery) -> dict[str, str]:
    signature = hmac.new(delivery.webhook.secret.encode(), delivery.payload, hashlib.sha256).hexdigest()
    return {
        "User-Agent": "channelsim-webhook",
        "X-Webhook-Id": delivery.event_id,
        "X-Webhook-Event": delivery.event,
        "X-Webhook-Attempt": str(delivery.attempts),
        "X-Webhook-Signature": f"sha256={signature}",
    }


def write_down() -> None:
    """Keep what came of the attempts, and commit; before each request, and nearly always nothing."""
    for outcome in outgoing().outcomes():
        turns.take()
        delivery_id, event_id = outcome.key
        delivery = db.session.get(Delivery, delivery_id)
        if delivery is not None and delivery.event_id == event_id and delivery.status == WAITING:
            _note(delivery, outcome)
            db.session.commit()


def _note(delivery: Delivery, outcome: Outcome[Key]) -> None:
    delivery.response = outcome.text
    if outcome.arrived:
        delivery.status, delivery.delivered_at, delivery.payload = DELIVERED, simulation().now(), b""
    elif delivery.attempts >= MOST_ATTEMPTS:
        delivery.status = FAILED
    if delivery.status != WAITING:
        simulation().agenda.call_off(KIND, str(delivery.id))


def send_now(response: Response) -> Response:
    """After a request that saved something: what is due goes out now, not before the next request."""
    if g.get("has_events"):
        simulation().agenda.run_due()
    return response
