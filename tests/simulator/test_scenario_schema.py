"""The JSON Schema of the language: it takes every scenario there is, and refuses nothing that is right."""

import json
import re
from copy import deepcopy
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.authoring import schema_text
from simulator.scenario import verbs
from simulator.scenario.jsonschema import scenario_schema
from simulator.scenario.language import ScenarioError, find, load
from simulator.scenario.values import plain
from simulator.scenario.yamltree import read_tree

ROOT = Path(__file__).parents[2]
FILES = find([ROOT / "fixtures"])
SCHEMA = scenario_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PAGE = (ROOT / "docs" / "scenario-language.md").read_text(encoding="utf-8")
RIGHT = """\
scenario: A title
given: {{catalog: [{{sku: SKU-RED, qty: 10}}]}}
steps:
  - amazon.order: {{id: A1, lines: [{{sku: SKU-RED, qty: 2, unit_price: "19.99"}}]}}
  - {step}
"""


def tree_of(file):
    return plain(read_tree(file, []))


def taken(content):
    return VALIDATOR.is_valid(content)


def parsed(file):
    try:
        load(file)
    except ScenarioError:
        return False
    return True


def test_it_is_a_schema_of_its_dialect():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]


def test_the_file_in_the_docs_is_up_to_date():
    kept = (ROOT / "docs" / "scenario.schema.json").read_text(encoding="utf-8")
    assert kept == schema_text(), "run: channelsim schema docs/scenario.schema.json"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_scenario_of_the_fixtures_is_taken(file):
    error = jsonschema.exceptions.best_match(VALIDATOR.iter_errors(tree_of(file)))
    assert error is None, f"{error.json_path}: {error.message}"


@pytest.mark.parametrize("verb", verbs.VERBS)
def test_every_verb_is_offered_with_words_for_people(verb):
    offered = SCHEMA["else"]["properties"]["steps"]["items"]["properties"]
    assert offered[verb]["description"], f"give the kind of {verb} its about="


@pytest.mark.parametrize("verb", verbs.TO_COME)
def test_a_verb_that_is_still_to_come_is_not_offered(verb):
    assert verb not in SCHEMA["else"]["properties"]["steps"]["items"]["properties"]
    assert not taken({"scenario": "x", "steps": [{verb: "A1"}]})


WRONG_STEPS = [
    "amazon.hide_all: A1",
    "{}",
    "cron",
    "{cron: 1, advance: 2d}",
    "{cron: 1, note: 5}",
    "cron: 0",
    "cron: true",
    "cron: soon",
    "advance: 3 days",
    "connector.sync:",
    "connector.sync: {parallel: 9}",
    "connector.sync: {kill_at: {call: 3}}",
    "connector.sync: {kill_at: {call: 3, when: during}}",
    "connector.restart: now",
    "connector.settings: {import_orders: maybe}",
    'connector.settings: {import_orders: " enabled "}',
    "connector.settings: {read_only: [on]}",
    "connector.settings: {cron_interval: often}",
    "connector.settings: {colour: red}",
    "amazon.confirm: {}",
    "amazon.confirm: 5",
    "amazon.order: {id: A2}",
    "amazon.order: {id: 2A, lines: [{sku: SKU-RED, qty: 1, unit_price: '1.00'}]}",
    "amazon.order: {id: A2, lines: []}",
    "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: 19.99}]}",
    "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: '19.999'}]}",
    "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: '-1.00'}]}",
    "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1.5, unit_price: '1.00'}]}",
    "amazon.order: {id: A2, lines: [{sku: SKU-RED, qty: 1, unit_price: '1.00', colour: red}]}",
    "amazon.order: {id: A2, placed: yesterday, lines: [{sku: SKU-RED, qty: 1, unit_price: '1'}]}",
    "amazon.order: {id: A2, channel: FBA, lines: [{sku: SKU-RED, qty: 1, unit_price: '1'}]}",
    "commerce.config: {version: 2.4}",
    "commerce.config: {currencies: []}",
    "commerce.product: {sku: SKU-RED, qty_increments: 0}",
    "commerce.product: {sku: SKU-RED, in_stock: yes}",
    "commerce.stock: {sku: SKU-RED}",
    "fault: {system: amazon, at: getOrder, kind: dealy}",
    "fault: {system: ebay, at: getOrder, kind: status}",
    "fault: {system: amazon, at: getOrder, kind: status, status: 200}",
    "fault: {system: amazon, at: getOrder, kind: status, probability: 2}",
    "expect: {order: {A1: {table: Shipped}}}",
    "expect: {orders: {A1: {tabel: Shipped}}}",
    "expect: {orders: {A1: {table: Shiped}}}",
    "expect: {orders: {A1: {notes: {contians: x}}}}",
    "expect: {orders: {A1: {packages: {exactly: [], contains: x}}}}",
    "expect: {orders: {A1: {shop: {total: 39.98}}}}",
    "expect: {orders: [A1]}",
    "expect: {table: {'>': many}}",
    "expect: {calls: {amazon.getOrdr: 1}}",
    "note: ''",
]


