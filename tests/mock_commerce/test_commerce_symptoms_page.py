"""docs/commerce-symptoms.md tells of each symptom and each quirk, and of nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mock_commerce.config.quirks import IDEAL, QUIRKS, VERSIONS
from mock_commerce.config.settings import Config

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "commerce-symptoms.md").read_text(encoding="utf-8")
TESTS = (ROOT / "tests" / "mock_commerce" / "test_commerce_symptoms.py").read_text(encoding="utf-8")
ROWS = {int(number): row for number, row in re.findall(r"^\| (\d+) \|(.*)\|$", PAGE, re.MULTILINE)}
NUMBERS = range(1, 23)
TOLD = re.findall(r"`(\w+)`(?: \((on|to [\d.]+|from [\d.]+|[\d.]+)\))?", PAGE)


def test_there_are_twenty_two_rows_with_five_cells():
    assert list(ROWS) == list(NUMBERS)
    for row in ROWS.values():
        cells = [cell.strip() for cell in row.split("|")]
        assert len(cells) == 4
        assert all(cells)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_symptom_has_a_test_of_its_number(number):
    assert re.search(rf"^def test_symptom_{number:02}_", TESTS, re.MULTILINE)


@pytest.mark.parametrize("number", NUMBERS)
def test_quirks_of_a_row_are_there(number):
    named = re.findall(r"quirks? `(\w+)`(?:[^`]* and `(\w+)`)?", ROWS[number])
    assert {name for pair in named for name in pair if name} <= set(QUIRKS)


@pytest.mark.parametrize("name", QUIRKS)
def test_every_quirk_is_told_of(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize(("name", "versions"), [pair for pair in TOLD if pair[0] in QUIRKS and pair[1]])
def test_the_versions_that_are_told_are_those_of_the_table(name, versions):
    quirk = QUIRKS[name]
    assert quirk.by_default
    since, until = VERSIONS.index(quirk.since), VERSIONS.index(quirk.until)
    last = len(VERSIONS) - 1
    if versions == "on":
        assert (since, until) == (0, last)
    elif versions.startswith("to "):
        assert (since, quirk.until) == (0, versions.removeprefix("to "))
    elif versions.startswith("from "):
        assert until == last
    else:
        assert quirk.since == quirk.until == versions or (since, quirk.until) == (0, versions)


def test_switches_of_the_page_are_those_of_the_shop():
    known = set(Config.__dataclass_fields__)
    assert set(re.findall(r"`(\w+): [\w\[\]]+`", PAGE)) <= known | set(QUIRKS) | {"use_config_backorders"}
    assert f"`{IDEAL}`" in PAGE
