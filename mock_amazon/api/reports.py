"""Reports 2021-06-30: reports, and their documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon import processing
from mock_amazon.access.auth import admit, caller
from mock_amazon.documents import keeping
from mock_amazon.documents.signing import download_url
from mock_amazon.errors import InvalidInput, NotFound
from mock_amazon.models import Report, Seller, db
from mock_amazon.moments import now
from mock_amazon.paging import job_pages
from mock_amazon.wire.feeds import document_json
from mock_amazon.wire.job_search import search_of, unpacking_of
from mock_amazon.wire.jobs import known_marketplaces, time_of
from mock_amazon.wire.reports import INVALID_TYPE, REFUSAL, report_json, report_specification
from simkit.simulation import operation, simulation

bp = Blueprint("reports", __name__, url_prefix="/reports/2021-06-30")
bp.before_request(admit)


@bp.post("/reports")
@operation("createReport")
def create_report() -> ResponseReturnValue:
    """createReport: have a report made."""
    who, wish = caller(), report_specification(request.get_data())
    start = time_of(wish["start"], "dataStartTime") or now()
    end = time_of(wish["end"], "dataEndTime") or now()
    if start > end or end > now():
        raise InvalidInput(REFUSAL, "dataStartTime is after dataEndTime, or one of them is later than now.")
    report = Report(
        number=simulation().ids.digits("report", 11),
        seller_id=who.seller_id,
        kind=wish["kind"],
        marketplace_ids=applied_marketplaces(wish["marketplace_ids"]),
        created=now(),
        data_start=start,
        data_end=end,
    )
    processing.enqueue("reports", report)
    db.session.commit()
    return jsonify(reportId=report.number), 202


@bp.get("/reports")
@operation("getReports")
def get_reports() -> ResponseReturnValue:
    """getReports: the reports of these types, newest first."""
    who = caller()
    search = search_of(request.args, "reportTypes", INVALID_TYPE, now(), who.client_id)
    reports, token = job_pages.page(Report, search, who.seller_id, who.client_id)
    answer: dict[str, Any] = {"reports": [report_json(report) for report in reports]}
    return jsonify({**answer, **({"nextToken": token} if token else {})})


@bp.get("/reports/<report_id>")
@operation("getReport")
def get_report(report_id: str) -> ResponseReturnValue:
    """getReport: how far a report is."""
    return jsonify(report_json(_found(report_id)))


@bp.delete("/reports/<report_id>")
@operation("cancelReport")
def cancel_report(report_id: str) -> Response:
    """cancelReport: call a report off that waits in the queue."""
    report = _found(report_id)
    if not processing.cancel("reports", report):
        raise InvalidInput(REFUSAL, f"Report {report_id} is {report.status}: only IN_QUEUE can be cancelled.")
    db.session.commit()
    return Response(status=200, mimetype="application/json")


@bp.get("/documents/<document_id>")
@operation("getReportDocument")
def get_report_document(document_id: str) -> ResponseReturnValue:
    """getReportDocument: an URL to download a report from."""
    unpacked = unpacking_of(request.args)
    document = keeping.find(document_id, caller().seller_id)
    if document is None or document.made_by != "report":
        raise NotFound("The requested resource doesn't exist.", f"There is no document {document_id}.")
    return jsonify(document_json("reportDocumentId", document, download_url(document.id, unpacked=unpacked)))


def applied_marketplaces(wanted: Sequence[str]) -> list[str]:
    """Those of the marketplaces in which the caller sells.

    Raises InvalidInput where there is none.
    """
    own = [market.id for market in db.session.get_one(Seller, caller().seller_id).marketplaces]
    known = known_marketplaces(wanted, own)
    if not known:  # amzn/selling-partner-api-models#1021
        text = "Report rejected for this client. your report could not be applied to any marketplaces"
        raise InvalidInput(text, f"marketplaceIds: the seller sells in {', '.join(own)}")
    return known


def _found(report_id: str) -> Report:
    report = processing.find(Report, report_id, caller().seller_id)
    if report is None:
        raise NotFound("The requested resource doesn't exist.", f"There is no report {report_id}.")
    return report
