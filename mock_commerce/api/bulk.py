"""Asynchronous and bulk calls, and what became of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request

from mock_commerce.access.auth import ANONYMOUS
from mock_commerce.access.callers import authorise
from mock_commerce.asynchronous import bulks, routes
from mock_commerce.errors import SpecifiedRequest
from mock_commerce.models import Operation
from mock_commerce.search import pages
from mock_commerce.webapi import formats
from mock_commerce.webapi.rest import section, serves
from simkit import jsons
from simkit.simulation import operation

bp = section("bulk")
calls = Blueprint("asynchronous", __name__, url_prefix="/rest/async")

_READ = "Magento_Logging::system_magento_logging_bulk_operations"
_COLUMNS: pages.Columns = {
    "id": Operation.id,
    "bulk_uuid": Operation.bulk_uuid,
    "topic_name": Operation.topic_name,
    "status": Operation.status,
    "result_message": Operation.result_message,
    "error_code": Operation.error_code,
    "start_time": Operation.start_time,
}


@calls.route("/V1/<path:path>", methods=["GET", "POST", "PUT", "DELETE"])
@operation("async_call")
def call(path: str) -> Response:
    """Accept one call of any changing route: the body and address are those of the synchronous one."""
    _refuse_reading()
    route, address = routes.single(request.method, path.rstrip("/"))
    _authorise(route)
    return _accepted(bulks.accept_one(route, address, formats.body()))


@calls.route("/bulk/V1/<path:path>", methods=["GET", "POST", "PUT", "DELETE"])
@operation("bulk_call")
def call_all(path: str) -> Response:
    """Accept a list of bodies for one changing route."""
    _refuse_reading()
    route = routes.bulk(request.method, path.rstrip("/"))
    _authorise(route)
    return _accepted(bulks.accept_all(route, formats.whole_body()))


def _refuse_reading() -> None:
    g.is_async = True
    if request.method == "GET":
        raise SpecifiedRequest


def _authorise(route: routes.Route) -> None:
    if route.resource != ANONYMOUS:
        authorise(route.resource)


def _accepted(document: dict[str, Any]) -> Response:
    return formats.response(jsons.dump(document), 202)


@bp.get("/bulk")
@operation("list_operations")
@serves(_READ)
def list_operations() -> dict[str, Any]:
    """operationRepository.getList: operations of all bulks."""
    return pages.rendered_page(pages.criteria(), _COLUMNS, Operation, bulks.listed, [Operation.id])


@bp.get("/bulk/<segment:bulk_uuid>/status")
@operation("get_bulk_status")
@serves(_READ)
def get_status(bulk_uuid: str) -> dict[str, Any]:
    """bulkStatus.getBulkShortStatus: a bulk with the status of its operations."""
    bulk = bulks.find(bulk_uuid)
    return bulks.bulk_document(bulk, [bulks.short(one) for one in bulk.operations])


@bp.get("/bulk/<segment:bulk_uuid>/detailed-status")
@operation("get_bulk_details")
@serves(_READ)
def get_details(bulk_uuid: str) -> dict[str, Any]:
    """bulkStatus.getBulkDetailedStatus: a bulk with all of its operations."""
    bulk = bulks.find(bulk_uuid)
    return bulks.bulk_document(bulk, [bulks.detailed(one) for one in bulk.operations])


@bp.get("/bulk/<segment:bulk_uuid>/operation-status/<segment:status>")
@operation("count_operations")
@serves(_READ)
def count_operations(bulk_uuid: str, status: int) -> int:
    """bulkStatus.getOperationsCountByBulkIdAndStatus: how many operations have that status."""
    return bulks.count(bulk_uuid, status)
