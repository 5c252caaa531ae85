"""The virtual clock: the only source of time of everything that is simulated."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Literal

Mode = Literal["frozen", "running"]

DEFAULT_START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LONGEST_WAIT = 60.0
"""Seconds of this machine's time that a server keeps anybody waiting on purpose."""


class ClockGoesForward(ValueError):
    """Somebody asked for an advance by a negative time or for a speed that is not positive."""


def wall_time() -> datetime:
    """The time of this machine, for the start of a clock that is to begin now."""
    return datetime.now(UTC)


class VirtualClock:
    """Aware UTC time that stands still, or runs at a multiple of wall speed, and can be moved.

    One object is shared by all programs of one world. It is safe to use from several threads.
    """

    def __init__(self, start: datetime = DEFAULT_START, *, mode: Mode = "frozen", speed: float = 1.0) -> None:
        self._lock = threading.Lock()
        self._base = start.astimezone(UTC)
        self._anchor = time.monotonic()
        self._mode: Mode = mode
        self._speed = speed

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def speed(self) -> float:
        """Virtual seconds per wall second while the clock is running."""
        return self._speed

    def now(self) -> datetime:
        with self._lock:
            return self._read()

    def sleep(self, seconds: float) -> None:
        """Wait that many virtual seconds; a frozen clock is moved instead."""
        if self._mode == "frozen":
            self.advance(timedelta(seconds=seconds))
        else:
            time.sleep(max(seconds, 0) / self._speed)

    def pass_by(self, seconds: float) -> None:
        """Let that much virtual time pass: sleep while the clock runs, but move what would take too long."""
        slept = min(seconds, LONGEST_WAIT * self._speed) if self._mode == "running" else 0.0
        if slept:
            self.sleep(slept)
        self.advance(timedelta(seconds=seconds - slept))

    def set(self, moment: datetime) -> None:
        with self._lock:
            self._rebase(moment.astimezone(UTC))

    def advance(self, duration: timedelta) -> None:
        if duration < timedelta(0):
            raise ClockGoesForward(f"the clock cannot be advanced by {duration}: set it instead")
        with self._lock:
            self._rebase(self._read() + duration)

    def freeze(self) -> None:
        with self._lock:
            self._rebase(self._read())
            self._mode = "frozen"

    def run(self) -> None:
        with self._lock:
            self._rebase(self._read())
            self._mode = "running"

    def set_speed(self, speed: float) -> None:
        if not 0 < speed <= 1_000_000:  # noqa: PLR2004 - eleven days a second is as fast as anybody can follow
            raise ClockGoesForward(f"speed {speed} is not between 0 and 1000000")
        with self._lock:
            self._rebase(self._read())
            self._speed = speed

    def _read(self) -> datetime:
        if self._mode == "frozen":
            return self._base
        return self._base + timedelta(seconds=(time.monotonic() - self._anchor) * self._speed)

    def _rebase(self, moment: datetime) -> None:
        self._base = moment
        self._anchor = time.monotonic()
