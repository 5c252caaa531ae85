"""The report as JUnit XML, for CI servers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from junit_xml import TestCase, TestSuite, to_xml_report_string

from simulator.outcome import Outcome
from simulator.report.text import explanation


def write(outcomes: Sequence[Outcome], path: Path) -> None:
    suite = TestSuite("channelsim", [_case(outcome) for outcome in outcomes])
    path.write_text(to_xml_report_string([suite]), encoding="utf-8")


def _case(outcome: Outcome) -> TestCase:
    folder, _, name = outcome.scenario.test_id.rpartition("/")
    case = TestCase(name, classname=folder.replace("/", ".") or "scenarios", elapsed_sec=outcome.seconds)
    if outcome.failure is not None:
        text = "\n".join(explanation(outcome.failure))
        case.add_failure_info(message=outcome.failure.headline, output=text)
    return case
