"""The steps of a scenario as plain data, each with what happened in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.chronicle import Call, Entry, Moment, Run
from simulator.facts import Change, together
from simulator.outcome import Outcome
from simulator.report.telling import expected_lines, step_words
from simulator.scenario.model import Step

_MOST_NAMED = 10
"""Orders named one by one where the same happens to many."""
LANES = ("amazon", "connector", "commerce")
_LANE_OF = {"cron": "connector"}
_KEYS = {
    **dict.fromkeys(("stock", "shop_orders", "reservations", "system_message"), "commerce"),
    **dict.fromkeys(("table", "outbox", "runs", "store"), "connector"),
}
_ORDER_KEYS = {"amazon": "amazon", "packages": "amazon", "shop": "commerce"}


@dataclass(frozen=True)
class _Played:
    """A step, what became of it, and what happened in it if it was reached."""

    step: Step
    result: str
    entry: Entry | None


def steps(outcome: Outcome) -> list[dict[str, Any]]:
    """Every step of the scenario, also those that were not reached; copies of an order as one step."""
    scenario = outcome.scenario
    every = [*scenario.steps, *([scenario.expect] if scenario.expect else [])]
    written = itertools.zip_longest(every, outcome.entries[1 : len(every) + 1])
    played = [_Played(step, _result(number, outcome), entry) for number, (step, entry) in enumerate(written)]
    alike = itertools.groupby(played, key=lambda one: (one.step.place.line, one.step.verb, one.result))
    return [_step(list(group), outcome) for _, group in alike]


def given(outcome: Outcome) -> dict[str, Any] | None:
    """The world before the first step; None where nothing was written down."""
    return _entry(outcome.entries[0]) if outcome.entries else None


def lane(step: Step) -> str:
    """The system that a step acts on; empty where it is about all of them."""
    if step.verb == "fault":
        return str(step.value["system"])
    system = step.verb.partition(".")[0]
    return _LANE_OF.get(step.verb, system if system in LANES else "")


def _result(number: int, outcome: Outcome) -> str:
    if number == outcome.steps_taken and not outcome.passed:
        return "failed"
    return "done" if number < outcome.steps_taken else "not reached"


def _step(copies: list[_Played], outcome: Outcome) -> dict[str, Any]:
    step, result = copies[0].step, copies[0].result
    differing = outcome.failure.paths if outcome.failure and result == "failed" else ()
    words = dict.fromkeys(step_words(one.step) for one in (copies[0], copies[-1]))
    entries = [one.entry for one in copies if one.entry is not None]
    return {
        "line": step.place.line,
        "verb": step.verb,
        "lane": lane(step),
        "copies": len(copies),
        "words": " … ".join(words),
        "note": step.note,
        "result": result,
        "expected": list(_expected(step, differing)),
        **(_entry(_as_one(entries)) if entries else {"time": None, "moments": []}),
    }


def _as_one(entries: list[Entry]) -> Entry:
    """What happened in several steps, as if it were one."""
    if len(entries) == 1:
        return entries[0]
    moments = [moment for entry in entries for moment in entry.moments]
    changes = together(change for moment in moments for change in moment.changes)
    calls = tuple(call for moment in moments for call in moment.calls)
    return Entry(entries[0].time, [Moment(entries[-1].time, None, calls, tuple(changes))])


def _expected(step: Step, differing: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    if step.verb in {"expect", "never"}:
        for path, words in expected_lines(step.value):
            yield {
                "path": path,
                "lane": _looked_at(path),
                "words": words,
                "held": not any(_meets(path, one) for one in differing),
            }


def _looked_at(path: str) -> str:
    """The lane of what an expectation looks at."""
    key, _, rest = path.partition(".")
    if key == "orders":
        rest = rest.partition(".")[2]
        return _ORDER_KEYS.get(rest.partition(".")[0], "connector")
    system = rest.partition(".")[0]
    return system if key == "calls" and system in LANES else _KEYS.get(key, "")


def _meets(path: str, differing: str) -> bool:
    """Whether a difference is at, in or above what was expected at the path."""
    there = differing.partition("[")[0]
    return f"{there}.".startswith(f"{path}.") or f"{path}.".startswith(f"{there}.")


def _entry(entry: Entry) -> dict[str, Any]:
    return {"time": entry.time, "moments": [_moment(moment) for moment in entry.moments]}


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "time": moment.time,
        "times": moment.times,
        "until": moment.until,
        "run": moment.run and _run(moment.run),
        "calls": [_call(call) for call in moment.calls],
        "changes": [_change(change) for change in moment.changes],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "store": run.store,
        "calls": run.calls,
        "killed": run.killed,
        "processes": run.processes,
        "counts": run.counts,
        "problems": list(run.problems),
    }


def _call(call: Call) -> dict[str, Any]:
    return {
        "system": call.system,
        "operation": call.operation,
        "status": call.status,
        "fault": call.fault,
        "time": call.time,
        "times": call.times,
        "orders": list(call.orders[:_MOST_NAMED]),
        "more": max(0, len(call.orders) - _MOST_NAMED),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "system": change.system,
        "of": list(change.of[:_MOST_NAMED]),
        "more": max(0, len(change.of) - _MOST_NAMED),
        "what": [{"fact": fact, "from": before, "to": after} for fact, before, after in change.what],
    }
