"""Feeds, and what sellers gave back to buyers through them."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mock_amazon.models.base import Base
from mock_amazon.models.jobs import Job
from simkit.database import Money, Utc


class Feed(Job, Base):
    """A document of a seller with work for Amazon."""

    __tablename__ = "feed"

    input_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    succeeded: Mapped[int] = mapped_column(default=0)
    """Messages (or records) that were carried out."""
    failed: Mapped[int] = mapped_column(default=0)


class Refund(Base):
    """Money of one order item that the seller gave back; ``amounts`` by component, as text."""

    __tablename__ = "refund"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("amazon_order.id"), index=True)
    order_item_id: Mapped[str] = mapped_column(ForeignKey("order_item.order_item_id"))
    adjustment_id: Mapped[str | None] = mapped_column(String(100))
    """The seller's own name for it."""
    created: Mapped[Utc]
    reason: Mapped[str] = mapped_column(String(60))
    quantity_cancelled: Mapped[int] = mapped_column(default=0)
    amounts: Mapped[dict[str, str]] = mapped_column(JSON)
    total: Mapped[Money]
