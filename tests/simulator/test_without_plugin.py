"""Every scenario once more in a shop without the plugin (``place_orders_by: orders_api``).

What cannot be the same there is left out of what is expected, by name; see docs/without-the-plugin.md.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from simulator import defaults
from simulator.report.text import explanation
from simulator.runner import play
from simulator.scenario import language
from simulator.world import World

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
ABOUT_THE_PLUGIN = {
    # scenario: why it says nothing about a shop without the plugin
    "blockers/module_missing": "the module",
    "blockers/module_missing_later": "the module",
    "blockers/item_deleted": "with a product go the reservations that its shipments gave back for nothing",
    "blockers/not_in_catalog_solved_by_match": "the same",
    "fault/delay_outlives_the_lease": "it names the number of the call that places",
}
SKIPPED_FOLDERS = {"without-plugin", "paging", "v0"}
"""Scenarios that say themselves how orders are placed; long ones, and those about reading at Amazon."""
SALABLE = {"salable", "reserved"}
"""Nothing is reserved, and more is given back than was held."""
BY_THE_MODULE = {"payment_method", "shipping_method", "fulfilled_by"}
SCENARIOS = [
    scenario
    for file in language.find([FIXTURES])
    if file.parent.name not in SKIPPED_FOLDERS
    for scenario in language.load(file)
    if scenario.test_id.partition("[")[0] not in ABOUT_THE_PLUGIN
]


@pytest.fixture(scope="module")
def shop_without_it():
    with World() as world:
        yield world


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.test_id)
def test_scenario_without_the_plugin(scenario, shop_without_it):
    outcome = play(shop_without_it, without_the_plugin(scenario))
    assert outcome.passed, "\n".join(explanation(outcome.failure))


def without_the_plugin(scenario):
    given = replace(
        scenario.given,
        settings={**scenario.given.settings, "place_orders_by": "orders_api"},
        commerce={**scenario.given.commerce, "module": "disabled"},
    )
    steps = tuple(step if step.verb not in {"expect", "never"} else _told(step) for step in scenario.steps)
    end = None if scenario.expect is None else _told(scenario.expect)
    return replace(scenario, given=given, steps=steps, expect=end)


def _told(step):
    return replace(step, value=_left_of(step.value))


def _left_of(expected):
    """An expectation without what only the module brings about."""
    left = {key: value for key, value in expected.items() if key not in {"system_message", "calls"}}
    if "stock" in left:
        left["stock"] = {
            sku: {key: value for key, value in stock.items() if key not in SALABLE}
            for sku, stock in left["stock"].items()
        }
    if "orders" in left:
        left["orders"] = {name: _order(order) for name, order in left["orders"].items()}
    return left


def _order(order):
    shop = order.get("shop")
    if not isinstance(shop, dict):
        return order
    kept = {key: value for key, value in shop.items() if key not in BY_THE_MODULE}
    if kept.get("status") == "shipped":
        kept["status"] = "processing"
    return {**order, "shop": kept}


WIPED = """
given:
  commerce: {module: disabled}
  settings: {place_orders_by: orders_api, order_number_source: commerce}
  catalog: [{sku: SKU-RED, qty: 10}]
steps:
  - amazon.order: {id: A1, status: Unshipped, lines: [{sku: SKU-RED, qty: 1, unit_price: "5.00"}]}
  - cron: 1
"""


def test_a_connector_that_lost_its_memory_finds_its_orders_instead_of_storing_them_again(scenario, world):
    told = scenario(WIPED)
    assert play(world, told).passed
    world.wipe_connector()
    connector = world.connector
    connector.add_store(defaults.STORE)
    connector.connect_store(defaults.STORE, defaults.REFRESH_TOKEN, told.given.clock)
    connector.change_settings({"place_orders_by": "orders_api"})
    world.clock.advance(timedelta(minutes=5))
    assert world.sync().errors == {}
    (order,) = world.commerce.get("/state")["orders"]
    (row,) = connector.state()["orders"]
    assert (row["phase"], row["commerce_number"]) == ("imported", order["increment_id"])
