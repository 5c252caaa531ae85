"""What is told: an order, shipment, invoice or credit memo was saved. Names as Commerce's own events."""

from __future__ import annotations

from flask import g
from sqlalchemy import select

from mock_commerce.models import Creditmemo, Delivery, Invoice, Order, Shipment, Webhook, db
from simkit import jsons
from simkit.simulation import simulation
from simkit.times import iso

WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"
KIND = "webhook"
"""The kind of deliveries on the agenda."""
ID_LENGTH = 24
EVENTS: dict[type[Order | Shipment | Invoice | Creditmemo], str] = {
    Order: "sales_order_save_after",
    Shipment: "sales_order_shipment_save_after",
    Invoice: "sales_order_invoice_save_after",
    Creditmemo: "sales_order_creditmemo_save_after",
}
_SUBSCRIBERS = select(Webhook.id, Webhook.events).order_by(Webhook.id)


def saved(row: Order | Shipment | Invoice | Creditmemo) -> None:
    """Write the event for everybody who wants it; part of the caller's transaction.

    To be called once ``row.document``, which is what the REST API answers, is new.
    """
    event = EVENTS[type(row)]
    hooks = db.session.execute(_SUBSCRIBERS).all()
    wanted = [hook_id for hook_id, events in hooks if event in events]
    if not wanted or g.get("rehearsal"):
        return
    now = simulation().now()
    event_id = simulation().ids.token("webhook_event", ID_LENGTH)
    head = jsons.dump({"id": event_id, "event": event, "occurred_at": iso(now)})
    payload = b'%b,"data":%b}' % (head[:-1], row.document)
    deliveries = [
        Delivery(
            webhook_id=hook_id,
            event_id=event_id,
            event=event,
            entity_id=row.entity_id,
            occurred_at=now,
            payload=payload,
            status=WAITING,
        )
        for hook_id in wanted
    ]
    db.session.add_all(deliveries)
    db.session.flush()
    for delivery in deliveries:
        simulation().agenda.plan(KIND, now, str(delivery.id), delivery=delivery.id)
    g.has_events = True
