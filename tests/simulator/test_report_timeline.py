"""The timeline of a report: steps and expectations in words, lanes, copies, and the page's safety."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from simulator.outcome import Outcome
from simulator.report import document, page
from simulator.report.telling import expected_lines, step_words
from simulator.report.timeline import LANES, lane
from simulator.runner import play
from simulator.scenario import language
from simulator.scenario.model import Place, Step

HERE = Place(Path("it.yaml"), 1)
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
NAMING = re.compile(r"ship_to:|buyer:|amazon\.payload")
PEOPLED = [file for file in language.find([FIXTURES]) if NAMING.search(file.read_text(encoding="utf-8"))]
FULL = """\
tags: [money]
given: {catalog: [{sku: SKU-RED, qty: 10}]}
steps:
  - amazon.order: {id: A1, status: Unshipped, lines: [{sku: SKU-RED, qty: 2, unit_price: "5.00"}]}
    note: a <i>note</i>
  - fault: {name: lost, system: commerce, at: place_order, kind: commit_then_drop}
  - amazon.order: {id: B, copies: 12, status: Unshipped, lines: [{sku: SKU-RED, qty: 1, unit_price: "5.00"}]}
  - cron: 2
  - expect: {table: 13}
  - connector.sync: {kill_at: {call: 1, when: before}}
  - expect: {orders: {A1: {table: Unshipped, shop: {total: "10.00", status: nonsense}}}, table: 14}
  - cron: 1
"""


def told(world, loaded):
    return document.document([play(world, loaded, chronicle=True)])


@pytest.mark.parametrize(
    ("verb", "value", "words"),
    [
        ("cron", 2, "2"),
        ("advance", "3d", "3d"),
        ("amazon.confirm", {"order": "A1"}, "A1"),
        (
            "amazon.order",
            {
                "id": "A1",
                "lines": [{"sku": "RED", "qty": 2, "unit_price": "1.00"}],
                "buyer": {"name": "Jane Roe"},
            },
            "A1, 2 × RED at 1.00, buyer …",
        ),
        ("amazon.payload", {"id": "A1", "order": {"BuyerName": "Jane Roe"}}, "A1, order …"),
        ("amazon.edit", {"order": "A1", "set": {"ship_to": {"name": "Jane Roe"}}}, "A1, set …"),
        ("commerce.ship", {"order": "A1", "tracks": []}, "A1, tracks none"),
        ("commerce.comment", {"order": "A1", "text": "for Jane Roe"}, "A1, text …"),
        ("connector.settings", {"read_only": "on"}, "read_only on"),
        ("connector.sync", {"kill_at": {"call": 3, "when": "before"}}, "kill_at call 3 when before"),
        ("commerce.product", {"sku": "RED", "sources": {"east": 2}}, "RED, sources east 2"),
        ("expect", {"table": 1}, ""),
    ],
)
def test_a_step_in_words_names_nobody(verb, value, words):
    assert step_words(Step(verb, value, HERE)) == words


@pytest.mark.parametrize(
    ("expected", "lines"),
    [
        ({"table": 1}, [("table", "1")]),
        ({"table": {">=": 1, "<": 5}}, [("table", ">= 1, < 5")]),
        ({"orders": {"A1": {"shop": "absent"}}}, [("orders.A1.shop", "absent")]),
        (
            {"orders": {"A1": {"shop": {"ship_to": {"name": "Jane Roe"}, "total": "1.00"}}}},
            [("orders.A1.shop.ship_to", "…"), ("orders.A1.shop.total", "1.00")],
        ),
        (
            {"orders": {"A1": {"shop": {"customer": {"email": "j@example.com"}}}}},
            [("orders.A1.shop.customer", "…")],
        ),
        (
            {"orders": {"A1": {"shop": {"lines": {"exactly": [{"sku": "RED", "qty": 2}]}}}}},
            [("orders.A1.shop.lines", "exactly [sku RED, qty 2]")],
        ),
        (
            {"orders": {"exactly": {"A1": {"table": "any"}}}},
            [("orders", "exactly A1"), ("orders.A1.table", "any")],
        ),
    ],
)
def test_an_expectation_is_told_value_by_value(expected, lines):
    assert expected_lines(expected) == lines


@pytest.mark.parametrize(
    ("verb", "value", "expected"),
    [
        ("amazon.cancel", {}, "amazon"),
        ("commerce.ship", {}, "commerce"),
        ("connector.match", {}, "connector"),
        ("cron", 1, "connector"),
        ("fault", {"system": "commerce"}, "commerce"),
        ("advance", "3d", ""),
    ],
)
def test_a_step_stands_in_the_lane_of_the_system_that_it_acts_on(verb, value, expected):
    assert lane(Step(verb, value, HERE)) == expected


def test_what_differs_is_marked_and_what_holds_is_not(world, scenario):
    (one,) = told(world, scenario(FULL))["scenarios"]
    before, expect = (step for step in one["steps"] if step["verb"] == "expect")
    assert [line["held"] for line in before["expected"]] == [True]
    held = {line["path"]: line["held"] for line in expect["expected"]}
    assert held == {
        "orders.A1.table": True,
        "orders.A1.shop.total": True,
        "orders.A1.shop.status": False,
        "table": False,
    }
    assert {line["path"]: line["lane"] for line in expect["expected"]}["orders.A1.shop.total"] == "commerce"
    assert [step["result"] for step in one["steps"]][-2:] == ["failed", "not reached"]


def test_copies_of_an_order_are_one_step_with_one_change(world, scenario):
    (one,) = told(world, scenario(FULL))["scenarios"]
    (copies,) = [step for step in one["steps"] if step["copies"] > 1]
    assert copies["copies"] == 12
    assert copies["words"].startswith("B1,")
    (change,) = copies["moments"][0]["changes"]
    assert (len(change["of"]), change["more"]) == (10, 2)


def test_the_same_scenario_and_seed_give_the_same_bytes(world, scenario, tmp_path):
    for name in ("a", "b"):
        content = told(world, scenario(FULL))
        document.write(content, tmp_path / f"{name}.json")
        page.write(content, tmp_path / f"{name}.html")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.fixture
def text(world, scenario, tmp_path):
    page.write(told(world, scenario(FULL)), tmp_path / "index.html")
    return (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_page_shows_calls_changes_faults_and_runs_in_three_lanes(text):
    for name in LANES:
        assert f'class="{name}"' in text
    for part in ("place_order", "fault lost", "killed", "and 2 more", "a &lt;i&gt;note&lt;/i&gt;", "line 5"):
        assert part in text
    assert "to-amazon" in text
    assert "to-commerce" in text


def test_the_page_allows_its_own_style_only_and_loads_nothing(text):
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert not re.search(r"<script|<link|<img|\sstyle=|\son\w+=|https?://|url\(", text)


def test_the_tags_can_be_chosen_without_a_script(text):
    assert 'id="only-money"' in text
    assert "body:has(#only-money:checked) .scenario:not(.tag-money)" in text


def test_an_author_who_repeats_a_buyers_name_does_not_bring_it_into_the_report(world, scenario):
    loaded = scenario(
        """\
