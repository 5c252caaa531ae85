"""The order lists over a socket, one connection, beside peers in the same run: ratios, not absolute numbers.

Peers are optional: ``prism`` (npm, @stoplight/prism-cli) and ``localstripe`` (PyPI), found on PATH or named
by CHANNELSIM_PRISM and CHANNELSIM_LOCALSTRIPE. Prism answers the very bytes that our list answered.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from mock_amazon.wire.included import BLOCKS
from simulator import defaults

PAGE = 100
SECONDS, TURNS, WARM_UP = 0.05, 60, 20
"""So long each server is asked, and how often in turn; before that to warm up."""
RATE = ", requests/s"
US = "ATVPDKIKX0DER"
SINCE = "2026-01-01T00:00:00Z"
CLOCK = "2026-03-01T09:00:00Z"
LISTS = {
    "2026-01-01": (
        "/orders/2026-01-01/orders",
        {
            "createdAfter": SINCE,
            "includedData": ",".join(BLOCKS),
        },
    ),
    "v0": ("/orders/v0/orders", {"MarketplaceIds": US, "CreatedAfter": SINCE}),
}
_FILTERS = (("status", "pending,processing", "in"), ("updated_at", "2026-01-01 00:00:00", "gteq"))
COMMERCE = (
    "/rest/V1/orders",
    {"searchCriteria[pageSize]": str(PAGE)}
    | {
        f"searchCriteria[filterGroups][{group}][filters][0][{key}]": value
        for group, filter_ in enumerate(_FILTERS)
        for key, value in zip(("field", "value", "conditionType"), filter_, strict=True)
    },
)

AGAINST_PRISM = tuple(f"order list, {version}, against Prism's canned one" for version in LISTS)
AGAINST_AMAZON = tuple(f"Commerce's order list, two filters, against {version}" for version in LISTS)
AGAINST_LOCALSTRIPE = tuple(f"order list, {version}, against localstripe's list" for version in LISTS)


@dataclass(frozen=True)
class _Page:
    """A list to be asked for."""

    url: str
    address: str
    headers: dict[str, str] = field(default_factory=dict)


def measured() -> dict[str, float]:
    """Requests per second of our lists, and their ratios to each other and to the peers that are there."""
    with _ours("mock_amazon") as amazon, _ours("mock_commerce") as commerce:
        headers = _amazon(amazon)
        pages = [_Page(amazon, _address(*LISTS[version]), headers) for version in LISTS]
        shop = _Page(commerce, _address(*COMMERCE), _commerce(commerce))
        *rates, commerce_rate = _rates(*pages, shop)
        results = {f"order list of 100, {name}{RATE}": rate for name, rate in zip(LISTS, rates, strict=True)}
        results[f"order list of 100, Commerce{RATE}"] = commerce_rate
        results |= {name: commerce_rate / rate for name, rate in zip(AGAINST_AMAZON, rates, strict=True)}
        if program := _program("prism"):
            for name, page in zip(AGAINST_PRISM, pages, strict=True):
                with _prism(program, _get(page)) as peer:
                    rate, peers = _rates(page, peer)
                results[name] = rate / peers
        if program := _program("localstripe"):
            with _localstripe(program) as peer:
                *rates, peers = _rates(*pages, peer)
            results |= {name: rate / peers for name, rate in zip(AGAINST_LOCALSTRIPE, rates, strict=True)}
    return results


@contextlib.contextmanager
def _ours(mock: str) -> Iterator[str]:
    """One of our mocks in a process of its own; answers its URL."""
    with _running([sys.executable, "-m", mock, "--port", "0", "--frozen", "--clock", CLOCK]) as line:
        yield line().split()[-1]


def _program(name: str) -> str | None:
    found = os.environ.get(f"CHANNELSIM_{name.upper()}") or shutil.which(name)
    if not found:
        print(f"(no {name} on this machine: not compared with it)")
    return found


@contextlib.contextmanager
def _running(command: list[str]) -> Iterator:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process.stdout.readline
    finally:
        process.terminate()
        process.communicate()


def _amazon(url: str) -> dict[str, str]:
    """A seller with a page of orders; answers the headers of one who is signed in."""
    order = {"status": "Unshipped", "lines": [{"sku": "MUG", "qty": 2, "unit_price": "19.99", "tax": "3.20"}]}
    _post(url, "/_sim/account", {"throttling": "off"})
    for _ in range(PAGE):
        _post(url, "/_sim/orders", order)
    _post(url, "/_sim/clock", {"advance": "10m"})
    wish = {
        "grant_type": "refresh_token",
        "refresh_token": defaults.REFRESH_TOKEN,
        "client_id": defaults.LWA_CLIENT_ID,
        "client_secret": defaults.LWA_CLIENT_SECRET,
    }
    return {"x-amz-access-token": json.loads(_post(url, "/auth/o2/token", wish))["access_token"]}


def _commerce(url: str) -> dict[str, str]:
    """The same of a shop."""
    _post(url, "/_sim/products", {"sku": "MUG", "qty": PAGE * 2})
    for number in range(PAGE):
        _post(url, "/_sim/orders", {"id": f"order-{number}", "lines": [{"sku": "MUG", "qty": 2}]})
    wish = {"username": defaults.COMMERCE_USERNAME, "password": defaults.COMMERCE_PASSWORD}
    return {"Authorization": f"Bearer {json.loads(_post(url, '/rest/V1/integration/admin/token', wish))}"}


def _address(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}"


@contextlib.contextmanager
def _prism(program: str, body: bytes) -> Iterator[_Page]:
    answer = {"description": "canned", "content": {"application/json": {"example": json.loads(body)}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "list", "version": "1"},
        "paths": {"/orders": {"get": {"responses": {"200": answer}}}},
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.json"
        file.write_text(json.dumps(document))
        port = _free_port()
        with _running([program, "mock", "-p", str(port), "-v", "silent", str(file)]):
            yield _Page(f"http://127.0.0.1:{port}", "/orders")


@contextlib.contextmanager
def _localstripe(program: str) -> Iterator[_Page]:
    port = _free_port()
    headers = {"Authorization": "Bearer sk_test_1", "Content-Type": "application/x-www-form-urlencoded"}
    command = [program, "--port", str(port), "--from-scratch"]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), _running(command):
        url = f"http://127.0.0.1:{port}"
        _wait(url)
        for number in range(PAGE):
            _send(url, "POST", "/v1/customers", headers, f"email=c{number}%40example.com".encode())
        yield _Page(url, f"/v1/customers?limit={PAGE}", headers)


def _rates(*pages: _Page) -> list[float]:
    """Requests a second over one connection each: medians of turns, since others load the machine."""
    connections = []
    for page in pages:
        _wait(page.url)
        connections.append(http.client.HTTPConnection(urlsplit(page.url).netloc, timeout=30))
    rates: list[list[float]] = [[] for _ in pages]
    for turn in range(WARM_UP + TURNS):
        for page, connection, own in zip(pages, connections, rates, strict=True):
            rate = _turn(page, connection)
            if turn >= WARM_UP:
                own.append(rate)
    for connection in connections:
        connection.close()
    return [statistics.median(own) for own in rates]


def _turn(page: _Page, connection: http.client.HTTPConnection) -> float:
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        connection.request("GET", page.address, headers=page.headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            raise SystemExit(f"{page.url}{page.address} answers {answer.status}")
        done += 1
    return done / (time.perf_counter() - began)


def _get(page: _Page) -> bytes:
    return _send(page.url, "GET", page.address, page.headers, None)


def _post(url: str, path: str, content: object) -> bytes:
    return _send(url, "POST", path, {"Content-Type": "application/json"}, json.dumps(content).encode())


def _send(url: str, method: str, address: str, headers: dict[str, str], body: bytes | None) -> bytes:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request(method, address, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status >= http.client.BAD_REQUEST:
        raise SystemExit(f"{method} {url}{address} answers {answer.status}: {content[:200]!r}")
    return content


def _wait(url: str) -> None:
    host, port = urlsplit(url).hostname, urlsplit(url).port
    for _ in range(300):
        with contextlib.suppress(OSError):
            socket.create_connection((host, port), timeout=1).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
