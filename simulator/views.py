"""What can be expected of a world, read when it is asked for and kept until a step may have changed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.control import Control
from simulator.names import Names
from simulator.stage import Stage

AMAZON, COMMERCE, CONNECTOR = "amazon", "commerce", "connector"
SYSTEMS = (AMAZON, COMMERCE)
ALL = (AMAZON, COMMERCE, CONNECTOR)

_ROW_KEYS = ("table", "phase", "blocker", "blockers", "notes", "resolution", "commerce_number")


class Views:
    """The states of the three programs, and the words of ``expect`` on top of them."""

    def __init__(self, world: Stage, names: Names) -> None:
        self._world = world
        self._names = names
        self._states: dict[str, dict[str, Any]] = {}
        self._changed: set[str] = set()

    def forget(self, *systems: str) -> None:
        """Something may have changed there."""
        self._changed.update(systems)
        for system in systems:
            self._states.pop(system, None)

    def take_changed(self) -> set[str]:
        """What was forgotten since the last time that this was asked."""
        changed, self._changed = self._changed, set()
        return changed

    @property
    def amazon(self) -> dict[str, Any]:
        return self._state(AMAZON)

    @property
    def commerce(self) -> dict[str, Any]:
        return self._state(COMMERCE)

    @property
    def connector(self) -> dict[str, Any]:
        return self._state(CONNECTOR)

    def read(self, expected: Mapping[str, Any]) -> dict[str, Any]:
        """As much of the world as this expectation looks at."""
        return {key: _READERS[key](self, value) for key, value in expected.items()}

    def order(self, name: str) -> dict[str, Any]:
        """One order in all three programs; a name that is not placed yet is absent everywhere."""
        number = self._names.amazon.get(name)
        placed = find(self.amazon["orders"], "amazon_order_id", number) or {}
        row = find(self.connector["orders"], "amazon_order_id", number) or {}
        return {
            "amazon": placed.get("status"),
            **{key: row.get(key) for key in _ROW_KEYS},
            "packages": placed.get("packages"),
            "shop": self.shop_order(name),
        }

    def listing(self, sku: str) -> dict[str, Any] | None:
        """What Amazon has under that SKU, the seller's or else the catalog's."""
        listings = self.amazon["listings"]
        return find(listings, "seller_sku", sku) or find(listings, "sku", sku)

    def shop_order(self, name: str) -> dict[str, Any] | None:
        """The Commerce order, found by Amazon's number or by the name of an ordinary order."""
        number = self._names.amazon.get(name)
        if number is None:
            return find(self.commerce["orders"], "id", name)
        return find(self.commerce["orders"], "ext_order_id", number)

    def counts(self, system: str) -> dict[str, int]:
        """Calls of each operation since the scenario began."""
        journal = self.control(system).get("/journal", operation="(none)")
        counts: dict[str, int] = journal["counts"]
        return counts

    def faults(self) -> dict[str, int]:
        planned = [fault for system in SYSTEMS for fault in self.control(system).get("/faults")["faults"]]
        return {fault["name"]: fault["fired"] for fault in planned}

    def calls(self, expected: Mapping[str, Any]) -> dict[str, int]:
        systems = {operation.partition(".")[0] for operation in expected}
        counts = {system: self.counts(system) for system in systems}
        return {name: _count(counts, name) for name in expected}

    def control(self, system: str) -> Control:
        return self._world.amazon if system == AMAZON else self._world.commerce

    def _state(self, system: str) -> dict[str, Any]:
        if system not in self._states:
            self._states[system] = self._read_state(system)
        return self._states[system]

    def _read_state(self, system: str) -> dict[str, Any]:
        if system == CONNECTOR:
            return self._world.connector.state()
        state: dict[str, Any] = self.control(system).get("/state")
        return state


def find(rows: list[dict[str, Any]], key: str, value: object) -> dict[str, Any] | None:
    """The newest row with that value; None where there is none."""
    return next((row for row in reversed(rows) if value is not None and row[key] == value), None)


def _count(counts: Mapping[str, Mapping[str, int]], name: str) -> int:
    system, _, operation = name.partition(".")
    return counts[system].get(operation, 0)


def _names_in(expected: Any) -> list[str]:
    """The names that an expectation has at this place, under ``exactly`` too."""
    return list(expected.get("exactly", expected)) if isinstance(expected, Mapping) else []


_READERS: dict[str, Callable[[Views, Any], Any]] = {
    "orders": lambda views, expected: {name: views.order(name) for name in _names_in(expected)},
    "stock": lambda views, _: views.commerce["stock"],
    "listings": lambda views, expected: {name: views.listing(name) for name in _names_in(expected)},
    "shop_orders": lambda views, _: sum(
        order["ext_order_id"] is not None for order in views.commerce["orders"]
    ),
    "reservations": lambda views, _: len(views.commerce["reservations"]),
    "table": lambda views, _: sum(row["table"] is not None for row in views.connector["orders"]),
    "system_message": lambda views, _: views.commerce["system_message"],
    "calls": lambda views, expected: views.calls(expected),
    "outbox": lambda views, _: len(views.connector["outbox"]),
    "runs": lambda views, _: views.connector["runs"],
    "store": lambda views, _: views.connector["stores"],
    "faults": lambda views, _: views.faults(),
}
