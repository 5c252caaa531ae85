"""Subscriptions to events, and the outbox: one row for each event and subscriber."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models.base import Base, JsonList
from simkit.database import Utc, UTCDateTime


class Webhook(Base):
    """A subscription. Its secret signs what is sent, and is shown nowhere."""

    __tablename__ = "sim_webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    events: Mapped[JsonList]
    secret: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[Utc]

    @property
    def shown_url(self) -> str:
        """The address without its query, which may hold a token."""
        return self.url.partition("?")[0]


class Delivery(Base):
    """An event on its way to a subscriber, written in the transaction that saved what it tells."""

    __tablename__ = "sim_webhook_delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("sim_webhook.id"), index=True)
    event_id: Mapped[str] = mapped_column(String(32))
    """The same for all subscribers, and for all attempts."""
    event: Mapped[str] = mapped_column(String(64))
    entity_id: Mapped[int]
    occurred_at: Mapped[Utc]
    payload: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """Empty once it has arrived."""
    status: Mapped[str] = mapped_column(String(16))
    """waiting, delivered, failed."""
    attempts: Mapped[int] = mapped_column(default=0)
    response: Mapped[str | None] = mapped_column(String(100))
    """The status or the failure of the last attempt."""
    delivered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    webhook: Mapped[Webhook] = relationship(lazy="joined", innerjoin=True)
