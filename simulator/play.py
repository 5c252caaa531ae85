"""A scenario being played: the world, the names in it, and what has to hold from step to step."""

from __future__ import annotations

from typing import Any

from simulator.chronicle import Chronicle
from simulator.given import set_up, stores_of
from simulator.invariants import Breach, Sight, Watch
from simulator.names import Names
from simulator.problems import StepFailed
from simulator.scenario.expectations import Difference, differences
from simulator.scenario.model import Scenario, Step
from simulator.stage import Stage
from simulator.stockbook import StockBook
from simulator.views import ALL, Views
from simulator.wire import KillAt


class ExpectationFailed(Exception):
    """The world is not as expected."""

    def __init__(self, found: list[Difference]) -> None:
        super().__init__("the world is not as expected")
        self.differences = found


class NeverHappened(Exception):
    """What a ``never`` step forbids is true; ``step`` is that step."""

    def __init__(self, step: Step) -> None:
        super().__init__("what must never be true is true")
        self.step = step


class InvariantBroken(Exception):
    """Rules that hold in every scenario do not hold."""

    def __init__(self, breaches: list[Breach]) -> None:
        super().__init__("; ".join(f"{breach.invariant}: {breach.message}" for breach in breaches))
        self.breaches = breaches


class Play:
    """The state of one scenario between its steps."""

    def __init__(self, world: Stage, scenario: Scenario) -> None:
        self.world = world
        self.scenario = scenario
        self.stores = stores_of(scenario.given)
        self.names = Names()
        self.stock = StockBook()
        self.views = Views(world, self.names)
        self.nevers: list[Step] = []
        self.chronicle: Chronicle | None = None
        self._watch = Watch()

    def begin(self) -> None:
        """Set up what is given, in an empty world."""
        self.names.amazon.update(set_up(self.world, self.scenario.given, self.stock))

    def expect(self, expected: dict[str, Any]) -> None:
        if found := differences(expected, self.views.read(expected)):
            raise ExpectationFailed(found)

    def run(self, store: str | None = None, kill: KillAt | None = None, parallel: int = 1) -> None:
        """One run of the connector, and what holds after every run that was completed."""
        began = self.world.clock.now()
        result = self.world.sync(store, kill=kill, parallel=parallel)
        self.views.forget(*ALL)
        if self.chronicle is not None:
            self.chronicle.ran(store, parallel, result)
        if kill is not None and not result.killed:
            raise StepFailed(f"kill_at: call {kill.call} is beyond the run's last call, {result.calls}")
        if not result.killed:
            self._refuse(self._watch.after_run(self.sight(), began, result.errors))

    def check(self) -> None:
        """What holds after every step."""
        self._refuse(self._watch.after_step(self.sight(), self.stock, self.views.take_changed()))
        for step in self.nevers:
            if not differences(step.value, self.views.read(step.value)):
                raise NeverHappened(step)

    def sight(self) -> Sight:
        return Sight(self.world.clock.now(), self.views, self.names.matched)

    def _refuse(self, breaches: list[Breach]) -> None:
        if found := [breach for breach in breaches if breach.invariant not in self.scenario.excepted]:
            raise InvariantBroken(found)
