"""Every error that the Selling Partner API answers, and the one place where it becomes a body.

``SpApiError ← AccessDenied (← NoToken, NoSuchResource), Conflict, Forbidden, InvalidInput, NotFound,
QuotaExceeded``; ``LwaError`` is of the token endpoint.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import ClassVar

from flask import Flask, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from mock_amazon.documents import s3
from mock_amazon.headers import NOT_AMAZON, request_id

LWA = "/auth/o2/token"
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
    kind: ClassVar[str] = ""
    """What the gateway calls it in ``x-amzn-ErrorType``; errors of what stands behind it have no name."""

    def __init__(
        self, message: str | None, details: str = "", *, code: str | None = None, also: Iterable[str] = ()
    ) -> None:
        super().__init__(message)
        self.also = tuple(also)
        """Further things that are wrong: each an error of its own in the answer."""
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

    status, code, kind = 403, "Unauthorized", "AccessDeniedException"

    def __init__(self, details: str) -> None:
        super().__init__(DENIED, details)


class NoToken(AccessDenied):
    kind = "MissingAuthenticationTokenException"

    def __init__(self) -> None:
        super().__init__("Access token is missing in the request header.")


class NoSuchResource(AccessDenied):
    """A path or a method that the API does not have: no 404 and no 405 at this gateway.

    Sources: amzn/selling-partner-api-models#3993 (a version that is gone), and Amazon API Gateway's gateway
    response MISSING_AUTHENTICATION_TOKEN, which stands for methods and resources that are not there.
    """

    kind = "MissingAuthenticationTokenException"

    def __init__(self) -> None:
        super().__init__("")


class NotFound(SpApiError):
    status, code = 404, "NotFound"


class Conflict(SpApiError):
    """What is asked for is there already; the code says whether it is a thing or its state."""

    status, code = 409, "Conflict"


class Forbidden(SpApiError):
    """The caller may do this, but not to this thing as it is."""

    status, code = 403, "Unauthorized"


class QuotaExceeded(SpApiError):
    status, code, kind = 429, "QuotaExceeded", "TooManyRequestsException"

    def __init__(self) -> None:
        super().__init__(QUOTA)


class LwaError(Exception):
    """An answer of Login with Amazon: ``{"error", "error_description"}``."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


def body(
    status: int, code: str, message: str | None, details: str = "", also: Iterable[str] = ()
) -> Response:
    error = {"code": code, "message": message, "details": details}
    more = [{"code": code, "message": text, "details": ""} for text in also]
    # A message of null is all that the real API says then.
    response = jsonify(errors=[error if message is not None else {"message": None, "code": code}, *more])
    response.status_code = status
    return response


def lwa_body(status: int, error: str, description: str) -> Response:
    response = jsonify(error=error, error_description=description, request_id=request_id())
    response.status_code = status
    return response


def _asked_by_header() -> bool:
    return request.authorization is not None and request.authorization.type == "basic"


def _of_lwa(error: LwaError) -> Response:
    response = lwa_body(error.status, error.error, error.description)
    if error.error == "invalid_client" and _asked_by_header():
        response.headers["WWW-Authenticate"] = "Basic"  # RFC 6749, 5.2
    return response


def answer(status: int) -> Response:
    """The error body of that status in the shape of the operation that is called."""
    if request.path.startswith(s3.PREFIX):
        return s3.answer(status)
    if request.path == LWA:
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            status = 400
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
    if request.path == LWA or request.path.startswith(s3.PREFIX):
        return answer(status)
    return _of_spapi(NoSuchResource()) if status in {404, 405} else answer(status)


def _of_spapi(error: SpApiError) -> Response:
    response = body(error.status, error.error_code, error.message, error.details, error.also)
    if error.kind:
        response.headers["x-amzn-ErrorType"] = error.kind
    return response


def _refuse_automatic_methods() -> None:
    """What Flask would answer by itself: HEAD beside GET, and OPTIONS."""
    if request.url_rule is None or request.blueprint in NOT_AMAZON:
        return
    # A view of the store tells by itself that a HEAD request is not what was signed.
    automatic = {"OPTIONS"} if request.path.startswith(s3.PREFIX) else {"HEAD", "OPTIONS"}
    if request.method in automatic:
        raise MethodNotAllowed


def init_app(app: Flask) -> None:
    app.before_request(_refuse_automatic_methods)
    app.register_error_handler(SpApiError, _of_spapi)
    app.register_error_handler(LwaError, _of_lwa)
    app.register_error_handler(HTTPException, _of_werkzeug)
