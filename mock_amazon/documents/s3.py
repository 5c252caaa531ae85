"""Answers of the store behind pre-signed URLs: XML as Amazon S3 writes it. Shapes only, no rules."""

from __future__ import annotations

import hashlib

from flask import Response, request
from markupsafe import escape

from simkit.simulation import simulation

PREFIX = "/documents/"
"""Where the store lies on this server; Amazon has no such path in its API."""

_BY_STATUS = {
    403: ("AccessDenied", "Access Denied"),
    404: ("NoSuchKey", "The specified key does not exist."),
    405: ("MethodNotAllowed", "The specified method is not allowed against this resource."),
    413: ("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"),
    500: ("InternalError", "We encountered an internal error. Please try again."),
    503: ("SlowDown", "Please reduce your request rate."),
}


def request_id() -> str:
    """An id that repeats with the same call at the same moment."""
    now = simulation().now().isoformat()
    text = f"{simulation().seed}/{request.method}/{request.path}/{now}"
    return hashlib.sha256(text.encode()).hexdigest()[:16].upper()


def failure(status: int, code: str, message: str, **more: str) -> Response:
    """An ``Error`` document."""
    known = {"Code": code, "Message": message, **more, "RequestId": request_id(), "HostId": request_id()}
    inside = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in known.items())
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{inside}</Error>'
    response = Response(text, status, mimetype="application/xml")
    response.headers["x-amz-request-id"] = request_id()
    return response


def answer(status: int) -> Response:
    """The usual ``Error`` document of that status."""
    return failure(status, *_BY_STATUS.get(status, ("InvalidRequest", "The request is not valid.")))
