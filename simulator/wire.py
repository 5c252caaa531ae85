"""The connector's HTTP calls under watch: counted per run, and cut where a process is to be killed.

A killed process is dead for good: every further call and commit of it fails too, as nothing of it would
reach anybody any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import requests
from requests.adapters import BaseAdapter


class Killed(BaseException):
    """The connector's process ended here. Not an Exception: no handler of a dead process runs."""


@dataclass(frozen=True)
class KillAt:
    """Die before or after the given call of a run, counted from 1."""

    call: int
    when: Literal["before", "after"]


@dataclass
class Line:
    """One connector process as its wire sees it: the calls of its current run, and whether it lives."""

    calls: int = 0
    dead: bool = False
    _kill: KillAt | None = None
    _others: Callable[[], None] | None = field(default=None, repr=False)

    def begin(self, kill: KillAt | None = None, others: Callable[[], None] | None = None) -> None:
        """Start counting a run; ``others`` is what other processes do at its first call."""
        self.calls = 0
        self._kill, self._others = kill, others

    def live_again(self) -> None:
        """Be the line of a new process."""
        self.dead = False
        self.begin()

    def check(self) -> None:
        """Raise Killed for a dead process."""
        if self.dead:
            raise Killed

    def before(self) -> None:
        self.check()
        self.calls += 1
        if others := self._others:
            self._others = None
            others()
        self._die("before")

    def after(self) -> None:
        self._die("after")

    def _die(self, when: str) -> None:
        if self._kill is not None and (self._kill.call, self._kill.when) == (self.calls, when):
            self.dead = True
            raise Killed


class Ear:
    """Which systems were called, in order, while somebody listens; a mock's journal knows only its own."""

    def __init__(self) -> None:
        self._heard: list[str] | None = None

    def listen(self, *, on: bool) -> None:
        self._heard = [] if on else None

    def hear(self, system: str) -> None:
        if self._heard is not None:
            self._heard.append(system)

    def take(self) -> list[str]:
        """What was heard since the last time that this was asked."""
        if self._heard is None:
            return []
        heard, self._heard = self._heard, []
        return heard


class HeardAdapter(BaseAdapter):
    """An adapter whose calls are heard, by whichever process of the connector they are made."""

    def __init__(self, inner: BaseAdapter, system: str, ear: Ear) -> None:
        super().__init__()
        self._inner = inner
        self._system = system
        self._ear = ear

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self._ear.hear(self._system)
        return self._inner.send(request, *args, **kwargs)

    def close(self) -> None:
        self._inner.close()


class WatchedAdapter(BaseAdapter):
    """An adapter that tells a line about each call that it passes on."""

    def __init__(self, inner: BaseAdapter, line: Line) -> None:
        super().__init__()
        self._inner = inner
        self._line = line

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self._line.before()
        try:
            return self._inner.send(request, *args, **kwargs)
        finally:
            self._line.after()

    def close(self) -> None:
        self._inner.close()
