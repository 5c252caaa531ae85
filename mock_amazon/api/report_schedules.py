"""Reports 2021-06-30: schedules, which ask for a report every period."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_amazon.access.auth import admit, caller
from mock_amazon.api.reports import applied_marketplaces
from mock_amazon.errors import NotFound
from mock_amazon.models import ReportSchedule, db
from mock_amazon.moments import now
from mock_amazon.reports import queue
from mock_amazon.wire.job_search import kinds_of
from mock_amazon.wire.jobs import time_of
from mock_amazon.wire.reports import INVALID_TYPE, schedule_json, schedule_specification
from simkit.simulation import operation, simulation

bp = Blueprint("report_schedules", __name__, url_prefix="/reports/2021-06-30/schedules")
bp.before_request(admit)


@bp.post("")
@operation("createReportSchedule")
def create_report_schedule() -> ResponseReturnValue:
    """createReportSchedule: have a report made every period; one of the same type and marketplaces ends."""
    who, wish = caller(), schedule_specification(request.get_data())
    markets = sorted(applied_marketplaces(wish["marketplace_ids"]))
    first = time_of(wish["next_time"], "nextReportCreationTime") or now()
    for known in _schedules([wish["kind"]]):
        if sorted(known.marketplace_ids) == markets:
            queue.drop(known)
    schedule = ReportSchedule(
        number=simulation().ids.digits("report_schedule", 11),
        seller_id=who.seller_id,
        kind=wish["kind"],
        marketplace_ids=markets,
        options=wish["options"] or {},
        period=wish["period"],
        next_time=max(first, now()),  # what is past is not caught up on
    )
    db.session.add(schedule)
    queue.plan(schedule)
    db.session.commit()
    return jsonify(reportScheduleId=schedule.number), 201


@bp.get("")
@operation("getReportSchedules")
def get_report_schedules() -> ResponseReturnValue:
    """getReportSchedules: the schedules of these types."""
    kinds = kinds_of(request.args, "reportTypes", INVALID_TYPE)
    return jsonify(reportSchedules=[schedule_json(schedule) for schedule in _schedules(kinds)])


@bp.get("/<schedule_id>")
@operation("getReportSchedule")
def get_report_schedule(schedule_id: str) -> ResponseReturnValue:
    """getReportSchedule: one schedule."""
    return jsonify(schedule_json(_found(schedule_id)))


@bp.delete("/<schedule_id>")
@operation("cancelReportSchedule")
def cancel_report_schedule(schedule_id: str) -> Response:
    """cancelReportSchedule: end a schedule."""
    queue.drop(_found(schedule_id))
    db.session.commit()
    return Response(status=200, mimetype="application/json")


def _schedules(kinds: list[str]) -> list[ReportSchedule]:
    own = select(ReportSchedule).where(ReportSchedule.seller_id == caller().seller_id)
    return list(db.session.scalars(own.where(ReportSchedule.kind.in_(kinds)).order_by(ReportSchedule.id)))


def _found(schedule_id: str) -> ReportSchedule:
    own = select(ReportSchedule).where(ReportSchedule.seller_id == caller().seller_id)
    known = own.where(ReportSchedule.number == schedule_id)
    schedule = db.session.scalar(known) if schedule_id.isdigit() else None
    if schedule is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no schedule {schedule_id}.")
    return schedule
