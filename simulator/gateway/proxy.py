"""The gateway as a server: an HTTP proxy that takes CONNECT for Amazon's hosts and ends their TLS."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self

import h11

from simkit.serving import listen
from simulator.gateway.authority import Authority
from simulator.gateway.hosts import NAMES, PORT, host_of
from simulator.gateway.peer import BrokenOff, Peer
from simulator.gateway.tunnel import hand_on, relay

AT_ONCE = 100
"""Connections that are served at the same time."""
_OPENING = 10.0
"""Seconds in which a tunnel has to stand."""
_ENDS = (BrokenOff, OSError, TimeoutError, h11.ProtocolError)
"""How a conversation may end other than by its own end."""


class Gateway:
    """A running gateway, in a thread of its own. Port 0 picks a free one.

    Raises PortInUse.
    """

    def __init__(
        self,
        authority: Authority,
        mock: tuple[str, int],
        host: str = "127.0.0.1",
        port: int = 0,
        tell: Callable[[str], None] = print,
    ) -> None:
        self._context, self._mock, self._tell = authority.context, mock, tell
        self._listener = listen(host, port)
        self.url = f"http://{host}:{self._listener.getsockname()[1]}"
        self._open: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gateway", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._accept, sock=self._listener)
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in one
        self._open.add(task)
        task.add_done_callback(self._open.discard)
        # asyncio does so only where a socket names its protocol; without it each answer is 40 ms late.
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = Peer(h11.SERVER, reader, writer)
        try:
            with contextlib.suppress(*_ENDS):
                await _heard(self._converse(client), client)
            await client.close()
        except asyncio.CancelledError:
            writer.transport.abort()

    async def _converse(self, client: Peer) -> None:
        async with asyncio.timeout(_OPENING):
            request = await client.event()
        if not isinstance(request, h11.Request):
            return
        if len(self._open) > AT_ONCE:
            await client.tell(503, f"there are {AT_ONCE} connections already")
        elif request.method == b"CONNECT":
            await self._answer_in_tunnel(client, request)
        else:
            await self._answer_plainly(client, request)

    async def _answer_in_tunnel(self, client: Peer, request: h11.Request) -> None:
        authority = request.target.decode("ascii")
        host = host_of(authority)
        if host is None:
            await client.tell(403, _refusal(authority))
            return
        await client.event()
        await client.send(h11.Response(status_code=200, headers=[], reason=b"Connection established"))
        try:
            await client.writer.start_tls(self._context, ssl_handshake_timeout=_OPENING)
        except ssl.SSLError as error:
            self._tell(f"a client broke off the TLS handshake for {host} ({error.reason}): see --help")
            return
        inside = Peer(h11.SERVER, client.reader, client.writer)
        await _heard(relay(inside, host, self._mock), inside)

    async def _answer_plainly(self, client: Peer, request: h11.Request) -> None:
        """Some clients ask a proxy for an https address without a tunnel: axios until 1.7 at least."""
        scheme, _, rest = request.target.decode("ascii").partition("://")
        if scheme.lower() != "https":
            told = "it takes https only: give its address as HTTPS_PROXY, not as HTTP_PROXY or as an endpoint"
            await client.tell(405, told, [("Allow", "CONNECT")])
            return
        authority, _, path = rest.partition("/")
        host = host_of(authority if ":" in authority else f"{authority}:{PORT}")
        if host is None:
            await client.tell(403, _refusal(authority))
            return
        await hand_on(client, request, host, f"/{path}".encode(), self._mock)


async def _heard(conversation: Coroutine[Any, Any, None], client: Peer) -> None:
    """A conversation, in which a client that talks no HTTP is told so."""
    try:
        await conversation
    except h11.RemoteProtocolError as error:
        await client.tell(error.error_status_hint, f"this is no HTTP/1.1: {error}")


def _refusal(authority: str) -> str:
    host = authority.rpartition(":")[0] or authority
    return (
        f"{authority} is none of Amazon's, {', '.join(NAMES)}, at port 443, and this is no open proxy."
        f" NO_PROXY={host} lets the client reach it directly"
    )
