"""The choice of a version of Amazon's Orders API; what both do with each scenario is in test_scenarios."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.scenario import language
from simulator.versions import names_a_version

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
SCENARIOS = [scenario for file in language.find([FIXTURES]) for scenario in language.load(file)]
FREE = [scenario for scenario in SCENARIOS if not names_a_version(scenario)]


def test_few_scenarios_are_about_one_version_only():
    assert len(FREE) > len(SCENARIOS) / 2
    assert not [scenario.test_id for scenario in FREE if scenario.test_id.startswith("v0/")]


ONE = """scenario: One order
given:
  catalog: [{{sku: SKU-RED, qty: 5}}]{more}
steps:
  - amazon.order: {{id: A1, status: Unshipped, lines: [{{sku: SKU-RED, qty: 1, unit_price: "5.00"}}]}}
  - cron: 1
expect: {{shop_orders: 1, calls: {{amazon.getOrders: {v0}, amazon.searchOrders: {newer}}}}}
"""


@pytest.mark.parametrize(
    ("more", "option", "v0", "newer"),
    [
        ("", [], 0, 1),
        ("", ["--orders-api", "v0"], 1, 0),
        ("", ["--orders-api", "2026-01-01"], 0, 1),
        ('\n  settings: {orders_api_version: "2026-01-01"}', ["--orders-api", "v0"], 0, 1),
    ],
    ids=["by default", "v0", "2026-01-01", "the scenario names its own"],
)
def test_the_command_line_chooses_the_version(tmp_path, more, option, v0, newer):
    file = tmp_path / "one.yaml"
    file.write_text(ONE.format(more=more, v0=v0, newer=newer))
    result = CliRunner().invoke(main, ["run", str(file), *option])
    assert result.exit_code == 0, result.output


def test_an_unknown_version_is_refused(tmp_path):
    result = CliRunner().invoke(main, ["run", str(tmp_path), "--orders-api", "v1"])
    assert result.exit_code == 2
    assert "'2026-01-01', 'v0'" in result.output
