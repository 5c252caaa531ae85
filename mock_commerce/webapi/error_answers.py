"""The one place that makes answers of errors, Commerce's own and HTTP's.

Masked ones leave their reason in the log, under the report id that the caller is given.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, NotFound

from mock_commerce import exception_log
from mock_commerce.config.settings import current
from mock_commerce.errors import (
    CommerceError,
    Fatal,
    Masked,
    MethodNotSupported,
    NoRoute,
    NoSuchEntity,
    NotAuthorized,
)
from mock_commerce.models import db
from mock_commerce.sales import numbers
from mock_commerce.webapi import formats
from simkit import jsons
from simkit.simulation import simulation

REPORT_DIGITS = 13


def planned_error(status: int) -> Response:
    """Commerce's answer of that status, for faults."""
    view = current_app.view_functions.get(request.endpoint or "")
    known: dict[int, CommerceError] = {
        401: NotAuthorized(getattr(view, "resource", "self")),
        404: NoSuchEntity(),
        405: MethodNotSupported(request.method),
        500: Masked("a planned fault"),
    }
    error = known.get(status) or CommerceError("Specified request cannot be processed.")
    response = _answer(error)
    response.status_code = status
    return response


def init_app(app: Flask) -> None:
    app.register_error_handler(CommerceError, _answer)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_error)


def _answer(error: CommerceError) -> Response:
    db.session.rollback()
    numbers.keep_drawn()
    response = formats.response(jsons.dump(_body(error)), error.status)
    response.headers.extend(error.headers)
    return response


def _body(error: CommerceError) -> dict[str, Any]:
    is_developer = current().mode == "developer"
    trace = f"#0 [internal function]: {request.endpoint or request.path}\n#1 {{main}}"
    report = _report(error)
    if isinstance(error, Fatal):
        text = f"Fatal Error: '{error.reason}'" if is_developer else _fatal_text(report)
        one = {"code": error.status, "message": text, **({"trace": trace} if is_developer else {})}
        return {"messages": {"error": [one]}}
    body = error.body()
    if isinstance(error, Masked) and not is_developer:
        body["message"] = _masked_text(report)
    return {**body, "trace": trace} if is_developer else body


def _report(error: CommerceError) -> str:
    """The report id of an error whose reason stands in the log only, and the entry in the log."""
    if isinstance(error, Masked):
        report = simulation().ids.token("webapi_report", REPORT_DIGITS)
        exception_log.write(error.reason, f"api/{report}" if isinstance(error, Fatal) else f"webapi-{report}")
        return report
    if error.__cause__ is not None:
        exception_log.write(_reason(error.__cause__))
    return ""


def _reason(cause: BaseException) -> str:
    return cause.text if isinstance(cause, CommerceError) else str(cause)


def _masked_text(report: str) -> str:
    return f"Internal Error. Details are available in Magento log file. Report ID: webapi-{report}"


def _fatal_text(report: str) -> str:
    return f"Server internal error. See details in report api/{report}"


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, NotFound | MethodNotAllowed):
        return _answer(NoRoute())
    if isinstance(error, InternalServerError):
        return _answer(Fatal(_where(error.original_exception or error)))
    response = _answer(CommerceError(error.description or error.name))
    response.status_code = error.code or 400
    return response


def _database_error(error: DBAPIError) -> Response:
    """What the database refuses is an exception in Commerce, no fatal error; its text may quote buyers."""
    if not request.path.startswith("/rest"):
        raise error
    current_app.logger.error("the database refused %s %s", request.method, request.endpoint)
    return _answer(Masked(f"SQLSTATE[HY000]: General error: {_where(error.orig or error)}"))


def _where(error: BaseException) -> str:
    """The kind of a failure of the program itself and where it happened; its text may quote buyers."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name} on line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
