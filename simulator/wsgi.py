"""A ``requests`` adapter that calls a WSGI app in this process: no sockets, no server thread."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from simkit.simulation import AnswerTooLate, ConnectionDropped

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

_WITHOUT_PREFIX = {"CONTENT-TYPE": "CONTENT_TYPE", "CONTENT-LENGTH": "CONTENT_LENGTH"}


class WsgiAdapter(BaseAdapter):
    """Hands each request of a session to one app and makes a ``requests`` answer of what it says."""

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__()
        self._app = app

    def send(self, request: requests.PreparedRequest, *_args: object, **_kwargs: object) -> requests.Response:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _info: object = None, /) -> Any:
            started.append((status, headers))
            return io.BytesIO().write

        try:
            parts = self._app(_environ(request), start_response)
            body = _joined(parts)
        except AnswerTooLate as error:
            raise requests.ReadTimeout("there was no answer in time") from error
        except ConnectionDropped as error:
            raise requests.ConnectionError("the connection was closed without an answer") from error
        status, headers = started[-1]
        return _response(request, status, headers, body)

    def close(self) -> None:
        """Nothing is held."""


def _environ(request: requests.PreparedRequest) -> WSGIEnvironment:
    url = urlsplit(request.url or "")
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else body
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(url.path or "/").decode("latin-1"),
        "QUERY_STRING": url.query,
        "REQUEST_URI": target,
        "RAW_URI": target,
        "SERVER_NAME": url.hostname,
        "SERVER_PORT": str(url.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": url.netloc,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **_header_variables(request.headers),
    }


def _header_variables(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    variables = {}
    for name, value in headers.items():
        upper = name.upper()
        key = _WITHOUT_PREFIX.get(upper) or "HTTP_" + upper.replace("-", "_")
        variables[key] = value.decode("latin-1") if isinstance(value, bytes) else value
    return variables


def _joined(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()


def _response(
    request: requests.PreparedRequest, status: str, headers: list[tuple[str, str]], body: bytes
) -> requests.Response:
    code, _, reason = status.partition(" ")
    response = requests.Response()
    response.status_code = int(code)
    response.reason = reason
    response.headers = CaseInsensitiveDict(headers)
    response.encoding = get_encoding_from_headers(response.headers)
    response.raw = io.BytesIO(body)
    response.url = request.url or ""
    response.request = request
    return response