about: Ada Lovelace of Springfield Heights orders; absent is a word.
given: {catalog: [{sku: SKU-RED}]}
steps:
  - amazon.order:
      id: A1
      buyer: {name: Ada Lovelace, email: ada@example.com}
      ship_to: {name: Ada Lovelace, city: Springfield Heights, country: US}
      lines: [{sku: SKU-RED, qty: 1, unit_price: "1.00", gift_message: With love}]
    note: ada@example.com pays. With love.
expect: {orders: {A1: {shop: absent}}}
"""
    )
    content = json.dumps(told(world, loaded), ensure_ascii=False)
    for value in ("Ada", "ada@", "Springfield", "With love"):
        assert value not in content
    assert "absent is a word" in content


def written_down(loaded):
    """Every text by which a scenario names a person; expectations do not name, they look."""

    def below(value, *, inside):
        if isinstance(value, dict):
            for key, item in value.items():
                yield from below(item, inside=inside or key in {"ship_to", "buyer", "gift_message"})
        elif isinstance(value, list | tuple):
            for item in value:
                yield from below(item, inside=inside)
        elif inside and isinstance(value, str):
            yield value

    steps = [step.value for step in loaded.steps if step.verb not in {"expect", "never"}]
    return set(below([*loaded.given.amazon_orders, *steps], inside=False))


def in_the_shop(world):
    """What Commerce knows of the buyers, whoever made it up."""
    for order in world.commerce.get("/state")["orders"]:
        yield from (order["ship_to"] or {}).values()
        yield from (order["bill_to"] or {}).values()
        yield from order["customer"].values() if isinstance(order["customer"], dict) else ()


def hits(values, text):
    """Those that the report says; what is as short as a country's code is said everywhere."""
    return {
        value
        for value in values
        if value and len(value) > 3 and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text)
    }


@pytest.mark.parametrize("file", PEOPLED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_buyer_of_the_fixtures_is_in_a_report(file, world, tmp_path):
    for loaded in language.load(file):
        content = told(world, loaded)
        document.write(content, tmp_path / "report.json")
        page.write(content, tmp_path / "index.html")
        people = written_down(loaded) | set(in_the_shop(world))
        assert people
        for name in ("report.json", "index.html"):
            assert hits(people, (tmp_path / name).read_text(encoding="utf-8")) == set()


def test_a_report_of_scenarios_that_were_not_written_down_has_their_steps(scenario):
    (one,) = document.document([Outcome(scenario(FULL), None, 0.1, 17)])["scenarios"]
    assert one["given"] is None
    assert all(step["moments"] == [] for step in one["steps"])
