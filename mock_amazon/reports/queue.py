"""A report on its way: asked for, begun, done; and the schedules that ask again and again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from mock_amazon import processing
from mock_amazon.documents.keeping import report_document
from mock_amazon.models import Report, ReportSchedule, db
from mock_amazon.moments import now
from mock_amazon.processing import JobStatus
from mock_amazon.reports.all_orders import COLUMNS, Window
from mock_amazon.reports.periods import after
from mock_amazon.reports.types import COLLECTORS
from mock_amazon.wire.charsets import charset_of, encoded
from simkit.simulation import simulation

LONGEST = timedelta(days=30)
TOO_LONG = "Date range exceeded. Report can be requested only upto 30 days"
"""What stands in the document then (amzn/selling-partner-api-models#2591)."""
SCHEDULED = "report_scheduled"
MOST_MISSED = 100
"""Reports of one schedule that are made up for when the clock leaps."""


def begin(data: Mapping[str, Any]) -> None:
    processing.begin("reports", Report, data)


def end(data: Mapping[str, Any]) -> None:
    report = db.session.scalar(select(Report).where(Report.number == data["number"]))
    if report is None or report.status != JobStatus.IN_PROGRESS:
        return
    processing.run("reports", report, _make)


def _make(report: Report) -> None:
    if report.data_end - report.data_start > LONGEST:
        processing.finish(report, JobStatus.FATAL, _document(report, [TOO_LONG]))
    elif rows := COLLECTORS[report.kind](_window(report)):
        processing.finish(report, JobStatus.DONE, _document(report, ["\t".join(COLUMNS), *rows]))
    else:
        # A report without data is cancelled, not empty (amzn/selling-partner-api-models#685).
        processing.finish(report, JobStatus.CANCELLED)


def _window(report: Report) -> Window:
    return Window(report.seller_id, report.marketplace_ids, report.data_start, report.data_end)


def _document(report: Report, lines: list[str]) -> str:
    charset = charset_of(report.marketplace_ids)
    content = encoded("".join(f"{line}\n" for line in lines), charset)
    return report_document(report.seller_id, content, f"text/plain; charset={charset}").id


def plan(schedule: ReportSchedule) -> None:
    """Have the next report of a schedule asked for in its time. The caller commits."""
    simulation().agenda.plan(SCHEDULED, schedule.next_time, schedule.number, number=schedule.number)


def drop(schedule: ReportSchedule) -> None:
    """The schedule asks no more. The caller commits."""
    simulation().agenda.call_off(SCHEDULED, schedule.number)
    db.session.delete(schedule)


def fire(data: Mapping[str, Any]) -> None:
    """A schedule's time has come: ask for a report about the period that ends now."""
    schedule = db.session.scalar(select(ReportSchedule).where(ReportSchedule.number == data["number"]))
    if schedule is None:
        return
    report = Report(
        number=simulation().ids.digits("report", 11),
        seller_id=schedule.seller_id,
        kind=schedule.kind,
        marketplace_ids=schedule.marketplace_ids,
        created=now(),
        data_start=after(now(), schedule.period, times=-1),
        data_end=now(),
        schedule_number=schedule.number,
    )
    processing.enqueue("reports", report)
    schedule.next_time = _next_time(schedule)
    plan(schedule)


def _next_time(schedule: ReportSchedule) -> datetime:
    """A period later, or as much later as leaves no more than ``MOST_MISSED`` before the clock."""
    following = after(schedule.next_time, schedule.period)
    missed = int((simulation().clock.now() - following) / (after(following, schedule.period) - following))
    return after(following, schedule.period, times=max(0, missed - MOST_MISSED))
