"""The one place that makes answers of errors, Commerce's own and HTTP's."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, NotFound

from mock_commerce.errors import (
    CommerceError,
    Masked,
    MethodNotSupported,
    NoRoute,
    NoSuchEntity,
    NotAuthorized,
)
from mock_commerce.models import db
from simkit import jsons


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


def _answer(error: CommerceError) -> Response:
    db.session.rollback()
    body = jsons.dump(error.body())
    return Response(body, error.status, content_type="application/json; charset=utf-8")


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, NotFound | MethodNotAllowed):
        return _answer(NoRoute())
    if isinstance(error, InternalServerError):
        return _answer(Masked(repr(error.original_exception or error)))
    response = _answer(CommerceError(error.description or error.name))
    response.status_code = error.code or 400
    return response
