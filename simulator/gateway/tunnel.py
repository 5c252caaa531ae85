"""What is said inside a tunnel: each request is read whole by one parser and written anew for the mock.

So nothing can hide between requests, and the host is always the one that the tunnel was opened for. That is
what the mock tells its sandbox by, and why its control API and pages, which answer to names of this machine
only, cannot be reached through the gateway.
"""

from __future__ import annotations

import h11

from simulator.gateway.peer import BrokenOff, Peer, Unreachable, connected, copy_body

_OF_ONE_HOP = frozenset({b"connection", b"keep-alive", b"proxy-connection", b"expect", b"upgrade", b"te"})
Headers = list[tuple[bytes, bytes]]


async def relay(client: Peer, host: str, mock: tuple[str, int]) -> None:
    """Hand on one request after the other until the client has no more."""
    while isinstance(request := await client.event(), h11.Request):
        await hand_on(client, request, host, request.target, mock)
        if client.connection.our_state is not h11.DONE or client.connection.their_state is not h11.DONE:
            return
        client.connection.start_next_cycle()


async def hand_on(
    client: Peer, request: h11.Request, host: str, target: bytes, mock: tuple[str, int]
) -> None:
    """Hand on one request, over a connection of its own, and its answer back.

    Raises BrokenOff where the mock broke off: so does the client's connection, without an answer.
    """
    if improper := _improper(request, target):
        await client.tell(400, improper)
        return
    headers = [(b"Host", host.encode()), *_onward(request), (b"Connection", b"close")]
    try:
        async with connected(*mock) as server:
            await server.send(h11.Request(method=request.method, target=target, headers=headers))
            await _exchange(client, server)
    except Unreachable as error:
        await client.tell(502, f"{error}; is the mock running?")


async def _exchange(client: Peer, server: Peer) -> None:
    await copy_body(client, server)
    answer = await server.event()
    while isinstance(answer, h11.InformationalResponse):
        answer = await server.event()
    if not isinstance(answer, h11.Response):
        raise BrokenOff
    headers = _onward(answer)
    await client.send(h11.Response(status_code=answer.status_code, reason=answer.reason, headers=headers))
    await copy_body(server, client)


def _onward(message: h11.Request | h11.Response) -> Headers:
    """The headers that are not of this connection, spelt as they came."""
    return [
        (raw, value)
        for (name, _), (raw, value) in zip(message.headers, message.headers.raw_items(), strict=True)
        if name not in _OF_ONE_HOP and name != b"host"
    ]


def _improper(request: h11.Request, target: bytes) -> str | None:
    names = {name for name, _ in request.headers}
    if not target.startswith(b"/"):
        return "a request inside a tunnel names a path"
    if {b"content-length", b"transfer-encoding"} <= names:
        return "a request has a length or is chunked, not both"
    return None
