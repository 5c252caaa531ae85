"""Invoices, shipments and credit memos as rows with a wire document: writing, comments, e-mails."""

from __future__ import annotations

from typing import Any, TypeVar

from mock_commerce import mails
from mock_commerce.models import Creditmemo, Invoice, Order, Shipment
from mock_commerce.webhooks import events
from mock_commerce.wire.values import time
from simkit import jsons
from simkit.simulation import simulation

AnyPaper = TypeVar("AnyPaper", Shipment, Invoice, Creditmemo)


def content_of(row: Shipment | Invoice | Creditmemo) -> dict[str, Any]:
    content = jsons.load(row.document)
    assert isinstance(content, dict)  # noqa: S101 - narrows what JSON may be
    return content


def write(row: Shipment | Invoice | Creditmemo, content: dict[str, Any]) -> None:
    """Keep the wire document of a row, and tell who listens."""
    row.document = jsons.dump({**content, "updated_at": time(row.updated_at)})
    events.saved(row)


def change(row: Shipment | Invoice | Creditmemo, **fields: Any) -> None:
    """Write some fields of the document anew."""
    row.updated_at = simulation().now().replace(microsecond=0)
    write(row, {**content_of(row), **fields})


def comment_rows(
    row: Shipment | Invoice | Creditmemo, comment: str | None, visible: int = 0
) -> list[dict[str, Any]]:
    """The comment list of a new document."""
    return [] if comment is None else [comment_row(row, {"comment": comment, "is_visible_on_front": visible})]


def comment_row(row: Shipment | Invoice | Creditmemo, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "entity_id": simulation().ids.next(f"{type(row).__name__.lower()}_comment"),
        "parent_id": row.entity_id,
        "comment": given.get("comment"),
        "is_customer_notified": given.get("is_customer_notified") or 0,
        "is_visible_on_front": given.get("is_visible_on_front") or 0,
        "created_at": time(simulation().now()),
    }


def add_comment(row: Shipment | Invoice | Creditmemo, given: dict[str, Any]) -> dict[str, Any]:
    comment = comment_row(row, given)
    change(row, comments=[*content_of(row).get("comments", []), comment])
    return comment


def notify(row: Shipment | Invoice | Creditmemo, order: Order) -> bool:
    """Write the e-mail down, as nothing is sent; False without an address."""
    if not order.customer_email:
        return False
    kind = f"{type(row).__name__.lower()}_new"
    mails.write(kind, customer_id=order.customer_id, order_id=order.entity_id)
    change(row, email_sent=1)
    return True
