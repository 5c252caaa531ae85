"""Plays scenarios, one after the other, in one world; the first thing that goes wrong ends its scenario."""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import requests

from connector.errors import ConnectorError
from simulator.chronicle import Chronicle
from simulator.control import ControlRefused
from simulator.endstate import end_state
from simulator.explain import last_calls, stories, told
from simulator.outcome import Failure, Outcome
from simulator.play import ExpectationFailed, InvariantBroken, NeverHappened, Play
from simulator.problems import CRASHES, StepFailed
from simulator.scenario.expectations import Difference
from simulator.scenario.model import Scenario, Step
from simulator.scenario.steps import take
from simulator.settling import restless
from simulator.views import ALL, SYSTEMS
from simulator.world import World

_OWN = frozenset({"connector", "simulator", "simkit"})


@dataclass
class _Course:
    """How far a scenario came."""

    world: World
    play: Play
    at: Step
    taken: int = 0
    state: dict[str, object] | None = None
    calls: dict[str, int] = field(default_factory=dict)


def play(
    world: World,
    scenario: Scenario,
    *,
    seed: int | None = None,
    keep_end: bool = False,
    chronicle: bool = False,
) -> Outcome:
    """Play one scenario from an empty world; with ``chronicle`` write down what happens in each step."""
    began = time.perf_counter()
    course = _Course(world, Play(world, scenario), Step("given", None, scenario.place))
    world.ear.listen(on=chronicle)
    if chronicle:
        course.play.chronicle = Chronicle(world, course.play.views, course.play.names, world.ear)
    failure = _failure_of(course, seed, keep_end=keep_end)
    seconds = time.perf_counter() - began
    orders = dict(course.play.names.amazon)
    written = course.play.chronicle
    entries = tuple(written.entries) if written is not None else ()
    return Outcome(scenario, failure, seconds, course.taken, orders, course.calls, course.state, entries)


def _failure_of(course: _Course, seed: int | None, *, keep_end: bool) -> Failure | None:
    try:
        _go_through(course, seed, keep_end=keep_end)
    except ExpectationFailed as error:
        return _failure(course, str(error), error.differences)
    except NeverHappened as error:
        return _failure(course, f"{error} (never, line {error.step.place.line})")
    except InvariantBroken as error:
        lines = tuple(f"{breach.invariant}: {breach.message}" for breach in error.breaches)
        return _failure(course, "an invariant is broken", details=lines)
    except (StepFailed, ControlRefused) as error:
        return _failure(course, str(error))
    except CRASHES as error:
        return _crash(course, error)
    return None


def _go_through(course: _Course, seed: int | None, *, keep_end: bool) -> None:
    given = course.play.scenario.given
    course.world.reset(given.clock, given.seed if seed is None else seed)
    with _entry(course):
        course.play.begin()
    for step in _steps(course.play.scenario):
        course.at = step
        with _entry(course):
            take(course.play, step)
        course.taken += 1
    views = course.play.views
    course.calls = {
        f"{system}.{name}": count
        for system in SYSTEMS
        for name, count in sorted(views.counts(system).items())
    }
    if keep_end:
        course.state = end_state(course.play)
    course.at = Step("invariants", None, course.at.place)
    if "I8" not in course.play.scenario.excepted and (breaches := restless(course.world, views)):
        raise InvariantBroken(breaches)


def _entry(course: _Course) -> AbstractContextManager[None]:
    chronicle = course.play.chronicle
    return contextlib.nullcontext() if chronicle is None else chronicle.entry()


def _steps(scenario: Scenario) -> Iterator[Step]:
    yield from scenario.steps
    if scenario.expect is not None:
        yield scenario.expect


def _failure(
    course: _Course, headline: str, differences: list[Difference] | None = None, details: tuple[str, ...] = ()
) -> Failure:
    found = differences or []
    try:
        course.play.views.forget(*ALL)
        told_stories, calls = stories(course.play, found), last_calls(course.play)
    except (*CRASHES, ControlRefused) as error:
        told_stories, calls = (f"the world cannot be read any more: {type(error).__name__}",), ()
    lines = details + tuple(map(told, found))
    paths = tuple(difference.path for difference in found)
    return Failure(course.at.place, course.at.verb, headline, lines, told_stories, calls, paths)


def _crash(course: _Course, error: Exception) -> Failure:
    """A defect of the connector, or a server that is gone. Only its own errors are sure to hold no data."""
    if isinstance(error, requests.RequestException):
        return _failure(course, f"a simulated system does not answer: {type(error).__name__}")
    words = f": {error}" if isinstance(error, ConnectorError) else ""
    return _failure(course, f"the connector failed with {type(error).__name__}{_where(error)}{words}")


def _where(error: Exception) -> str:
    """The deepest line of this project that the error came through."""
    frames = [
        (frame.f_globals.get("__name__", ""), line) for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    own = [f" in {name}, line {line}" for name, line in frames if name.split(".")[0] in _OWN]
    return own[-1] if own else ""
