"""Who is told what, and what became of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select

from mock_commerce.models import Delivery, Webhook, db
from mock_commerce.webhooks.events import DELIVERED, EVENTS, FAILED, KIND, WAITING
from simkit.simulation import simulation
from simkit.times import iso

SHOWN = 100
_ALL = select(Webhook).order_by(Webhook.id)


def add(url: str, secret: str, events: list[str]) -> Webhook:
    """Subscribe; the caller commits."""
    hook = Webhook(url=url, secret=secret, events=events, created_at=simulation().now())
    db.session.add(hook)
    db.session.flush()
    return hook


def remove(hook: Webhook) -> None:
    """End a subscription and forget its deliveries; the caller commits."""
    for delivery_id in db.session.scalars(select(Delivery.id).where(Delivery.webhook_id == hook.id)):
        simulation().agenda.call_off(KIND, str(delivery_id))
    db.session.execute(delete(Delivery).where(Delivery.webhook_id == hook.id))
    db.session.delete(hook)


def retry(hook: Webhook) -> int:
    """Begin again with the deliveries that failed for good; answers how many. The caller commits."""
    rows = db.session.scalars(
        select(Delivery).where(Delivery.webhook_id == hook.id, Delivery.status == FAILED)
    ).all()
    for row in rows:
        row.status, row.attempts = WAITING, 0
        simulation().agenda.plan(KIND, simulation().now(), str(row.id), delivery=row.id)
    return len(rows)


def everybody() -> list[Webhook]:
    return list(db.session.scalars(_ALL))


def summaries() -> list[dict[str, Any]]:
    """All subscriptions with the numbers of their deliveries, without their secrets."""
    hooks = everybody()
    if not hooks:
        return []
    query = select(Delivery.webhook_id, Delivery.status, func.count())
    rows = db.session.execute(query.group_by(Delivery.webhook_id, Delivery.status)).all()
    numbers = {(hook_id, status): number for hook_id, status, number in rows}
    return [
        {
            "id": hook.id,
            "url": hook.shown_url,
            "events": hook.events,
            **{status: numbers.get((hook.id, status), 0) for status in (WAITING, DELIVERED, FAILED)},
        }
        for hook in hooks
    ]


def newest(hook: Webhook | None = None) -> list[Delivery]:
    """The newest deliveries, of one subscriber or of all."""
    query = select(Delivery).order_by(Delivery.id.desc()).limit(SHOWN)
    if hook is not None:
        query = query.where(Delivery.webhook_id == hook.id)
    return list(db.session.scalars(query))


def as_dict(delivery: Delivery) -> dict[str, Any]:
    return {
        "event_id": delivery.event_id,
        "event": delivery.event,
        "entity_id": delivery.entity_id,
        "occurred_at": iso(delivery.occurred_at),
        "status": delivery.status,
        "attempts": delivery.attempts,
        "response": delivery.response,
        "delivered_at": iso(delivery.delivered_at) if delivery.delivered_at else None,
    }


def all_events() -> list[str]:
    return list(EVENTS.values())
