"""What one reading of a scenario knows so far: the names in it, the clock, and the problems found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from simkit.clock import DEFAULT_START
from simulator.scenario.model import Place
from simulator.scenario.problems import Problem, not_one_of
from simulator.scenario.yamltree import Node

ORDER, SHOP_ORDER, SKU = "order", "shop order", "SKU"
LISTED, SOLD = "listed SKU", "SKU sold at Amazon"
STORE, ACCOUNT, WEBSITE, SOURCE, FAULT = "store", "store for", "website", "source", "fault"


@dataclass
class Reading:
    """Nodes are read in the order in which they are played, so a name is known when its maker was read."""

    file: Path
    now: datetime = DEFAULT_START
    problems: list[Problem] = field(default_factory=list)
    _names: dict[str, dict[str, None]] = field(default_factory=dict)
    _later: list[Callable[[], None]] = field(default_factory=list)

    def wrong(self, node: Node, message: str) -> None:
        self.problems.append(Problem(Place(self.file, node.line), f"{node.name}: {message}"))

    def learn(self, space: str, name: object) -> None:
        if isinstance(name, str):
            self._names.setdefault(space, {})[name] = None

    def names(self, *spaces: str) -> list[str]:
        return list(dict.fromkeys(name for space in spaces for name in self._names.get(space, ())))

    def has(self, name: object, *spaces: str) -> bool:
        return isinstance(name, str) and any(name in self._names.get(space, ()) for space in spaces)

    def need(self, node: Node, name: str, spaces: Iterable[str]) -> None:
        """Complain unless the name was made before this place."""
        if not self.has(name, *spaces):
            known = self.names(*spaces)
            self.wrong(node, f"there is no such {' or '.join(spaces)} up to here: {not_one_of(name, known)}")

    def at_the_end(self, check: Callable[[], None]) -> None:
        """Put a check off until everything was read: ``expect`` may name what comes after it."""
        self._later.append(check)

    def finish(self) -> None:
        for check in self._later:
            check()
        self._later.clear()
