"""Bodies and answers of Reports 2021-06-30."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from mock_amazon.errors import InvalidInput
from mock_amazon.models import Report, ReportSchedule
from mock_amazon.reports.periods import PERIODS
from mock_amazon.reports.types import COLLECTORS
from mock_amazon.wire.jobs import MOST_MARKETPLACES, Part, job_json, loaded, stamp
from mock_amazon.wire.present import present

REFUSAL = "Invalid Input"
"""As the real API says it of bodies (amzn/selling-partner-api-models#1810)."""
INVALID_TYPE = "Invalid Report Type {}"
"""Of a type that is not known (amzn/selling-partner-api-models#1926)."""


class _Specification(Part):
    kind = fields.String(required=True, data_key="reportType")
    marketplace_ids = fields.List(
        fields.String(),
        required=True,
        data_key="marketplaceIds",
        validate=validate.Length(1, MOST_MARKETPLACES),
    )
    options = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        data_key="reportOptions",
        load_default=dict,
        allow_none=True,
    )


class _ReportSpecification(_Specification):
    start = fields.String(data_key="dataStartTime", load_default=None, allow_none=True)
    end = fields.String(data_key="dataEndTime", load_default=None, allow_none=True)


class _ScheduleSpecification(_Specification):
    period = fields.String(required=True, data_key="period", validate=validate.OneOf(PERIODS))
    next_time = fields.String(data_key="nextReportCreationTime", load_default=None, allow_none=True)


_report, _schedule = _ReportSpecification(), _ScheduleSpecification()


def report_specification(data: bytes) -> dict[str, Any]:
    """The body of createReport.

    Raises InvalidInput.
    """
    return _known_type(loaded(_report, data, REFUSAL))


def schedule_specification(data: bytes) -> dict[str, Any]:
    """The body of createReportSchedule.

    Raises InvalidInput.
    """
    return _known_type(loaded(_schedule, data, REFUSAL))


def _known_type(wish: dict[str, Any]) -> dict[str, Any]:
    if wish["kind"] not in COLLECTORS:
        raise InvalidInput(INVALID_TYPE.format(wish["kind"]), f"Imitated are {', '.join(COLLECTORS)}")
    return wish


def report_json(report: Report) -> dict[str, Any]:
    times: Mapping[str, str | None] = {
        "dataStartTime": stamp(report.data_start),
        "dataEndTime": stamp(report.data_end),
        "reportScheduleId": report.schedule_number,
    }
    return job_json(report, ("reportId", "reportType", "reportDocumentId"), times)


def schedule_json(schedule: ReportSchedule) -> dict[str, Any]:
    return present(
        reportScheduleId=schedule.number,
        reportType=schedule.kind,
        marketplaceIds=schedule.marketplace_ids,
        reportOptions=schedule.options or None,
        period=schedule.period,
        nextReportCreationTime=stamp(schedule.next_time),
    )
