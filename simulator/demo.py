"""A running world as the console sees and steers it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connector.program import Connector
from simkit.clock import VirtualClock
from simkit.times import iso
from simulator.control import Control
from simulator.crontime import next_runs

NEWEST = 20
"""Orders on the page."""


@dataclass(frozen=True)
class Urls:
    """Addresses of the four programs, and of pages in them."""

    console: str
    amazon: str
    commerce: str
    connector: str

    def amazon_order(self, number: str) -> str:
        return f"{self.amazon}/orders-v3/order/{number}"

    def commerce_order(self, entity_id: int) -> str:
        return f"{self.commerce}/admin/sales/order/view/order_id/{entity_id}"


class Demo:
    """The connector, both mocks over HTTP, and the clock that all of them share."""

    def __init__(
        self, connector: Connector, amazon: Control, commerce: Control, clock: VirtualClock, urls: Urls
    ) -> None:
        self.clock = clock
        self._connector = connector
        self._amazon = amazon
        self._commerce = commerce
        self._urls = urls
        self._one_run = threading.Lock()
        self._cron: Cron | None = None

    def start_cron(self) -> Cron:
        """From now on the connector runs at its cron times by itself, until the cron is stopped."""
        self._cron = Cron(self)
        self._cron.start()
        return self._cron

    def sync(self, store: str | None = None) -> dict[str, Any]:
        """Run the connector now; what it did, and the problems by store."""
        with self._one_run:
            errors = self._connector.sync(store=store)
        return {"now": iso(self.clock.now()), "last": self._state()["runs"]["last"], "errors": errors}

    def cron(self, times: int) -> dict[str, Any]:
        """Go on to the next cron times, one after the other, and run what is due."""
        result: dict[str, Any] = {}
        for _ in range(times):
            moment, due = self.next_runs()
            self.clock.set(moment)
            result = self.run_due(due)
        return result

    def next_runs(self) -> tuple[datetime, list[str | None]]:
        """The next cron time, and the stores that are due then."""
        return next_runs(self.clock.now(), self._state()["stores"])

    def run_due(self, due: Sequence[str | None]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for store in due:
            result = self.sync(store)
        return result

    def overview(self) -> dict[str, Any]:
        """What the page shows: addresses, clock, the newest orders in all three programs, stores."""
        connector, amazon, commerce = self._state(), self._amazon.get("/state"), self._commerce.get("/state")
        rows = {row["amazon_order_id"]: row for row in connector["orders"]}
        shop = {order["ext_order_id"]: order for order in commerce["orders"] if order["ext_order_id"]}
        placed = sorted(amazon["orders"], key=lambda order: order["purchase_date"], reverse=True)
        moment, _due = self.next_runs()
        return {
            "clock": self._clock_view(),
            "programs": self._programs(len(placed), len(rows), len(commerce["orders"])),
            "stores": [{"name": name, **store} for name, store in connector["stores"].items()],
            "system_message": connector["system_message"],
            "last": connector["runs"]["last"],
            "next_cron": moment.strftime("%H:%M"),
            "cron": self._cron is not None and self.clock.mode == "running",
            "orders": [self._order(order, rows, shop) for order in placed[:NEWEST]],
            "more": max(len(placed) - NEWEST, 0),
            "place_order": f"{self._urls.amazon}/orders-v3/new",
        }

    def _state(self) -> dict[str, Any]:
        return self._connector.state()

    def _clock_view(self) -> dict[str, Any]:
        now, speed = self.clock.now(), self.clock.speed
        return {
            "now": iso(now),
            "shown": now.strftime("%Y-%m-%d %H:%M:%S"),
            "mode": self.clock.mode,
            "speed": int(speed) if speed == int(speed) else speed,
        }

    def _programs(self, amazon: int, rows: int, commerce: int) -> list[dict[str, Any]]:
        urls = self._urls
        return [
            {
                "name": "amazon",
                "title": "Seller Central",
                "url": urls.amazon,
                "orders": amazon,
                "links": [
                    ("Manage orders", f"{urls.amazon}/orders-v3"),
                    ("Place a test order", f"{urls.amazon}/orders-v3/new"),
                ],
            },
            {
                "name": "connector",
                "title": "Amazon sales channel",
                "url": urls.connector,
                "orders": rows,
                "links": [("Amazon stores", urls.connector)],
            },
            {
                "name": "commerce",
                "title": "Commerce Admin",
                "url": f"{urls.commerce}/admin",
                "orders": commerce,
                "links": [
                    ("Orders", f"{urls.commerce}/admin/sales/order"),
                    ("Products", f"{urls.commerce}/admin/catalog/product"),
                ],
            },
        ]

    def _order(
        self,
        order: Mapping[str, Any],
        rows: Mapping[str, Mapping[str, Any]],
        shop: Mapping[str, Mapping[str, Any]],
    ) -> dict[str, Any]:
        number = order["amazon_order_id"]
        row, sold = rows.get(number, {}), shop.get(number)
        return {
            "amazon_order_id": number,
            "label": "" if order["id"] == number else order["id"],
            "amazon_url": self._urls.amazon_order(number),
            "amazon": order["status"],
            "table": row.get("table"),
            "note": row.get("notes"),
            "blocker": row.get("blocker"),
            "resolution": row.get("resolution"),
            "commerce": sold and sold["status"],
            "commerce_number": sold and sold["increment_id"],
            "commerce_url": sold and self._urls.commerce_order(sold["entity_id"]),
        }


class Cron:
    """Runs the connector whenever the virtual clock has passed its next cron time."""

    LOOK_EVERY = 0.1
    """Wall seconds: somebody may move the clock at any moment."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="cron", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let a run that is going on end."""
        self._stopped.set()
        self._thread.join()

    def _loop(self) -> None:
        moment, due = self._demo.next_runs()
        while not self._stopped.wait(self.LOOK_EVERY):
            if self._demo.clock.now() >= moment:
                self._demo.run_due(due)
                moment, due = self._demo.next_runs()
