"""What Commerce writes into its own log: the reasons behind masked errors."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mock_commerce.models.base import Base
from simkit.database import Utc


class LogEntry(Base):
    __tablename__ = "sim_exception_log"

    entry_id: Mapped[int] = mapped_column(primary_key=True)
    logged_at: Mapped[Utc]
    report_id: Mapped[str | None] = mapped_column(String(32))
    """What the caller was told instead; None where an error's text pointed to the log."""
    method: Mapped[str] = mapped_column(String(10))
    path: Mapped[str]
    message: Mapped[str]
