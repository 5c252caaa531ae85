"""Why a scenario failed, in lines for people: what differs, the story of the orders, the last calls.

Addresses and buyers are never shown, neither here nor in a report made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simkit import jsons
from simulator.play import Play
from simulator.scenario.expectations import Difference
from simulator.views import SYSTEMS

PERSONAL = frozenset({"ship_to", "bill_to", "customer", "buyer", "comments"})
_HIDDEN = "(not shown: personal)"
_WIDEST = 400
_STORIES = 5
_LAST_CALLS = 8


def told(difference: Difference) -> str:
    """``orders.A1.blocker: expected item_disabled, found absent``."""
    return f"{difference.path}: expected {_shown(difference.expected, difference.path)}, found " + _shown(
        difference.actual, difference.path
    )


def stories(play: Play, differences: list[Difference]) -> tuple[str, ...]:
    """What became of the orders that the differences name, or of the first few."""
    named = [name for name in play.names.amazon if any(_names(one, name) for one in differences)]
    names = named or list(play.names.amazon)
    lines = [line for name in names[:_STORIES] for line in _story(play, name)]
    left = len(names) - _STORIES
    return (*lines, f"… and {left} more orders") if left > 0 else tuple(lines)


def last_calls(play: Play) -> tuple[str, ...]:
    return tuple(
        f"{system} {call['time']} {call['operation']} {call['status'] or 'no answer'}"
        + (f" (fault {call['fault']})" if call["fault"] else "")
        for system in SYSTEMS
        for call in play.views.control(system).get("/journal")["calls"][-_LAST_CALLS:]
    )


def _names(difference: Difference, name: str) -> bool:
    return f".{name}." in f".{difference.path}."


def _story(play: Play, name: str) -> list[str]:
    view = play.views.order(name)
    number = play.names.amazon[name]
    outbox = [row for row in play.views.connector["outbox"] if row["amazon_order_id"] == number]
    shop = view["shop"]
    parts = [
        f"Amazon {view['amazon']}",
        f"table {view['table'] or 'absent'}",
        f"phase {view['phase'] or 'none'}",
        f"blockers {', '.join(view['blockers'])}" if view["blockers"] else "no blocker",
        f"Commerce {shop['increment_id']} {shop['state']}/{shop['status']}" if shop else "no Commerce order",
        *(f"outbox {row['kind']} {row['state']} ({row['attempts']} tries)" for row in outbox),
    ]
    notes = [f"    note: {view['notes']}"] if view["notes"] else []
    return [f"{name} {number}: {' · '.join(parts)}", *notes]


def _shown(value: Any, path: str) -> str:
    if PERSONAL & set(path.replace("[", ".").split(".")):
        return _HIDDEN
    if value is None:
        return "absent"
    text = value if isinstance(value, str) else jsons.dump(_without_people(value)).decode()
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"


def _without_people(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _HIDDEN if key in PERSONAL else _without_people(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_people(item) for item in value]
    return value
