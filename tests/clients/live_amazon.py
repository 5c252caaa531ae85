"""The mock on a socket, steered over HTTP, as real clients find it."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import requests

import mock_amazon
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simkit.serving import LiveServer

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
LINE = {"sku": "MUG", "qty": 2, "unit_price": "19.99", "tax": "3.20", "title": "Red mug"}
BUYER = {"name": "Test Buyer", "email": "buyer@marketplace.example"}


class Mock:
    """One server whose clock stands still."""

    def __init__(self, url, clock):
        self.url, self.clock = url, clock

    def sim(self, path, **body):
        answer = requests.post(f"{self.url}/_sim/{path}", json=body, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def place(self, name, **wish):
        order = {"id": name, "status": "Unshipped", "buyer": BUYER, "lines": [LINE], **wish}
        return self.sim("orders", **order)["amazon_order_id"]

    def wait(self, **duration):
        self.clock.advance(timedelta(**duration))

    def calls(self, operation):
        """How often an operation was called."""
        journal = requests.get(f"{self.url}/_sim/journal", timeout=10).json()
        return journal["counts"].get(operation, 0)


@contextmanager
def live_amazon(sandbox=None):
    """A new server with nothing but its defaults."""
    clock = VirtualClock(START)
    with LiveServer(mock_amazon.create_app(ServerConfig(clock=clock), sandbox)) as server:
        yield Mock(server.url, clock)
