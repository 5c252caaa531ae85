"""Delivery: attempts on the clock, sent by a thread for each subscriber: he may call this server meanwhile.

At least once: the next attempt is planned before anything is sent, and called off when it has arrived.
"""

from __future__ import annotations

import hashlib
import hmac
import queue
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, g

from mock_commerce import turns
from mock_commerce.models import Delivery, db
from mock_commerce.webhooks import posting
from mock_commerce.webhooks.events import DELIVERED, FAILED, KIND, WAITING
from simkit.simulation import simulation

OUTGOING = "webhooks"
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""What passes between the attempts."""
MOST_ATTEMPTS = len(PAUSES) + 1


@dataclass(frozen=True)
class Message:
    """One attempt: what goes where."""

    delivery_id: int
    event_id: str
    webhook_id: int
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: the response's status or the kind of failure."""

    delivery_id: int
    event_id: str
    arrived: bool
    text: str


class Outgoing:
    """The threads that send, and the outcomes that nobody has written down yet."""

    def __init__(self) -> None:
        self._lines: dict[int, queue.Queue[tuple[int, Message]]] = {}
        self._world = 0
        self.sending: set[int] = set()
        self.outcomes: deque[Outcome] = deque()

    def dump(self) -> None:
        return None

    def load(self, state: None) -> None:
        del state
        self.reset()

    def reset(self) -> None:
        """Forget all: the deliveries of the world before are not those of this one."""
        self._world += 1
        self.sending.clear()
        self.outcomes.clear()

    def send(self, message: Message) -> None:
        """Have it sent soon; a subscriber who is slow keeps nobody else waiting."""
        line = self._lines.get(message.webhook_id)
        if line is None:
            line = self._lines[message.webhook_id] = queue.Queue()
            name = f"webhook-{message.webhook_id}"
            threading.Thread(target=self._work, args=[line], name=name, daemon=True).start()
        self.sending.add(message.delivery_id)
        line.put((self._world, message))

    def wait(self) -> None:
        """Until everything has been tried that was to be sent."""
        for line in self._lines.values():
            line.join()

    def _work(self, line: queue.Queue[tuple[int, Message]]) -> None:
        while True:
            world, message = line.get()
            outcome = attempt(message) if world == self._world else None
            if outcome is not None and world == self._world:
                self.outcomes.append(outcome)
            line.task_done()


def attempt(message: Message) -> Outcome:
    """Send it, once."""
    try:
        status = posting.post(message.url, message.headers, message.body)
    except Exception as error:  # noqa: BLE001 - whatever an address makes of it: the thread has to go on
        text = type(error).__name__
        return Outcome(message.delivery_id, message.event_id, arrived=False, text=text)
    arrived = status // 100 == 2  # noqa: PLR2004 - the 2xx
    return Outcome(message.delivery_id, message.event_id, arrived=arrived, text=str(status))


def outgoing() -> Outgoing:
    found = simulation().vendor.volatile[OUTGOING]
    assert isinstance(found, Outgoing)  # noqa: S101 - narrows the type of the kit's dict
    return found


def run(data: Mapping[str, Any]) -> None:
    """The agenda's handler: one attempt, and the next one planned should it fail."""
    write_down()
    delivery = db.session.get(Delivery, data["delivery"])
    if delivery is None or delivery.status != WAITING:
        return
    if delivery.id in outgoing().sending:
        _plan(delivery)
        return
    delivery.attempts += 1
    _plan(delivery)
    message = _message(delivery)
    db.session.commit()
    outgoing().send(message)


def _plan(delivery: Delivery) -> None:
    """By the clock, not by the moment of the work: a leap of the clock is one attempt, not all of them."""
    pause = PAUSES[min(delivery.attempts, len(PAUSES)) - 1]
    due = simulation().clock.now() + pause
    simulation().agenda.plan(KIND, due, str(delivery.id), delivery=delivery.id)


def _message(delivery: Delivery) -> Message:
    signature = hmac.new(delivery.webhook.secret.encode(), delivery.payload, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "channelsim-webhook",
        "X-Webhook-Id": delivery.event_id,
        "X-Webhook-Event": delivery.event,
        "X-Webhook-Attempt": str(delivery.attempts),
        "X-Webhook-Signature": f"sha256={signature}",
    }
    return Message(
        delivery.id,
        delivery.event_id,
        delivery.webhook_id,
        delivery.webhook.url,
        headers,
        delivery.payload,
    )


def write_down() -> None:
    """Keep what came of the attempts, and commit; before each request, and nearly always nothing."""
    done = outgoing()
    while done.outcomes:
        turns.take()
        outcome = done.outcomes.popleft()
        done.sending.discard(outcome.delivery_id)
        delivery = db.session.get(Delivery, outcome.delivery_id)
        if delivery is not None and delivery.event_id == outcome.event_id and delivery.status == WAITING:
            _note(delivery, outcome)
            db.session.commit()


def _note(delivery: Delivery, outcome: Outcome) -> None:
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
