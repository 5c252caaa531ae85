"""How a request chooses the sandbox: a path below ``/sandbox``, or a host name that begins with ``sandbox.``.

A host name alone would not do: one client cuts the first letters off, and some take only a base URL.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/sandbox"
_HOST = "sandbox."
_OF_BOTH = ("/sandbox/", "/auth/", "/_sim/")
"""Paths that mean the same at every host; Login with Amazon has no sandbox."""


def vendor_path() -> str:
    """The path of the current request as Amazon knows it."""
    return request.path.removeprefix(PREFIX)


class ByHost:
    """WSGI middleware: what is asked of a sandbox host is asked below the prefix."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host, path = environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", "")
        if host.lower().startswith(_HOST) and not path.startswith(_OF_BOTH):
            environ["PATH_INFO"] = PREFIX + path
        return self._inner(environ, start_response)
