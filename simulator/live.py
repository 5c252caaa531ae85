"""The live world as a stage: a scenario plays in it, in front of whoever looks at its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from connector.program import Connector
from simkit.clock import VirtualClock
from simulator.control import Control, ControlRefused
from simulator.play import ExpectationFailed, InvariantBroken, NeverHappened, Play
from simulator.problems import StepFailed
from simulator.scenario.model import Scenario
from simulator.scenario.steps import take
from simulator.stage import RunResult
from simulator.wire import KillAt


class NotPlayed(Exception):
    """A step of the scenario cannot be played in the live world; the message names its line and why."""


@dataclass(frozen=True)
class LiveStage:
    """The programs of ``channelsim up``. Its connector cannot be killed: it is this process."""

    amazon: Control
    commerce: Control
    clock: VirtualClock
    connector: Connector

    def sync(self, store: str | None = None, *, kill: KillAt | None = None, parallel: int = 1) -> RunResult:
        """One run.

        Raises StepFailed for one that is to be killed or doubled.
        """
        if kill is not None or parallel > 1:
            raise StepFailed("a run of the live world can be neither killed nor doubled")
        return RunResult(0, killed=False, errors=self.connector.sync(store=store))

    def restart(self) -> None:
        raise StepFailed("the connector of the live world cannot be restarted")


def perform(stage: LiveStage, scenario: Scenario, tell: Callable[[str], None]) -> None:
    """Play a scenario in an empty live world, from the clock's present time on.

    Raises NotPlayed at the first step that fails.
    """
    given = replace(scenario.given, clock=stage.clock.now())
    play = Play(stage, replace(scenario, given=given))
    place = scenario.place
    try:
        play.begin()
        for step in scenario.steps:
            place = step.place
            if step.note:
                tell(step.note)
            take(play, step)
    except (StepFailed, ControlRefused, ExpectationFailed, NeverHappened, InvariantBroken) as error:
        raise NotPlayed(f"{place}: {error}") from error
