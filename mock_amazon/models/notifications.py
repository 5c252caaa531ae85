"""Where notifications go, who subscribed to them, and those that were published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_amazon.models.base import Base
from simkit.database import Utc, UTCDateTime


class Destination(Base):
    """An application's queue or event bus, and how the mock reaches what stands in for it."""

    __tablename__ = "destination"
    __table_args__ = (UniqueConstraint("client_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    destination_id: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("application.client_id"))
    name: Mapped[str] = mapped_column(String(256))
    address: Mapped[str] = mapped_column(String(1000))
    """The ARN of the queue, or the name of the event source: one of each per application."""
    resource: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    to: Mapped[str] = mapped_column(String(2000), default="pull")
    delay: Mapped[float] = mapped_column(default=3.0)
    """Seconds from a change until it is published."""
    duplicates: Mapped[bool] = mapped_column(default=False)
    reorder: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(default=0)
    """Failed attempts since the last one that was accepted."""
    rests_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """It is left alone so long after a failure."""


class Subscription(Base):
    """An application's wish to be told of one kind of event of one seller."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("client_id", "seller_id", "notification_type", "payload_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("application.client_id"))
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    notification_type: Mapped[str] = mapped_column(String(100))
    payload_version: Mapped[str] = mapped_column(String(100))
    destination_key: Mapped[int] = mapped_column(ForeignKey("destination.id"))
    directive: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    destination: Mapped[Destination] = relationship()


class Notification(Base):
    """A notification as it was published, with every attempt to deliver it. It outlives its subscription."""

    __tablename__ = "notification"

    id: Mapped[int] = mapped_column(primary_key=True)
    notification_id: Mapped[str] = mapped_column(String(36), unique=True)
    destination_key: Mapped[int] = mapped_column(ForeignKey("destination.id"), index=True)
    subscription_id: Mapped[str | None] = mapped_column(String(36), index=True)
    event_time: Mapped[Utc]
    publish_time: Mapped[Utc]
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    """``waiting``, ``delivered``, or ``withdrawn`` with its subscription."""
    attempts: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    destination: Mapped[Destination] = relationship()


class QueuedMessage(Base):
    """A message in a queue of the mock's own, for whoever fetches; a duplicate is another of the same."""

    __tablename__ = "queued_message"
    __table_args__ = (Index("ix_queued_visible", "destination_key", "visible_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    destination_key: Mapped[int] = mapped_column(ForeignKey("destination.id"))
    notification_key: Mapped[int] = mapped_column(ForeignKey("notification.id"), index=True)
    visible_from: Mapped[Utc]
    receipt: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The handle of whoever received it last."""
    received: Mapped[int] = mapped_column(default=0)
    notification: Mapped[Notification] = relationship()
