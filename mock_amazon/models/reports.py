"""Reports, and the schedules that ask for them again and again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mock_amazon.models.base import Base
from mock_amazon.models.jobs import Job
from simkit.database import Utc


class Report(Job, Base):
    """A report that a seller or a schedule asked for."""

    __tablename__ = "report"

    data_start: Mapped[Utc]
    data_end: Mapped[Utc]
    schedule_number: Mapped[str | None] = mapped_column(String(20))


class ReportSchedule(Base):
    """Asks for a report every period; gone once it is cancelled."""

    __tablename__ = "report_schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"), index=True)
    kind: Mapped[str] = mapped_column(String(100))
    marketplace_ids: Mapped[list[str]] = mapped_column(JSON)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    period: Mapped[str] = mapped_column(String(10))
    next_time: Mapped[Utc]
