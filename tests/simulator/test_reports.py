"""What reports hold, and what they must not."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from simulator.explain import told
from simulator.outcome import Failure, Outcome
from simulator.report import document, junit, page, text
from simulator.scenario.expectations import Difference
from simulator.scenario.model import Given, Place, Scenario, Step

FILE = Path("/somewhere/on/this/machine/scenarios/blockers/disabled.yaml")
GIVEN = Given(datetime(2026, 3, 1, tzinfo=UTC), 1, "UTC", (), {}, (), (), (), (), {})
SCENARIO = Scenario(
    test_id="blockers/disabled",
    title="A <b>disabled</b> product",
    given=GIVEN,
    steps=(
        Step("amazon.order", {"id": "A1", "buyer": {"name": "Jane Roe"}}, Place(FILE, 5)),
        Step("cron", 1, Place(FILE, 6), "the & first run"),
    ),
    expect=Step("expect", {"table": 1}, Place(FILE, 7)),
    place=Place(FILE, 1),
    tags=frozenset({"smoke", "blocker"}),
    excepted={"I7": "because"},
)
PASSED = Outcome(SCENARIO, None, 0.0123, 3, {"A1": "112-0000001-0000001"}, {"amazon.searchOrders": 1})
FAILURE = Failure(
    Place(FILE, 6), "cron", "the world is not as expected", ("a <difference>",), ("a story",), ("a call",)
)
FAILED = replace(PASSED, failure=FAILURE, steps_taken=1)


@pytest.fixture
def report():
    return document.document([PASSED, FAILED])


def test_the_document_tells_how_far_each_scenario_came(report):
    assert (report["passed"], report["failed"]) == (1, 1)
    passed, failed = report["scenarios"]
    assert [step["result"] for step in passed["steps"]] == ["done"] * 3
    assert [step["result"] for step in failed["steps"]] == ["done", "failed", "not reached"]
    assert failed["failure"]["line"] == 6


def test_the_same_outcomes_give_the_same_bytes_however_long_they_took(tmp_path, report):
    slower = document.document([replace(PASSED, seconds=9.0), replace(FAILED, seconds=9.0)])
    for name, content in (("a", report), ("b", slower)):
        document.write(content, tmp_path / f"{name}.json")
        page.write(content, tmp_path / f"{name}.html")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_no_path_of_the_machine_and_no_buyer_is_in_a_report(tmp_path, report):
    document.write(report, tmp_path / "report.json")
    page.write(report, tmp_path / "index.html")
    for file in tmp_path.iterdir():
        content = file.read_text()
        assert "/somewhere" not in content
        assert "Jane" not in content
    assert json.loads((tmp_path / "report.json").read_text()) == report


def test_the_page_is_escaped_and_has_no_scripts(tmp_path, report):
    page.write(report, tmp_path / "index.html")
    content = (tmp_path / "index.html").read_text()
    assert "A &lt;b&gt;disabled&lt;/b&gt; product" in content
    assert "a &lt;difference&gt;" in content
    assert "<script" not in content


def test_junit_has_a_case_for_each_scenario_and_the_failure_in_words(tmp_path):
    junit.write([PASSED, FAILED], tmp_path / "junit.xml")
    cases = list(ET.parse(tmp_path / "junit.xml").iter("testcase"))
    assert [(case.get("classname"), case.get("name")) for case in cases] == [("blockers", "disabled")] * 2
    assert cases[0].find("failure") is None
    assert "a <difference>" in cases[1].find("failure").text


def test_one_line_a_scenario_and_a_summary():
    assert text.line(PASSED) == "passed  blockers/disabled  (12 ms)"
    assert text.line(FAILED).startswith("FAILED")
    assert text.summary([PASSED, FAILED], 0.5) == "1 passed, 1 failed in 0.5 s (median 12 ms a scenario)"


def test_a_failure_shows_its_place_its_differences_and_what_happened_before():
    told_text = "\n".join(text.explanation(FAILURE))
    for part in (f"{FILE}:6", "a <difference>", "a story", "a call"):
        assert part in told_text


PEOPLE = {"name": "Jane Roe"}


@pytest.mark.parametrize(
    "difference",
    [
        Difference("orders.A1.shop.ship_to.name", "Joe", "Jane Roe"),
        Difference("orders.A1.shop.customer.email", "a@b", "Jane Roe"),
        Difference("orders.A1.shop", "absent", {"status": "processing", "ship_to": PEOPLE}),
        Difference("orders.A1.shop.comments[]", "x", ["Jane Roe"]),
    ],
    ids=lambda difference: difference.path,
)
def test_buyers_are_not_shown(difference):
    assert "Jane" not in told(difference)


def test_a_difference_in_words():
    assert told(Difference("table", 1, None)) == "table: expected 1, found absent"
