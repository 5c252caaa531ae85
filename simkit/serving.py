"""A mock on a real socket: waitress with one request thread, which suits SQLite best."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from waitress.channel import ClientDisconnected
from waitress.server import create_server

from simkit.simulation import ConnectionDropped

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A dropped connection is a planned fault here, not news.
logging.getLogger("waitress").setLevel(logging.ERROR)


class PortInUse(OSError):
    """The address cannot be listened on; the message names it."""


class LiveServer:
    """One WSGI app on one port, in a thread of its own. Port 0 picks a free one."""

    def __init__(self, app: WSGIApplication, host: str = "127.0.0.1", port: int = 0) -> None:
        try:
            server: Any = create_server(_breaking_off(app), host=host, port=port, threads=1, ident=None)
        except OSError as error:
            raise PortInUse(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
        self._server = server
        self.host = host
        self.port = int(server.effective_port)
        self._thread = threading.Thread(target=self._run, name=f"server-{self.port}", daemon=True)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> Self:
        self._thread.start()
        return self

    def run(self) -> None:
        """Serve in this thread until it is interrupted."""
        self._server.run()

    def stop(self) -> None:
        self._server.close()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            self._server.run()
        except OSError:  # the listening socket was closed by stop()
            return


def _breaking_off(app: WSGIApplication) -> WSGIApplication:
    """Waitress closes a connection without an answer when the client is gone: let it think so."""

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return app(environ, start_response)
        except ConnectionDropped:
            raise ClientDisconnected from None

    return wrapped
