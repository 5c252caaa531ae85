"""What is wrong with a scenario file: every problem with its line, collected before anything is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from simulator.scenario.model import Place

_CLOSE_ENOUGH = 60
"""Likeness in percent below which a suggestion would only confuse."""

_SHOWN = 30
"""Allowed words in a message; more would bury it."""


@dataclass(frozen=True)
class Problem:
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class ScenarioError(Exception):
    """A scenario file that cannot be played; it holds all of its problems, in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place.line))
        super().__init__("\n".join(map(str, self.problems)))


def unreadable(file: Path, line: int, message: str) -> ScenarioError:
    """The error of a file that is not even YAML."""
    return ScenarioError([Problem(Place(file, line), message)])


def not_one_of(value: object, allowed: Iterable[str]) -> str:
    """``'shiped' is not one of pending, shipped: did you mean 'shipped'?``"""
    words = list(allowed)
    listed = ", ".join(words[:_SHOWN]) + (f" … ({len(words)} in all)" if len(words) > _SHOWN else "")
    told = str(value).lower() if isinstance(value, bool) else repr(value)
    return f"{told} is not one of {listed or '(none)'}{did_you_mean(value, words)}"


def did_you_mean(value: object, allowed: Iterable[str]) -> str:
    """The nearest right word as the end of a sentence; empty where nothing is near."""
    best = process.extractOne(
        str(value), list(allowed), scorer=fuzz.ratio, processor=str.lower, score_cutoff=_CLOSE_ENOUGH
    )
    return f": did you mean {best[0]!r}?" if best else ""
