"""One side of a conversation in HTTP/1.1: h11 over a stream, with a limit to how long it waits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from http import HTTPStatus
from typing import Any

import h11

PATIENCE = 120.0
"""Seconds of silence; more than the mock keeps silent on purpose."""
_FAREWELL = 10.0
_CHUNK = 65536


class BrokenOff(Exception):
    """The other side went away in the middle, or a server talks no HTTP."""


class Unreachable(Exception):
    """Nobody answers at an address."""


class Peer:
    """A client (to whom the gateway is the server) or the mock (to which it is the client)."""

    def __init__(
        self,
        role: type[h11.CLIENT | h11.SERVER],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.connection = h11.Connection(role)
        self.reader, self.writer = reader, writer

    async def event(self) -> h11.Event:
        """What comes next.

        Raises BrokenOff, TimeoutError, OSError, and h11.RemoteProtocolError where a client talks no HTTP.
        """
        while (event := self._next()) is h11.NEED_DATA:
            if self.connection.they_are_waiting_for_100_continue:
                await self.send(h11.InformationalResponse(status_code=100, headers=[]))
            async with asyncio.timeout(PATIENCE):
                self.connection.receive_data(await self.reader.read(_CHUNK))
        if isinstance(event, h11.Event):
            return event
        raise BrokenOff

    def _next(self) -> Any:
        try:
            return self.connection.next_event()
        except h11.RemoteProtocolError:
            if self.connection.our_role is h11.CLIENT:
                raise BrokenOff from None
            raise

    async def send(self, event: h11.Event) -> None:
        self.writer.write(self.connection.send(event) or b"")
        async with asyncio.timeout(PATIENCE):
            await self.writer.drain()

    async def tell(self, status: int, text: str, headers: Sequence[tuple[str, str]] = ()) -> None:
        """Answer in the gateway's own words, where an answer can still be given, and end the conversation."""
        if self.connection.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            return
        body = f"channelsim gateway: {text}\n".encode()
        length = ("Content-Length", str(len(body)))
        kind = ("Content-Type", "text/plain; charset=utf-8")
        answer = [length, kind, ("Connection", "close"), *headers]
        reason = HTTPStatus(status).phrase
        await self.send(h11.Response(status_code=status, reason=reason, headers=answer))
        await self.send(h11.Data(data=body))
        await self.send(h11.EndOfMessage())

    async def close(self) -> None:
        """Send what is left, then close; cancelled, close at once."""
        self.writer.close()
        try:
            async with asyncio.timeout(_FAREWELL):
                await self.writer.wait_closed()
        except (OSError, TimeoutError):
            pass
        finally:
            self.writer.transport.abort()  # TLS would wait for the other side to say goodbye


@contextlib.asynccontextmanager
async def connected(host: str, port: int) -> AsyncIterator[Peer]:
    """A new connection to a server.

    Raises Unreachable.
    """
    try:
        streams = await asyncio.open_connection(host, port)
    except OSError as error:
        raise Unreachable(f"nobody answers at http://{host}:{port}: {error.strerror}") from error
    peer = Peer(h11.CLIENT, *streams)
    try:
        yield peer
    finally:
        await peer.close()


async def copy_body(source: Peer, target: Peer) -> None:
    """Hand on what follows a head, to its end.

    Raises BrokenOff.
    """
    part: Any
    while isinstance(part := await source.event(), h11.Data):
        await target.send(h11.Data(data=part.data))
    if not isinstance(part, h11.EndOfMessage):
        raise BrokenOff
    await target.send(h11.EndOfMessage())
