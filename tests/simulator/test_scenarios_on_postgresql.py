"""Every scenario of the fixtures at a PostgreSQL server: it passes, and ends as it does in memory."""

from pathlib import Path

import pytest

from simulator.report.text import explanation
from simulator.runner import play
from simulator.scenario import language
from simulator.world import World

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
SCENARIOS = [scenario for file in language.find([FIXTURES]) for scenario in language.load(file)]


@pytest.fixture(scope="module")
def on_postgresql(postgresql_server):
    with World(database=postgresql_server) as world:
        yield world


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.test_id)
def test_scenario_on_postgresql(scenario, on_postgresql, world):
    ends = []
    for one in (on_postgresql, world):
        outcome = play(one, scenario, keep_end=True)
        assert outcome.passed, "\n".join(explanation(outcome.failure))
        ends.append(outcome.end_state)
    assert ends[0] == ends[1]
