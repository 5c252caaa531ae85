"""A running world as the console sees and steers it."""

from __future__ import annotations

import threading
from typing import Any

from connector.program import Connector
from simkit.clock import VirtualClock
from simkit.times import iso
from simulator.control import Control
from simulator.crontime import next_runs


class Demo:
    """The connector, both mocks over HTTP, and the clock that all of them share."""

    def __init__(
        self,
        connector: Connector,
        amazon: Control,
        commerce: Control,
        clock: VirtualClock,
        urls: dict[str, str],
    ) -> None:
        self._connector = connector
        self._amazon = amazon
        self._commerce = commerce
        self._clock = clock
        self._urls = urls
        self._one_run = threading.Lock()

    def sync(self, store: str | None = None) -> dict[str, Any]:
        """Run the connector now; what it did, and the problems by store."""
        with self._one_run:
            errors = self._connector.sync(store=store)
        return {
            "now": iso(self._clock.now()),
            "last": self._connector.state()["runs"]["last"],
            "errors": errors,
        }

    def cron(self, times: int) -> dict[str, Any]:
        """Go on to the next cron times, one after the other, and run what is due."""
        result: dict[str, Any] = {}
        for _ in range(times):
            moment, due = next_runs(self._clock.now(), self._connector.state()["stores"])
            self._clock.set(moment)
            for store in due:
                result = self.sync(store)
        return result

    def overview(self) -> dict[str, Any]:
        """What the page shows: addresses, clock, numbers of orders, stores."""
        state = self._connector.state()
        rows = [row for row in state["orders"] if row["table"] is not None]
        return {
            "clock": {"now": iso(self._clock.now()), "mode": self._clock.mode},
            "console": self._urls["console"],
            "programs": [
                self._program("Amazon", len(self._amazon.get("/state")["orders"])),
                self._program("Commerce", len(self._commerce.get("/state")["orders"])),
                self._program("connector", len(rows)),
            ],
            "stores": [{"name": name, **store} for name, store in state["stores"].items()],
            "system_message": state["system_message"],
        }

    def _program(self, name: str, orders: int) -> dict[str, Any]:
        return {"name": name, "url": self._urls[name.lower()], "orders": orders}
