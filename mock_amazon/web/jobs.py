"""Feeds and reports: what was submitted or asked for, and how far it is. Only to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import Blueprint, render_template
from sqlalchemy import select

from mock_amazon.documents.signing import download_url
from mock_amazon.models import Feed, Job, Report, ReportSchedule, db
from mock_amazon.processing import KINDS, pace_json

MOST = 100
"""So many are shown of each kind, the newest."""
_AnyJob = TypeVar("_AnyJob", bound=Job)


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/feeds-and-reports", "jobs", _jobs)


def _jobs() -> str:
    schedules = select(ReportSchedule).order_by(ReportSchedule.id.desc()).limit(MOST)
    return render_template(
        "seller_central/jobs.html",
        feeds=_newest(Feed),
        reports=_newest(Report),
        schedules=db.session.scalars(schedules).all(),
        paces={of: pace_json(of) for of in KINDS},
        colours={"DONE": "success", "FATAL": "danger", "CANCELLED": "secondary"},
        url_of=_url_of,
        most=MOST,
    )


def _newest(job: type[_AnyJob]) -> Sequence[_AnyJob]:
    return db.session.scalars(select(job).order_by(job.id.desc()).limit(MOST)).all()


def _url_of(document_id: str) -> str:
    """Where the result can be read, for as long as any pre-signed URL is good."""
    return download_url(document_id, unpacked=True)
