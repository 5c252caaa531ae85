"""The log that masked errors point to: for the Admin and ``/_sim/log``, the newest entries only."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import delete, select

from mock_commerce.models import LogEntry, db
from simkit.simulation import simulation
from simkit.times import iso

KEPT = 500
LONGEST = 2000


def write(message: str, report_id: str | None = None) -> None:
    """Log what happened in the current call, and commit; nothing else may be open."""
    entry = LogEntry(
        logged_at=simulation().now(),
        report_id=report_id,
        method=request.method[:10],
        path=request.path[:LONGEST],
        message=message[:LONGEST].replace("\0", ""),
    )
    db.session.add(entry)
    db.session.flush()
    db.session.execute(delete(LogEntry).where(LogEntry.entry_id <= entry.entry_id - KEPT))
    db.session.commit()


def newest() -> list[LogEntry]:
    """All entries that are kept, the newest first."""
    return list(db.session.scalars(select(LogEntry).order_by(LogEntry.entry_id.desc())))


def as_dict(entry: LogEntry) -> dict[str, Any]:
    return {
        "time": iso(entry.logged_at),
        "report_id": entry.report_id,
        "method": entry.method,
        "path": entry.path,
        "message": entry.message,
    }
