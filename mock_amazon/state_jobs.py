"""Feeds, reports and refunds in the state that whoever looks from outside sees."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from mock_amazon.models import Feed, Order, Refund, Report, ReportSchedule, db
from mock_amazon.processing import KINDS, pace_json
from mock_amazon.wire.jobs import stamp
from mock_amazon.wire.present import present

_FEEDS = select(Feed).order_by(Feed.id)
_REPORTS = select(Report).order_by(Report.id)
_SCHEDULES = select(ReportSchedule).order_by(ReportSchedule.id)
_REFUNDS = select(Refund).order_by(Refund.id)


def jobs_state() -> dict[str, Any]:
    return {
        "feeds": [_feed(feed) for feed in db.session.scalars(_FEEDS)],
        "reports": [_report(report) for report in db.session.scalars(_REPORTS)],
        "report_schedules": [_schedule(schedule) for schedule in db.session.scalars(_SCHEDULES)],
        "processing": {of: pace_json(of) for of in KINDS},
    }


def refunds_by_order() -> dict[int, list[Refund]]:
    """All refunds by their orders' row ids."""
    found: defaultdict[int, list[Refund]] = defaultdict(list)
    for refund in db.session.scalars(_REFUNDS):
        found[refund.order_id].append(refund)
    return found


def refund_json(order: Order, refund: Refund) -> dict[str, Any]:
    return {
        "order_item_id": refund.order_item_id,
        "reason": refund.reason,
        "cancelled": refund.quantity_cancelled,
        "amounts": refund.amounts,
        "total": order.marketplace.amount(refund.total),
    }


def _feed(feed: Feed) -> dict[str, Any]:
    return {
        "id": feed.number,
        "seller": feed.seller_id,
        "type": feed.kind,
        "status": feed.status,
        "succeeded": feed.succeeded,
        "failed": feed.failed,
    }


def _report(report: Report) -> dict[str, Any]:
    told = {"id": report.number, "seller": report.seller_id, "type": report.kind, "status": report.status}
    return present(**told, schedule=report.schedule_number)


def _schedule(schedule: ReportSchedule) -> dict[str, Any]:
    told = {"id": schedule.number, "seller": schedule.seller_id, "type": schedule.kind}
    return {**told, "period": schedule.period, "next": stamp(schedule.next_time)}
