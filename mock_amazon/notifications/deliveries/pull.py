"""Queues of the mock's own, small copies of SQS: receive hides a message for a while, delete removes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from mock_amazon.models import Destination, Notification, QueuedMessage, db
from mock_amazon.moments import now
from simkit.simulation import simulation


def put(notification: Notification) -> None:
    db.session.add(
        QueuedMessage(
            destination_key=notification.destination_key, notification=notification, visible_from=now()
        )
    )


def receive(destination: Destination, most: int, visibility: timedelta) -> Sequence[QueuedMessage]:
    """The oldest messages that nobody has, with new receipts, and hidden for so long.

    The caller commits.
    """
    moment = now()
    visible = (
        select(QueuedMessage)
        .options(joinedload(QueuedMessage.notification))
        .where(QueuedMessage.destination_key == destination.id, QueuedMessage.visible_from <= moment)
        .order_by(QueuedMessage.id)
        .limit(most)
    )
    messages = db.session.scalars(visible).all()
    for message in messages:
        message.receipt = simulation().ids.token("receipt", 48)
        message.visible_from = moment + visibility
        message.received += 1
    return messages


def remove(receipt: str) -> bool:
    """Whether there was a message that was last received with that receipt. The caller commits."""
    if not receipt.isprintable():  # PostgreSQL does not even look for a NUL
        return False
    found = db.session.scalar(select(QueuedMessage.id).where(QueuedMessage.receipt == receipt))
    db.session.execute(delete(QueuedMessage).where(QueuedMessage.id == found))
    return found is not None
