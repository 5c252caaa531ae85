"""Every scenario that comes along parses, and every example of the language's page does too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mock_amazon
import mock_commerce
from simkit.program import ServerConfig
from simulator.scenario import words
from simulator.scenario.language import find, load
from simulator.scenario.verbs import TO_COME, VERBS

ROOT = Path(__file__).parents[2]
FILES = find([ROOT / "fixtures" / "scenarios"])
PAGE = (ROOT / "docs" / "scenario-language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
BEFORE = """\
scenario: An example of the page
given: {catalog: [{sku: SKU-RED}]}
steps:
  - amazon.order: {id: A1, lines: [{sku: SKU-RED, qty: 1, unit_price: "1.00"}]}
  - commerce.order: {id: C1, lines: [{sku: SKU-RED, qty: 1}]}
"""
LOST = "  - fault: {name: lost, system: amazon, at: getOrder, kind: status}\n"
LISTED = "  - amazon.listing: {sku: SKU-RED, seller_sku: AMZ-RED}\n"


def _file(block: str) -> str:
    """A block as a whole file: as it stands, as steps after some others, or as a world with one step."""
    if block.startswith("scenario:"):
        return block
    if block.startswith("- "):
        before = BEFORE + ("" if "name: lost" in block else LOST) + LISTED
        return before + "".join(f"  {line}\n" for line in block.splitlines())
    return f"scenario: An example of the page\n{block}steps:\n  - cron: 1\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_fixture_parses_and_says_what_it_is(file):
    scenarios = load(file)
    assert scenarios
    for scenario in scenarios:
        assert scenario.ids, "which row of the catalogue or specification is this?"
        assert file.parent.name.removesuffix("s") in {tag.removesuffix("s") for tag in scenario.tags}
        assert scenario.expect is not None
    assert len({scenario.title for scenario in scenarios}) == len(scenarios)


def test_test_ids_are_unique():
    ids = [scenario.test_id for file in FILES for scenario in load(file)]
    assert len(set(ids)) == len(ids)


def test_smoke_is_a_short_list_that_plays_every_verb():
    smoke = [scenario for file in FILES for scenario in load(file) if "smoke" in scenario.tags]
    assert 12 <= len(smoke) <= 25
    assert {step.verb for scenario in smoke for step in scenario.steps} == set(VERBS)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0][:40])
def test_an_example_of_the_page_parses(block, tmp_path):
    file = tmp_path / "example.yaml"
    file.write_text(_file(block), encoding="utf-8")
    assert load(file)


@pytest.mark.parametrize("word", [*VERBS, *TO_COME, *words.PHASES, *words.BLOCKERS, *words.TABLE_STATUSES])
def test_the_page_names_every_word(word):
    assert re.search(rf"[`\s]{re.escape(word)}[`\s:;,]", PAGE)


@pytest.mark.parametrize(("system", "mock"), [("amazon", mock_amazon), ("commerce", mock_commerce)])
def test_operations_are_those_of_the_mocks(system, mock):
    views = mock.create_app(ServerConfig()).view_functions.values()
    assert set(words.OPERATIONS[system]) == {view.operation for view in views if hasattr(view, "operation")}
