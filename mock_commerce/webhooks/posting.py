"""One POST that ends: no proxy, no redirect, and a receiver who answers bit by bit is broken off."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter

TIMEOUTS = (3.0, 10.0)
"""Seconds of this machine's time to connect, and between two pieces of an answer."""
LONGEST = 15.0
"""Seconds after which an answer is not waited for, however many pieces of it come."""


class TooLate(Exception):
    """The answer did not end in time."""


class _Adapter(HTTPAdapter):
    """Knows its connection, so that another thread can break it off."""

    def __init__(self) -> None:
        super().__init__()
        self._connection: Any = None
        self.is_late = False

    def get_connection_with_tls_context(self, *args: Any, **more: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*args, **more)
        make = pool.ConnectionCls

        def made(*args: Any, **more: Any) -> Any:
            self._connection = make(*args, **more)
            return self._connection

        pool.ConnectionCls = made
        return pool

    def break_off(self) -> None:
        """Whoever reads from the connection finds that it has ended."""
        self.is_late = True
        line = getattr(self._connection, "sock", None)
        if line is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)


def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """The status of the answer; nobody reads more of it.

    Raises TooLate, and what an address makes of the libraries below.
    """
    adapter = _Adapter()
    watch = threading.Timer(LONGEST, adapter.break_off)
    watch.daemon = True
    watch.start()
    try:
        status = _status(url, headers, body, adapter)
    except Exception as error:
        if adapter.is_late:
            raise TooLate from error
        raise
    finally:
        watch.cancel()
    if adapter.is_late:
        raise TooLate
    return status


def _status(url: str, headers: Mapping[str, str], body: bytes, adapter: HTTPAdapter) -> int:
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        response = session.post(
            url, data=body, headers=dict(headers), timeout=TIMEOUTS, allow_redirects=False, stream=True
        )
        response.close()
        return response.status_code
