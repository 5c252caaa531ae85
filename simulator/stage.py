"""What a scenario needs of the world that it is played in: a world of its own, or the live one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from connector.program import Connector
from simkit.clock import VirtualClock
from simulator.control import Control
from simulator.wire import KillAt


@dataclass(frozen=True)
class RunResult:
    """How a run of the connector went, as far as its wire tells."""

    calls: int
    killed: bool
    errors: Mapping[str, str] = field(default_factory=dict)
    """Problems by the names of the stores that had them."""


class Stage(Protocol):
    """Three programs and one clock."""

    @property
    def amazon(self) -> Control: ...

    @property
    def commerce(self) -> Control: ...

    @property
    def clock(self) -> VirtualClock: ...

    @property
    def connector(self) -> Connector:
        """The connector's present process."""

    def sync(self, store: str | None = None, *, kill: KillAt | None = None, parallel: int = 1) -> RunResult:
        """One run of each active store, or of one."""

    def restart(self) -> None:
        """The next look or run is made by a new process on the same database."""
