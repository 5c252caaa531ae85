"""What the Feeds and the Reports API have in common: documents, and work that waits and has a result."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mock_amazon.models.base import Base
from simkit.database import Utc, UTCDateTime


class Document(Base):
    """A file that a seller uploads, or that Amazon offers for download."""

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"))
    made_by: Mapped[str] = mapped_column(String(10))
    """Whose it is: ``seller``, ``feed`` (a result) or ``report``."""
    content_type: Mapped[str] = mapped_column(String(200))
    created: Mapped[Utc]
    used: Mapped[bool] = mapped_column(default=False)
    """Whether a feed has taken it; it is good for one only."""
    gzipped: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """None until it is uploaded."""


class Job:
    """The columns of feeds and reports."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    """The feedId or reportId."""
    seller_id: Mapped[str] = mapped_column(ForeignKey("seller.id"), index=True)
    kind: Mapped[str] = mapped_column(String(100))
    """The feedType or reportType."""
    marketplace_ids: Mapped[list[str]] = mapped_column(JSON)
    created: Mapped[Utc]
    status: Mapped[str] = mapped_column(String(20), default="IN_QUEUE")
    started: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended: Mapped[datetime | None] = mapped_column(UTCDateTime)
    result_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    """The document with the result, once there is one."""


class Processing(Base):
    """How long feeds (or reports) wait and run, and how they end, where that was changed."""

    __tablename__ = "processing"

    of: Mapped[str] = mapped_column(String(10), primary_key=True)
    queued: Mapped[int]
    """Seconds in the queue."""
    running: Mapped[int]
    """Seconds in progress."""
    outcome: Mapped[str] = mapped_column(String(20))
