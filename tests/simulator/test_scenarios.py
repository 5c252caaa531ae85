"""Every scenario of the fixtures, in process and over sockets, and with both versions of Amazon's Orders API.

All pass, and all end in the same state.
"""

from pathlib import Path

import pytest

from simulator import versions
from simulator.report.text import explanation
from simulator.runner import play
from simulator.scenario import language
from simulator.world import World

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
SCENARIOS = [scenario for file in language.find([FIXTURES]) for scenario in language.load(file)]


@pytest.fixture(scope="module")
def in_process():
    with World() as world:
        yield world


@pytest.fixture(scope="module")
def over_http():
    with World(over_http=True) as world:
        yield world


@pytest.mark.sockets
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.test_id)
def test_scenario(scenario, in_process, over_http):
    ends = []
    for world in (in_process, over_http):
        # written down in one of both: looking on for a report changes nothing
        outcome = play(world, scenario, keep_end=True, chronicle=world is in_process)
        assert outcome.passed, "\n".join(explanation(outcome.failure))
        ends.append(outcome.end_state)
    assert ends[0] == ends[1]
    if not versions.names_a_version(scenario):
        outcome = play(in_process, versions.reading("v0", scenario), keep_end=True)
        assert outcome.passed, "\n".join(("with Orders v0:", *explanation(outcome.failure)))
        assert versions.without_version(outcome.end_state) == versions.without_version(ends[0])
