"""The report as plain data: the same scenarios and the same seed give the same bytes.

No wall times and no paths of this machine: a scenario is named by its test id.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from simulator.outcome import Failure, Outcome
from simulator.report import timeline
from simulator.report.telling import without_people

FORMAT = 2


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
    return {
        "id": scenario.test_id,
        "orders": outcome.orders,
        "calls": outcome.calls,
        **without_people(scenario, _told(outcome)),
    }


def _told(outcome: Outcome) -> dict[str, Any]:
    scenario = outcome.scenario
    return {
        "title": scenario.title,
        "about": scenario.about,
        "numbers": list(scenario.ids),
        "tags": sorted(scenario.tags),
        "profile": scenario.profile,
        "excepted": dict(scenario.excepted),
        "passed": outcome.passed,
        "given": timeline.given(outcome),
        "steps": timeline.steps(outcome),
        "failure": outcome.failure and _failure(outcome.failure),
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "line": failure.place.line,
        "verb": failure.verb,
        "headline": failure.headline,
        "details": list(failure.details),
        "stories": list(failure.stories),
        "last_calls": list(failure.calls),
    }
