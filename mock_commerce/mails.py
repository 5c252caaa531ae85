"""Mails are written down, not sent: what kind, about which customer or order, with which token."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_commerce.models import Mail, db
from mock_commerce.wire.values import time, without_nulls
from simkit.simulation import simulation

SHOWN = 100


def write(
    kind: str, *, customer_id: int | None = None, order_id: int | None = None, token: str | None = None
) -> None:
    """Write one down. The caller commits."""
    moment = simulation().clock.now()
    db.session.add(Mail(sent_at=moment, kind=kind, customer_id=customer_id, order_id=order_id, token=token))


def newest() -> list[dict[str, Any]]:
    """The latest of them, newest first, as the control API shows them."""
    rows = db.session.scalars(select(Mail).order_by(Mail.mail_id.desc()).limit(SHOWN))
    return [_shown(row) for row in rows]


def _shown(mail: Mail) -> dict[str, Any]:
    about = {"customer_id": mail.customer_id, "order_id": mail.order_id, "token": mail.token}
    return {"kind": mail.kind, "sent_at": time(mail.sent_at), **without_nulls(about)}