@pytest.mark.parametrize("step", WRONG_STEPS)
def test_a_wrong_step_is_refused_by_the_schema_and_by_the_parser(step, tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(RIGHT.format(step="cron: 1"), encoding="utf-8")
    assert taken(tree_of(file))
    assert parsed(file)
    file.write_text(RIGHT.format(step=step), encoding="utf-8")
    assert not taken(tree_of(file))
    assert not parsed(file)


@pytest.mark.parametrize(
    "text",
    [
        "steps: [{cron: 1}]",
        "scenario: x",
        "scenario: x\nsteps: []",
        "scenario: 5\nsteps: [{cron: 1}]",
        "scenario: x\ncolour: red\nsteps: [{cron: 1}]",
        "scenario: x\nprofile: sane\nsteps: [{cron: 1}]",
        "scenario: x\nid: twenty\nsteps: [{cron: 1}]",
        "scenario: x\ntags: smoke\nsteps: [{cron: 1}]",
        "scenario: x\ninvariants: {except: [I5]}\nsteps: [{cron: 1}]",
        "scenario: x\ngiven: {timezone: Europe/Berlin}\nsteps: [{cron: 1}]",
        "scenario: x\ngiven: {stores: []}\nsteps: [{cron: 1}]",
        "scenario: x\ngiven: {websites: [EU]}\nsteps: [{cron: 1}]",
        "scenario: x\nexamples: []\nsteps: [{cron: 1}]",
        "scenario: x\nexamples: rows.txt\nsteps: [{cron: 1}]",
        "scenario: <a>\nexamples: [{a: x}]\nsteps: [{cron: 1, advance: 2d}]",
        "scenario: <a>\nexamples: [{a: x}]\nsteps: [{cron: soon}]",
    ],
)
def test_a_wrong_file_is_refused_by_both(text, tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    assert not taken(tree_of(file))
    assert not parsed(file)


@pytest.mark.parametrize(
    "step",
    [
        "cron: <n>",
        "<verb>: 1",
        "advance: <n>m",
        "expect: {orders: {<a>: {table: <b>}}}",
        "expect: {<a>: 1}",
        "amazon.order: {id: A<n>, <a>: SKU-RED, lines: <lines>}",
        "amazon.order: <order>",
        "connector.settings: {import_orders: <n>}",
    ],
)
def test_places_are_taken_where_there_are_rows_and_only_there(step, tmp_path):
    file = tmp_path / "rows.yaml"
    file.write_text(RIGHT.format(step=step), encoding="utf-8")
    content = tree_of(file)
    assert taken({**content, "examples": [{"n": 1}]})
    if step != "expect: {orders: {<a>: {table: <b>}}}":
        assert not taken(content)


def places_in(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from places_in(child, (*path, key))


SOMETHING = st.sampled_from(
    [None, True, 0, -1, 7, 1.5, "", "x", "A1", "any", "absent", "19.99", "-2d", "3d", "on", "<x>", [], {}]
) | st.sampled_from(
    [["x"], {"exactly": []}, {"contains": "x"}, {">=": 1}, {"order": "A1"}, {"sku": "SKU-RED", "qty": 1}]
)


@st.composite
def changed(draw):
    """A right scenario in which something stands that perhaps does not belong there."""
    content = deepcopy(tree_of(draw(st.sampled_from(FILES))))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from([path for path in places_in(content) if path]))
        parent = content
        for key in path[:-1]:
            parent = parent[key]
        new = deepcopy(draw(SOMETHING))  # a list that stands in two places would come to hold itself
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "remove":
                del parent[path[-1]]
            case "add" if isinstance(parent, dict):
                parent[draw(st.sampled_from(["note", "store", "colour", "exactly", "lines"]))] = new
            case _:
                parent[path[-1]] = new
    return content


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(content=changed())
def test_what_the_schema_refuses_the_parser_refuses_too(content, tmp_path):
    file = tmp_path / "scenarios" / "changed.yaml"
    file.parent.mkdir(exist_ok=True)
    for name in ("tables", "payloads"):
        if not (tmp_path / name).exists():
            (tmp_path / name).symlink_to(ROOT / "fixtures" / name)
    file.write_text(json.dumps(content), encoding="utf-8")
    if not taken(content):
        assert not parsed(file)


def test_the_page_tells_editors_where_the_schema_is():
    assert re.search(r"yaml-language-server: \$schema=\S*scenario\.schema\.json", PAGE)
