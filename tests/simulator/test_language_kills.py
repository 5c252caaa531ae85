"""The kill scenarios try every call of their run: one call more is beyond the last one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from simulator import runner
from simulator.scenario.language import load
from simulator.world import World

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize("run", ["importing", "confirming", "completing"])
def test_every_call_is_killed_before_and_after(run, tmp_path):
    with (FIXTURES / "tables" / f"kill_while_{run}.csv").open(encoding="utf-8", newline="") as table:
        rows = [(int(row["call"]), row["when"]) for row in csv.DictReader(table)]
    last = max(call for call, _ in rows)
    assert sorted(rows) == [(call, when) for call in range(1, last + 1) for when in ("after", "before")]

    text = (FIXTURES / "scenarios" / "kill" / f"while_{run}.yaml").read_text(encoding="utf-8")
    beyond = tmp_path / "beyond.yaml"
    beyond.write_text(text.replace(f"kill_while_{run}.csv", f"[{{call: {last + 1}, when: before}}]"))
    with World() as world:
        (scenario,) = load(beyond)
        failure = runner.play(world, scenario).failure
    assert failure is not None
    assert failure.headline == f"kill_at: call {last + 1} is beyond the run's last call, {last}"
