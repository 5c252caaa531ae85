"""Cron: every store at the multiples of its interval since 00:00Z, for as long as nobody stops it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from connector.clock import Clock

SLICE = 0.5
"""Seconds of one pause: how late a stop, or a clock that was moved, is noticed at most."""
PLAN_LIFE = timedelta(seconds=30)
"""How long it waits before it looks again which stores there are, and how often each is due."""
_DAY = timedelta(days=1)

Pause = Callable[[float], object]


class Runs(Protocol):
    """What is run: the connector, as far as cron has to know it."""

    def cron_intervals(self) -> Mapping[str, timedelta]: ...
    def sync(self, store: Collection[str]) -> Mapping[str, str]: ...


class Cron:
    """Runs stores when they are due, on the clock that is handed in. ``stop`` may come from any thread.

    ``pause`` waits some seconds; by default the clock does. Where a frozen clock must not be moved by
    waiting, hand in another. ``told`` hears of each run: its time, the stores and their errors.
    """

    def __init__(
        self,
        runs: Runs,
        clock: Clock,
        *,
        told: Callable[[datetime, list[str], Mapping[str, str]], None],
        pause: Pause | None = None,
    ) -> None:
        self._runs = runs
        self._clock = clock
        self._told = told
        self._pause = pause or clock.sleep
        self._stopping = False

    def stop(self) -> None:
        """End before the next run; one that has begun is finished first."""
        # A plain flag: a signal may come while this thread holds whatever lock an event would need.
        self._stopping = True

    def run(self) -> None:
        """Run until stopped. What was missed while the clock jumped or a run took long is made good once."""
        began = self._clock.now()
        while not self._stopping:
            plan = due_times(began, self._runs.cron_intervals())
            now = self._wait(began, min([*plan.values(), began + PLAN_LIFE]))
            plan = due_times(began, self._runs.cron_intervals())  # they may have changed meanwhile
            due = [name for name, time in plan.items() if time <= now]
            if due and not self._stopping:
                self._told(now, due, self._runs.sync(due))
            began = now

    def _wait(self, began: datetime, until: datetime) -> datetime:
        """Wait for a moment, or until the clock is set back behind the beginning; answers the time then."""
        now = self._clock.now()
        while began <= now < until and not self._stopping:
            self._pause(min(SLICE, (until - now).total_seconds()))
            now = self._clock.now()
        return now


def due_times(now: datetime, intervals: Mapping[str, timedelta]) -> dict[str, datetime]:
    """When each store is due next, strictly later than now. Counting starts anew each midnight."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        name: min(midnight + ((now - midnight) // interval + 1) * interval, midnight + _DAY)
        for name, interval in intervals.items()
    }
