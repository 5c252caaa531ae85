"""python-amazon-sp-api (saleweaver), the most used client for Python: sync, async, and untouched.

Its tokens are cached for the whole module and renewed by time only, so each test forgets them first.
"""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import saleweaver
import sp_api.api
import sp_api.asyncio.api
from saleweaver import SINCE, numbers
from sp_api.base.exceptions import SellingApiForbiddenException, SellingApiRequestThrottledException

from simulator.gateway.authority import authority_in
from simulator.gateway.proxy import Gateway

pytestmark = pytest.mark.sockets

PATIENCE = 120
"""Seconds until the untouched client is given up."""


@pytest.fixture(autouse=True)
def no_tokens():
    saleweaver.forget_tokens()
    yield
    saleweaver.forget_tokens()


@pytest.fixture
def three(mock):
    """A paid order, one whose payment is pending, and one that Amazon fulfils."""
    placed = [
        mock.place("paid"),
        mock.place("waiting", status="Pending"),
        mock.place("by-amazon", channel="AFN"),
    ]
    mock.wait(minutes=3)
    return placed


@pytest.fixture
def pointed(mock, monkeypatch):
    """The client, its attributes pointed at the mock."""
    saleweaver.redirect(monkeypatch, mock.url)
    return mock


def played(flow):
    """Run it in a thread of its own: a browser's test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, flow).result()


def test_the_whole_flow(pointed, three):
    with saleweaver.closing(*saleweaver.clients_of(sp_api.api)) as clients:
        played(saleweaver.whole_flow(clients, pointed.url, *three))
    assert pointed.calls("lwa_token") == 2  # one of the seller, one without


def test_the_whole_flow_async(pointed, three):
    async def flow():
        async with saleweaver.aclosing(*saleweaver.clients_of(sp_api.asyncio.api)) as clients:
            await saleweaver.whole_flow(clients, pointed.url, *three)

    played(flow())
    assert pointed.calls("lwa_token") == 2


def test_the_whole_flow_untouched_through_the_gateway(mock, three, tmp_path):
    authority = authority_in(tmp_path / "ca")
    address = mock.url.removeprefix("http://").split(":")
    with Gateway(authority, (address[0], int(address[1]))) as gateway:
        done = subprocess.run(
            [sys.executable, Path(saleweaver.__file__), mock.url, *three],
            env={
                **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
                "HTTPS_PROXY": gateway.url,
                "SSL_CERT_FILE": str(authority.certificate),
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
    assert mock.calls("confirmShipment") == 2
    assert mock.calls("uploadDocument") == 1  # to an https address of Amazon, untouched
    assert mock.calls("downloadDocument") == 2


def test_a_throttled_call_is_answered_when_the_bucket_has_filled(pointed, three):
    with saleweaver.closing(saleweaver.sync_orders()) as (orders,):
        played(saleweaver.runs_dry(orders, three[0]))
        with pytest.raises(SellingApiRequestThrottledException) as refused:
            orders.get_order_items(three[0])
        assert "x-amzn-RateLimit-Limit" not in refused.value.headers
        pointed.wait(seconds=2)
        assert orders.get_order_items(three[0]).payload["OrderItems"]


def test_an_expired_token_stops_it_until_it_forgets_the_token(pointed, three):
    """It keeps a token for 3200 s of its own time and does not ask for another when it is refused."""
    with saleweaver.closing(saleweaver.sync_orders()) as (orders,):
        assert len(numbers(orders.get_orders(CreatedAfter=SINCE))) == 3
        pointed.wait(hours=1)
        with pytest.raises(SellingApiForbiddenException) as refused:
            orders.get_orders(CreatedAfter=SINCE)
        assert "expired" in refused.value.error[0]["details"]
        saleweaver.forget_tokens()
        assert len(numbers(orders.get_orders(CreatedAfter=SINCE))) == 3
    assert pointed.calls("lwa_token") == 2
