"""The report as plain data: the same scenarios and the same seed give the same bytes.

No wall times and no paths of this machine: a scenario is named by its test id.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from simulator.outcome import Failure, Outcome
from simulator.scenario.model import Step

FORMAT = 1


def document(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    failed = sum(not outcome.passed for outcome in outcomes)
    return {
        "format": FORMAT,
        "passed": len(outcomes) - failed,
        "failed": failed,
        "scenarios": [_scenario(outcome) for outcome in outcomes],
    }


def write(report: dict[str, Any], path: Path) -> None:
    path.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def _scenario(outcome: Outcome) -> dict[str, Any]:
    scenario = outcome.scenario
    steps = [*scenario.steps, *([scenario.expect] if scenario.expect else [])]
    return {
        "id": scenario.test_id,
        "title": scenario.title,
        "about": scenario.about,
        "numbers": list(scenario.ids),
        "tags": sorted(scenario.tags),
        "profile": scenario.profile,
        "excepted": dict(scenario.excepted),
        "passed": outcome.passed,
        "orders": outcome.orders,
        "steps": [_step(step, number, outcome) for number, step in enumerate(steps)],
        "calls": outcome.calls,
        "failure": outcome.failure and _failure(outcome.failure),
    }


def _step(step: Step, number: int, outcome: Outcome) -> dict[str, Any]:
    """The verb and the note; values stay out, as they may name buyers."""
    failed = not outcome.passed and number == outcome.steps_taken
    result = "failed" if failed else "done" if number < outcome.steps_taken else "not reached"
    return {"line": step.place.line, "verb": step.verb, "note": step.note, "result": result}


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "line": failure.place.line,
        "verb": failure.verb,
        "headline": failure.headline,
        "details": list(failure.details),
        "stories": list(failure.stories),
        "last_calls": list(failure.calls),
    }
