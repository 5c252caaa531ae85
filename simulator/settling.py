"""I8 on a copy of the world: the connector comes to rest, and at rest it writes nothing more."""

from __future__ import annotations

from typing import Any

from simulator.crontime import next_runs
from simulator.invariants import Breach
from simulator.views import ALL, SYSTEMS, Views
from simulator.world import World

_RUNS = 3
"""The connector is quiet after as many runs at the latest."""

_NO_WRITE = frozenset({"lwa_token", "admin_token", "createRestrictedDataToken"})


def restless(world: World, views: Views) -> list[Breach]:
    """What the connector still writes when it should have come to rest; the world is as before then."""
    writes: list[str] = []
    with world.copied():
        if any(not (writes := _writes_of_a_run(world, views)) for _ in range(_RUNS)):
            writes = _writes_of_a_run(world, views)
    views.forget(*ALL)
    return [Breach("I8", f"the connector does not come to rest: {'; '.join(writes)}")] if writes else []


def _writes_of_a_run(world: World, views: Views) -> list[str]:
    """Calls other than reads and tokens, and changes of rows, notes, links and outbox."""
    before = _memory(views.connector)
    for system in SYSTEMS:
        views.control(system).delete("/journal")
    moment, due = next_runs(world.clock.now(), views.connector["stores"])
    world.clock.set(moment)
    for store in due:
        world.sync(store)
    views.forget(*ALL)
    after = _memory(views.connector)
    changes = [f"{key} changed" for key in before if before[key] != after[key]]
    return _write_calls(views) + changes


def _write_calls(views: Views) -> list[str]:
    return [
        f"{system}.{call['operation']}"
        for system in SYSTEMS
        for call in views.control(system).get("/journal")["calls"]
        if call["method"] != "GET" and call["operation"] not in _NO_WRITE and not _refused(call, views)
    ]


def _refused(call: dict[str, Any], views: Views) -> bool:
    """Whether orders were offered and Commerce took none: nothing was written (docs/adr/0004)."""
    taken = {order["ext_order_id"] for order in views.commerce["orders"]}
    return call["operation"] == "place_order" and taken.isdisjoint(call["orders"])


def _memory(connector: dict[str, Any]) -> dict[str, Any]:
    return {key: connector[key] for key in ("orders", "outbox", "system_message")}
