"""How feeds and reports go through Amazon's machinery: a while in the queue, a while in progress, then done.

The whiles are ours (Amazon promises none), and a control call changes them and makes the machinery fail.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import CursorResult, select, update

from mock_amazon.documents.keeping import KEPT
from mock_amazon.models import Job, Processing, db
from mock_amazon.moments import now
from simkit.simulation import simulation

KINDS = ("feeds", "reports")
PROCESSED, FATAL = "processed", "FATAL"
OUTCOMES = (PROCESSED, FATAL)
_log = logging.getLogger(__name__)
_AnyJob = TypeVar("_AnyJob", bound=Job)


class JobStatus(StrEnum):
    """The processing statuses of both APIs."""

    CANCELLED = "CANCELLED"
    DONE = "DONE"
    FATAL = "FATAL"
    IN_PROGRESS = "IN_PROGRESS"
    IN_QUEUE = "IN_QUEUE"


@dataclass(frozen=True)
class Pace:
    """How long jobs wait and run, and whether they are processed or break off."""

    queued: timedelta = timedelta(minutes=1)
    running: timedelta = timedelta(minutes=1)
    outcome: str = PROCESSED


def pace(of: str) -> Pace:
    row = db.session.get(Processing, of)
    if row is None:
        return Pace()
    return Pace(timedelta(seconds=row.queued), timedelta(seconds=row.running), row.outcome)


def pace_json(of: str) -> dict[str, str]:
    """The pace for whoever looks from outside."""
    known = pace(of)
    spans = {"queued": known.queued, "running": known.running}
    return {
        **{name: f"{int(span.total_seconds())}s" for name, span in spans.items()},
        "outcome": known.outcome,
    }


def set_pace(of: str, new: Pace) -> None:
    """The caller commits."""
    seconds = {"queued": int(new.queued.total_seconds()), "running": int(new.running.total_seconds())}
    db.session.merge(Processing(of=of, outcome=new.outcome, **seconds))


def enqueue(of: str, job: Job) -> None:
    """Have the job done after a while. The caller commits."""
    db.session.add(job)
    db.session.flush()
    simulation().agenda.plan(f"{of}_begin", now() + pace(of).queued, job.number, number=job.number)


def begin(of: str, job: type[Job], data: Mapping[str, str]) -> None:
    """The job's turn has come, unless it was cancelled."""
    begun = {"status": JobStatus.IN_PROGRESS.value, "started": now()}
    if _changed(job, data["number"], begun):
        simulation().agenda.plan(f"{of}_end", now() + pace(of).running, data["number"], number=data["number"])


def cancel(of: str, job: Job) -> bool:
    """Cancel a job that waits; False where its turn has come. The caller commits."""
    ended = {"status": JobStatus.CANCELLED.value, "started": now(), "ended": now()}
    simulation().agenda.call_off(f"{of}_begin", job.number)
    return _changed(type(job), job.number, ended)


def run(of: str, job: _AnyJob, work: Callable[[_AnyJob], None]) -> None:
    """Do the work whose time is over: all of it, or none and the job ends FATAL."""
    if pace(of).outcome == FATAL:
        finish(job, JobStatus.FATAL)
        return
    number = job.number
    try:
        with db.session.begin_nested():
            work(job)
    except Exception:  # noqa: BLE001 - else its client would wait for ever
        _log.exception("%s %s broke off", of, number)
        finish(job, JobStatus.FATAL)


def finish(job: Job, status: JobStatus, result_id: str | None = None) -> None:
    job.status, job.ended, job.result_id = status.value, now(), result_id


def find(job: type[_AnyJob], number: str, seller_id: str) -> _AnyJob | None:
    """A seller's feed or report, unless it is too old."""
    if not number.isdigit():  # PostgreSQL does not even look for a NUL
        return None
    statement = select(job).where(job.number == number, job.seller_id == seller_id)
    return db.session.scalar(statement.where(job.created >= now() - KEPT))


def _changed(job: type[Job], number: str, values: Mapping[str, object]) -> bool:
    """Change a job that waits; two that try at the same time do not both succeed."""
    waits = (job.number == number, job.status == JobStatus.IN_QUEUE.value)
    done = db.session.execute(update(job).where(*waits).values(values))
    assert isinstance(done, CursorResult)  # noqa: S101 - narrows the result of an UPDATE
    return done.rowcount == 1
