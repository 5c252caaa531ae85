"""What came of a scenario: the material of every report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.chronicle import Entry
from simulator.scenario.model import Place, Scenario


@dataclass(frozen=True)
class Failure:
    """The first thing that went wrong, and what helps to understand it."""

    place: Place
    verb: str
    headline: str
    details: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    """Where the world is not as expected."""


@dataclass(frozen=True)
class Outcome:
    """One scenario played. ``seconds`` is wall time and stays out of reports that have to repeat."""

    scenario: Scenario
    failure: Failure | None
    seconds: float
    steps_taken: int
    orders: dict[str, str] = field(default_factory=dict)
    """The scenario's names to Amazon's order ids."""
    calls: dict[str, int] = field(default_factory=dict)
    """``system.operation`` to how often it was called."""
    end_state: dict[str, Any] | None = None
    """See ``endstate``; only where it was asked for."""

    entries: tuple[Entry, ...] = ()
    """What happened in the given world and in each step that was reached; only where it was asked for."""

    @property
    def passed(self) -> bool:
        return self.failure is None
