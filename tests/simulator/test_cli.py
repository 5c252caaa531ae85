"""``channelsim run``: exit status, messages and reports."""

import pytest
from click.testing import CliRunner

from simulator.cli import main

GOOD = """scenario: One order
tags: [{tag}]
given:
  catalog: [{{sku: SKU-RED, qty: 10}}]
steps:
  - amazon.order: {{id: A1, status: Unshipped, lines: [{{sku: SKU-RED, qty: 2, unit_price: "19.99"}}]}}
  - cron: 1
expect: {{shop_orders: {orders}}}
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "good.yaml").write_text(GOOD.format(tag="smoke", orders=1))
    return folder


def run(*arguments):
    return CliRunner().invoke(main, ["run", *map(str, arguments)])


def test_all_passed(folder):
    result = run(folder)
    assert result.exit_code == 0, result.output
    assert "passed  good" in result.output
    assert "1 passed, 0 failed" in result.output


def test_one_failed(folder):
    (folder / "wrong.yaml").write_text(GOOD.format(tag="slow", orders=2))
    result = run(folder)
    assert result.exit_code == 1
    assert "shop_orders: expected 2, found 1" in result.output
    assert "1 passed, 1 failed" in result.output


def test_only_scenarios_with_a_tag(folder):
    (folder / "wrong.yaml").write_text(GOOD.format(tag="slow", orders=2))
    result = run(folder, "--tag", "smoke")
    assert result.exit_code == 0
    assert "wrong" not in result.output


def test_none_selected(folder):
    result = run(folder, "--tag", "smok")
    assert result.exit_code == 2
    assert "no scenario with the tag smok" in result.output


def test_a_path_that_is_not_there(folder):
    result = run(folder / "gone.yaml")
    assert result.exit_code == 2
    assert "gone.yaml" in result.output


def test_the_default_folder_is_named_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "fixtures/scenarios" in result.output


def test_an_unreadable_scenario_keeps_all_from_being_played(folder):
    (folder / "bad.yaml").write_text(GOOD.format(tag="smoke", orders=1).replace("cron:", "crown:"))
    result = run(folder)
    assert result.exit_code == 2
    assert "bad.yaml:7" in result.output
    assert "did you mean 'cron'?" in result.output
    assert "passed" not in result.output


@pytest.mark.parametrize("option", ["--report", "--junit"])
def test_a_report_that_cannot_be_written(folder, tmp_path, option):
    (tmp_path / "file").write_text("in the way")
    result = run(folder, option, tmp_path / "file" / "below")
    assert result.exit_code == 2
    assert "passed" not in result.output


def test_reports_of_the_same_seed_are_the_same_bytes(folder, tmp_path):
    reports = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        result = run(folder, "--report", tmp_path / name, "--junit", tmp_path / f"{name}.xml", "--seed", seed)
        assert result.exit_code == 0
        assert (tmp_path / f"{name}.xml").exists()
        reports.append([(tmp_path / name / file).read_bytes() for file in ("report.json", "index.html")])
    assert reports[0] == reports[1]
    assert reports[0][0] != reports[2][0]


@pytest.mark.sockets
def test_over_http(folder):
    assert run(folder, "--over-http").exit_code == 0


def test_the_version_and_the_help():
    assert CliRunner().invoke(main, ["--version"]).output.startswith("channelsim, version ")
    assert "up" in CliRunner().invoke(main, ["--help"]).output


def test_a_clock_that_cannot_be_read():
    result = CliRunner().invoke(main, ["up", "--port", "0", "--clock", "tomorrow"])
    assert result.exit_code == 2
    assert "'tomorrow' is not a time" in result.output
