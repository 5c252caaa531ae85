"""A mock on a real socket: waitress with one request thread, which suits SQLite best."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from waitress import wasyncore
from waitress.channel import ClientDisconnected
from waitress.server import create_server

from simkit import memory
from simkit.simulation import ConnectionDropped

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A dropped connection is a planned fault here, not news.
logging.getLogger("waitress").setLevel(logging.ERROR)


EVERY = 1.0
"""Seconds of this machine's time between two ticks."""


class PortInUse(OSError):
    """The address cannot be listened on; the message names it."""


class LiveServer:
    """One WSGI app on one port, in a thread of its own. Port 0 picks a free one.

    ``tick`` is called now and then, between the requests and in their thread, whether there are any or not.
    """

    def __init__(
        self,
        app: WSGIApplication,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        tick: Callable[[], None] | None = None,
        every: float = EVERY,
    ) -> None:
        memory.keep_freed()
        self.host = host
        listener = listen(host, port)
        self.port = int(listener.getsockname()[1])
        self._map: dict[int, Any] = {}
        self._server: Any = create_server(
            _breaking_off(app), map=self._map, sockets=[listener], threads=1, ident=None
        )
        self._thread = threading.Thread(target=self._server.run, name=f"server-{self.port}", daemon=True)
        self._ticks = _Ticks(self._server.task_dispatcher, tick, every) if tick else None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> Self:
        self._begin_ticks()
        self._thread.start()
        return self

    def run(self) -> None:
        """Serve in this thread until it is interrupted."""
        self._begin_ticks()
        self._server.run()

    def stop(self) -> None:
        """Close all connections; the thread ends."""
        if self._ticks:
            self._ticks.stop()
        if self._thread.is_alive():
            self._server.trigger.pull_trigger(self._close)  # in the loop's own thread
            self._thread.join(timeout=5)
        else:
            self._close()

    def _begin_ticks(self) -> None:
        if self._ticks:
            self._ticks.start()

    def _close(self) -> None:
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._map, ignore_all=True)
        if copy := self._server.trigger.socket:  # waitress leaves its copy of the pipe open
            copy.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Ticks:
    """Puts a task among the requests again and again, never a second one while the first one waits."""

    def __init__(self, dispatcher: Any, tick: Callable[[], None], every: float) -> None:
        self._dispatcher = dispatcher
        self._tick = tick
        self._every = every
        self._ended = threading.Event()
        self._waits = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="ticks", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def service(self) -> None:
        """Waitress calls it in the thread of the requests."""
        try:
            self._tick()
        finally:
            self._waits.release()

    def cancel(self) -> None:
        """Waitress calls it where the server ends first."""

    def _run(self) -> None:
        while not self._ended.wait(self._every):
            if self._waits.acquire(blocking=False):
                self._dispatcher.add_task(self)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 picks a free one.

    Raises PortInUse.
    """
    try:
        return socket.create_server((host, port))
    except (OSError, OverflowError) as error:
        raise PortInUse(f"cannot listen on {host}:{port}: {getattr(error, 'strerror', error)}") from error


def _breaking_off(app: WSGIApplication) -> WSGIApplication:
    """Waitress closes a connection without an answer when the client is gone: let it think so."""

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return app(environ, start_response)
        except ConnectionDropped:
            raise ClientDisconnected from None

    return wrapped
