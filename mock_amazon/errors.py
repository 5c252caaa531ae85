"""Every error that the Selling Partner API answers, and the one place where it becomes a body.

``SpApiError ← AccessDenied, InvalidInput, NotFound, QuotaExceeded``; ``LwaError`` is of the token endpoint.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from flask import Flask, Response, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException

from mock_amazon.documents import s3

NOT_VALID = "The input you have submitted is not valid. Please check your input and try again."
DENIED = "Access to requested resource is denied."
QUOTA = "You exceeded your quota for the requested resource."

_BY_STATUS = {
    400: ("InvalidInput", NOT_VALID),
    401: ("Unauthorized", DENIED),
    403: ("Unauthorized", DENIED),
    404: ("NotFound", "The requested resource doesn't exist."),
    413: ("RequestTooLarge", "The request size exceeded the maximum accepted size."),
    415: ("UnsupportedMediaType", "The entity of the request is in a format not supported by the resource."),
    429: ("QuotaExceeded", QUOTA),
    500: ("InternalFailure", "We encountered an internal error. Please try again."),
    503: ("ServiceUnavailable", "Service is temporarily unavailable. Please try again."),
}
_LWA_BY_STATUS = {
    401: ("invalid_client", "Client authentication failed"),
    500: ("server_error", "The authorization server encountered an unexpected condition"),
    503: ("temporarily_unavailable", "The authorization server is currently unable to handle the request"),
}


class SpApiError(Exception):
    """An answer ``{"errors": [{code, message, details}]}``."""

    status: ClassVar[int]
    code: ClassVar[str]

    def __init__(self, message: str | None, details: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        self.error_code = code or self.code


class InvalidInput(SpApiError):
    """The request breaks a rule; ``details`` says which where Amazon's own text does not."""

    status, code = 400, "InvalidInput"


def violation(shown: str, name: str, constraint: str) -> InvalidInput:
    """The text of Amazon's framework for a value that breaks the model."""
    return InvalidInput(
        f"1 validation error detected: Value {shown} at '{name}' failed to satisfy constraint: {constraint}"
    )


class AccessDenied(SpApiError):
    """The token is missing, wrong, expired, or not for this."""

    status, code = 403, "Unauthorized"

    def __init__(self, details: str) -> None:
        super().__init__(DENIED, details)


class NotFound(SpApiError):
    status, code = 404, "NotFound"


class QuotaExceeded(SpApiError):
    status, code = 429, "QuotaExceeded"

    def __init__(self) -> None:
        super().__init__(QUOTA)


class LwaError(Exception):
    """An answer of Login with Amazon: ``{"error", "error_description"}``."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


def body(status: int, code: str, message: str | None, details: str = "") -> Response:
    error = {"code": code, "message": message, "details": details}
    # A message of null is all that the real API says then.
    response = jsonify(errors=[error if message is not None else {"message": None, "code": code}])
    response.status_code = status
    return response


def lwa_body(status: int, error: str, description: str) -> Response:
    response = jsonify(error=error, error_description=description)
    response.status_code = status
    return response


def answer(status: int) -> Response:
    """The error body of that status in the shape of the operation that is called."""
    if request.path.startswith(s3.PREFIX):
        return s3.answer(status)
    if g.get("operation") == "lwa_token":
        default = ("invalid_request", "The request is malformed")
        return lwa_body(status, *_LWA_BY_STATUS.get(status, default))
    phrase = next((known.phrase for known in HTTPStatus if known == status), "Error")
    return body(status, *_BY_STATUS.get(status, (phrase.replace(" ", ""), phrase)))


def _of_werkzeug(error: HTTPException) -> Response:
    status = error.code or 500
    if request.path.startswith("/_sim/") and "sim" in current_app.blueprints:
        response = jsonify(error=error.description or error.name)
        response.status_code = status
        return response
    return answer(status)


def init_app(app: Flask) -> None:
    app.register_error_handler(SpApiError, lambda e: body(e.status, e.error_code, e.message, e.details))
    app.register_error_handler(LwaError, lambda e: lwa_body(e.status, e.error, e.description))
    app.register_error_handler(HTTPException, _of_werkzeug)
