"""What happened in a scenario, step by step: runs, calls and changes of state, collected for a report.

It looks more often than the rules need, so it is kept only where somebody asked for it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simkit.times import iso
from simulator.control import ControlRefused
from simulator.facts import FACTS, Change, Labels, Told, changes
from simulator.names import Names
from simulator.problems import CRASHES
from simulator.stage import RunResult, Stage
from simulator.views import ALL, SYSTEMS, Views
from simulator.wire import Ear


@dataclass(frozen=True)
class Call:
    """A call of the connector, or several equal ones in a row. ``status`` is 0 where no answer came."""

    system: str
    operation: str
    status: int
    fault: str | None = None
    time: str = ""
    orders: tuple[str, ...] = ()
    times: int = 1

    def is_like(self, other: Call) -> bool:
        return replace(self, orders=other.orders, times=other.times) == other


@dataclass(frozen=True)
class Run:
    """One run of the connector: its calls, and what it says of itself; no counts where it was killed."""

    store: str | None
    calls: int
    killed: bool = False
    processes: int = 1
    counts: Mapping[str, int] | None = None
    problems: tuple[str, ...] = ()
    """Stores that had one."""


@dataclass(frozen=True)
class Moment:
    """What happened at one time: in a run of the connector, or outside."""

    time: str
    run: Run | None
    calls: tuple[Call, ...] = ()
    changes: tuple[Change, ...] = ()
    times: int = 1
    """How many runs in a row were just like this one."""
    until: str = ""
    """The time of the last one of them."""

    def is_like(self, other: Moment) -> bool:
        quiet = self.run is not None and not self.changes
        return quiet and (self.run, self.calls, self.changes) == (other.run, other.calls, other.changes)


@dataclass
class Entry:
    """One step; the world before the first one has an entry too."""

    time: str
    moments: list[Moment] = field(default_factory=list)

    def add(self, moment: Moment) -> None:
        last = self.moments[-1] if self.moments else None
        if last is not None and moment.is_like(last):
            self.moments[-1] = replace(last, times=last.times + 1, until=moment.time)
        else:
            self.moments.append(moment)


class Chronicle:
    """Writes down one scenario while it is played."""

    def __init__(self, world: Stage, views: Views, names: Names, ear: Ear) -> None:
        self.entries: list[Entry] = []
        self._world = world
        self._views = views
        self._labels = Labels(names)
        self._ear = ear
        self._told: dict[str, Told] = {system: {} for system in ALL}
        self._seen: dict[str, object] = {}
        self._numbers = dict.fromkeys(SYSTEMS, 0)

    @contextlib.contextmanager
    def entry(self) -> Iterator[None]:
        """Whatever happens inside belongs to one step, also if the step fails."""
        self.entries.append(Entry(self._now()))
        try:
            yield
        except BaseException:
            self._views.forget(*ALL)
            with contextlib.suppress(*CRASHES, ControlRefused):  # what failed first is what is told
                self._look()
            raise
        self._look()

    def ran(self, store: str | None, parallel: int, result: RunResult) -> None:
        """A run of the connector has just ended."""
        counts = self._views.connector["runs"]["last"] if result.calls and not result.killed else None
        self._look(Run(store, result.calls, result.killed, parallel, counts, tuple(result.errors)))

    def _look(self, run: Run | None = None) -> None:
        found = [change for system in ALL for change in self._changes(system)]
        now = self._now()
        calls = tuple(self._calls(now))
        if run is not None or found or calls:
            self.entries[-1].add(Moment(now, run, calls, tuple(found)))

    def _changes(self, system: str) -> list[Change]:
        state: dict[str, Any] = getattr(self._views, system)
        if self._seen.get(system) is state:
            return []
        before, after = self._told[system], FACTS[system](state, self._labels)
        self._seen[system], self._told[system] = state, after
        return changes(system, before, after)

    def _calls(self, now: str) -> Iterator[Call]:
        """The calls since the last look, equal ones in a row as one."""
        last: Call | None = None
        for entry in self._in_order():
            call = self._call(*entry, now)
            if last is not None and call.is_like(last):
                orders = dict.fromkeys([*last.orders, *call.orders])
                last = replace(last, times=last.times + 1, orders=tuple(orders))
                continue
            if last is not None:
                yield last
            last = call
        if last is not None:
            yield last

    def _in_order(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What the mocks wrote down, in the order in which the calls were heard."""
        heard = self._ear.take()
        if not heard:
            return
        written = {system: iter(self._written(system)) for system in dict.fromkeys(heard)}
        for system in heard:
            if (call := next(written[system], None)) is not None:
                yield system, call

    def _written(self, system: str) -> list[dict[str, Any]]:
        after = str(self._numbers[system])
        calls: list[dict[str, Any]] = self._views.control(system).get("/journal", after=after)["calls"]
        if calls:
            self._numbers[system] = calls[-1]["number"]
        return calls

    def _call(self, system: str, call: dict[str, Any], now: str) -> Call:
        return Call(
            system,
            call["operation"],
            call["status"],
            call["fault"],
            "" if call["time"] == now else call["time"],
            tuple(dict.fromkeys(map(self._labels.of, call["orders"]))),
        )

    def _now(self) -> str:
        return iso(self._world.clock.now())
