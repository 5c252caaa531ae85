"""Commerce's web API framework: addresses, request bodies, answers.

Routing works on the raw address, since a segment may hold an encoded slash and ``+`` means a blank.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_plus, urlsplit

from flask import Blueprint, Flask, Response, g, request
from sqlalchemy import select
from werkzeug.routing import BaseConverter

from mock_commerce import php_casts
from mock_commerce.access.auth import ANONYMOUS
from mock_commerce.access.callers import authorise
from mock_commerce.access.oauth import RAW_URI
from mock_commerce.config.settings import current
from mock_commerce.errors import (
    ArgumentRequired,
    MethodNotSupported,
    SpecifiedRequest,
    TypeInvalid,
)
from mock_commerce.models import ADMIN_STORE_ID, DEFAULT_STORE_ID, Store, db
from mock_commerce.webapi import formats, partial
from simkit import jsons

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/rest/V1"
METHODS = frozenset({"GET", "POST", "PUT", "DELETE"})
ALL_STORES = "all"

_KINDS = (["V1"], ["async", "V1"], ["async", "bulk", "V1"])
"""What stands between the store code and a route."""
_STORE_CODE = "mock_commerce.store_code"
_UNREADABLE = "mock_commerce.unreadable"


@dataclass(frozen=True)
class Stored:
    """An answer that is JSON already."""

    document: bytes


class Segment(BaseConverter):
    """One segment of the raw address, decoded as PHP's urldecode does."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return unquote_plus(value)


def section(name: str) -> Blueprint:
    """A blueprint for one section of the REST API."""
    return Blueprint(name, __name__, url_prefix=PREFIX)


def init_app(app: Flask) -> None:
    app.url_map.converters["segment"] = Segment
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.wsgi_app = _RawRouting(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way
    app.before_request(_check_address)


class _RawRouting:
    """WSGI middleware: puts the raw path where Flask routes, without store code and trailing slash."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[RAW_URI] = raw = _raw_uri(environ)
        segments = raw.split("?")[0].strip("/").split("/")
        if segments[:1] == ["index.php"]:
            del segments[0]
        if segments[:1] == ["rest"]:
            if segments[1:2] not in (["V1"], ["async"]) and len(segments) > 1:
                environ[_STORE_CODE] = unquote_plus(segments.pop(1))
            environ[_UNREADABLE] = not any(segments[1 : 1 + len(kind)] == kind for kind in _KINDS)
            environ["PATH_INFO"] = "/" + "/".join(segments)
        return self._inner(environ, start_response)


def _raw_uri(environ: WSGIEnvironment) -> str:
    """Path and query as they were sent."""
    raw = environ.get("REQUEST_URI") or environ.get("RAW_URI")
    if not raw:
        query = environ.get("QUERY_STRING")
        return quote(environ["PATH_INFO"], safe="/%:@,;=+$&!*'()~") + (f"?{query}" if query else "")
    if "://" in raw.split("?")[0]:
        parts = urlsplit(raw)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return str(raw)


def _check_address() -> None:
    if not request.path.startswith("/rest"):
        return
    formats.settle()
    if request.method not in METHODS:
        raise MethodNotSupported(request.method)
    if request.environ.get(_UNREADABLE):
        raise SpecifiedRequest
    g.store_id = _store_id(request.environ.get(_STORE_CODE))


def _store_id(code: str | None) -> int:
    if code is None:
        return DEFAULT_STORE_ID
    if code == ALL_STORES:
        return ADMIN_STORE_ID
    store_id = db.session.scalar(select(Store.store_id).where(Store.code == code))
    if store_id is None:
        raise SpecifiedRequest
    return store_id


def names_store() -> bool:
    """Whether the address of the current request has a store code."""
    return _STORE_CODE in request.environ


def serves(resource: str) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Make a function that answers plain values a route which needs that ACL resource.

    Arguments annotated ``int`` are read from the address as PHP would.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., Response]:
        numbers = {name for name, kind in inspect.get_annotations(view).items() if kind == "int"}

        @wraps(view)
        def guarded(**address: str) -> Response:
            if resource != ANONYMOUS:
                authorise(resource)
            g.body = formats.body() if request.method in {"POST", "PUT"} else {}
            values = {key: whole_number(text) if key in numbers else text for key, text in address.items()}
            return answer(view(**values))

        guarded.resource = resource  # type: ignore[attr-defined] # a mark on a function
        return guarded

    return wrap


def answer(value: Any) -> Response:
    """JSON (or XML where the caller reads that), cut down to ``fields=`` where the caller asked for that."""
    body = value.document if isinstance(value, Stored) else jsons.dump(value)
    wanted = request.args.get("fields")
    if wanted is not None and body[:1] in {b"{", b"["}:
        body = jsons.dump(partial.cut(jsons.load(body), wanted, _manner()))
    return formats.response(body)


def _manner() -> partial.Manner:
    config = current()
    return partial.Manner(config.has("cut_empty_list_null"), config.has("cut_attributes_numbered"))


def argument(name: str) -> Any:
    """A required top-level argument of the body, whichever way it is spelled."""
    value = optional(name)
    if value is None:
        raise ArgumentRequired(name)
    return value


def optional(name: str) -> Any:
    """A top-level argument of the body, None where it is missing."""
    wanted = snake(name)
    return next((value for key, value in g.body.items() if snake(key) == wanted), None)


def text_argument(name: str) -> str:
    """A required top-level argument that is a text.

    Raises ArgumentRequired, TypeInvalid.
    """
    return _text(argument(name))


def list_argument(name: str) -> list[Any]:
    """A required top-level argument that is a list.

    Raises ArgumentRequired, TypeInvalid.
    """
    value = argument(name)
    if not isinstance(value, list):
        raise TypeInvalid("", value, "array")
    return value


def optional_text(name: str) -> str | None:
    """A top-level argument that is a text, None where it is missing.

    Raises TypeInvalid.
    """
    value = optional(name)
    return None if value is None else _text(value)


def _text(value: object) -> str:
    if isinstance(value, dict | list):
        raise TypeInvalid("", value, "string")
    return php_casts.text_of(value)


def snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()


def whole_number(text: object) -> int:
    """PHP's int: an argument that is a number, cut where a machine word ends.

    Raises TypeInvalid.
    """
    number = php_casts.number_of(text)
    if number is None:
        raise TypeInvalid("", text, "int")
    return php_casts.whole(number)
