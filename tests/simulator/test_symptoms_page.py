"""The page of the 25 symptoms says nothing that is not there, and leaves none of them out."""

import ast
import re
from pathlib import Path

import pytest

from mock_amazon import create_app
from mock_amazon.quirks import QUIRKS
from mock_amazon.switches import ACCESS, WORDS
from simkit.program import ServerConfig
from simulator.scenario.language import find, load

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "fixtures" / "scenarios"
PAGE = (ROOT / "docs" / "symptoms.md").read_text(encoding="utf-8")
TESTS = (ROOT / "tests" / "mock_amazon" / "test_spapi_symptoms.py").read_text(encoding="utf-8")
ROWS = {int(number): row for number, row in re.findall(r"^\| (\d+) \|(.*)\|$", PAGE, re.MULTILINE)}
SWITCHES = {**WORDS, "access": ACCESS}
IDS = re.compile(r"SP-(\d\d)")


def numbers_of(file):
    """The symptoms that every scenario of a file says it shows."""
    numbers = [{int(each) for each in IDS.findall(" ".join(one.ids))} for one in load(file)]
    assert all(each == numbers[0] for each in numbers)
    return numbers[0]


SHOWN = {str(file.relative_to(SCENARIOS)): numbers_of(file) for file in find([SCENARIOS])}


def test_there_are_twenty_five_rows_with_five_cells():
    assert list(ROWS) == list(range(1, 26))
    for row in ROWS.values():
        cells = [cell.strip() for cell in row.split("|")]
        assert len(cells) == 4
        assert all(cells)


@pytest.mark.parametrize("number", range(1, 26))
def test_a_row_names_the_scenarios_that_carry_its_number(number):
    told = set(re.findall(r"`([\w/-]+\.yaml)`", ROWS[number]))
    assert told == {file for file, numbers in SHOWN.items() if number in numbers}


def test_rows_without_a_scenario_are_told():
    (told,) = re.findall(r"^\* (.*) have no scenario", PAGE, re.MULTILINE)
    numbers = {int(number) for number in re.findall(r"\*\*(\d+)\*\*", told)}
    assert numbers == set(ROWS) - set().union(*SHOWN.values())


@pytest.mark.parametrize("number", range(1, 26))
def test_every_switch_of_a_row_is_there(number):
    row = ROWS[number]
    assert set(re.findall(r"quirk `(\w+)`", row)) <= set(QUIRKS)
    for switch, position in re.findall(r"`(\w+): (\w+)`", row):
        assert position in SWITCHES[switch]


def test_every_control_call_is_there():
    rules = {str(rule) for rule in create_app(ServerConfig()).url_map.iter_rules()}
    paths = {re.sub(r"<\w+:?\w*>", "<id>", rule) for rule in rules}
    assert set(re.findall(r"(?:POST|GET) (/_sim/[^` ]+)`", PAGE)) <= paths


@pytest.mark.parametrize("number", range(1, 26))
def test_every_symptom_has_a_test_on_the_wire(number):
    names = [part.name for part in ast.parse(TESTS).body if isinstance(part, ast.FunctionDef)]
    assert any(name.startswith(f"test_symptom_{number:02d}_") for name in names)


def test_every_table_that_the_page_names_is_there():
    for path in re.findall(r"`((?:fixtures|tests)/[\w/.]+\.\w+)`", PAGE):
        assert (ROOT / path).is_file()
