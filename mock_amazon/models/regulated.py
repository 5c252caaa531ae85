"""What Amazon asks of the buyer of a regulated product, and what became of its verification."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mock_amazon.models.base import Base
from simkit.database import UTCDateTime


class RegulatedOrder(Base):
    """The regulated half of an order. Lists are kept as Amazon writes them."""

    __tablename__ = "regulated_order"

    order_id: Mapped[int] = mapped_column(ForeignKey("amazon_order.id"), primary_key=True)
    fields: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    """What the buyer wrote: personal data."""
    dosage_label: Mapped[bool]
    merchant_acts: Mapped[bool]
    """Whether the merchant has to verify it, and not somebody else."""
    rejection_reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    detail_types: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    interim_codes: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20))
    reviewer: Mapped[str | None] = mapped_column(String(200))
    reviewed: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rejected_for: Mapped[str | None] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the reviewer told besides: the last of each type."""
