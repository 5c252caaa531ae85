"""The gateway as a server: an HTTP proxy that takes CONNECT for Amazon's hosts and ends their TLS."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import h11

from simkit.serving import listen
from simulator.gateway.authority import Authority
from simulator.gateway.hosts import NAMES, host_of
from simulator.gateway.peer import BrokenOff, Peer
from simulator.gateway.tunnel import relay

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
        client = Peer(h11.SERVER, reader, writer)
        try:
            with contextlib.suppress(*_ENDS):
                await self._converse(client)
            await client.close()
        except asyncio.CancelledError:
            writer.transport.abort()

    async def _converse(self, client: Peer) -> None:
        try:
            async with asyncio.timeout(_OPENING):
                host = await self._tunnel(client)
            if host is not None:
                client = Peer(h11.SERVER, client.reader, client.writer)
                await relay(client, host, self._mock)
        except h11.RemoteProtocolError as error:
            await client.tell(error.error_status_hint, f"this is no HTTP/1.1: {error}")

    async def _tunnel(self, client: Peer) -> str | None:
        """Open the tunnel that is asked for; the host at its end, or None where it was refused."""
        request = await client.event()
        if not isinstance(request, h11.Request):
            return None
        if len(self._open) > AT_ONCE:
            await client.tell(503, f"there are {AT_ONCE} connections already")
            return None
        if request.method != b"CONNECT":
            told = "it takes https only: give its address as HTTPS_PROXY, not as HTTP_PROXY or as an endpoint"
            await client.tell(405, told, [("Allow", "CONNECT")])
            return None
        authority = request.target.decode("ascii")
        host = host_of(authority)
        if host is None:
            await client.tell(403, _refusal(authority))
            return None
        await client.event()
        await client.send(h11.Response(status_code=200, headers=[], reason=b"Connection established"))
        return host if await self._secured(client, host) else None

    async def _secured(self, client: Peer, host: str) -> bool:
        try:
            await client.writer.start_tls(self._context)
        except ssl.SSLError as error:
            self._tell(f"a client broke off the TLS handshake for {host} ({error.reason}): see --help")
            return False
        return True


def _refusal(authority: str) -> str:
    host = authority.rpartition(":")[0] or authority
    return (
        f"{authority} is none of Amazon's, {', '.join(NAMES)}, at port 443, and this is no open proxy."
        f" NO_PROXY={host} lets the client reach it directly"
    )
