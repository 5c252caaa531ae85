"""Scenarios that have to fail do, and say why; what holds them up is not the world's state before them."""

from datetime import timedelta

import pytest

from simulator.play import Play
from simulator.runner import play
from simulator.scenario.steps import take

ORDER = """
given:
  catalog: [{sku: SKU-RED, qty: 10}]
steps:
  - amazon.order: {id: A1, status: Unshipped, lines: [{sku: SKU-RED, qty: 2, unit_price: "19.99"}]}
"""


def failure_of(world, scenario):
    failure = play(world, scenario).failure
    assert failure is not None
    return failure


def test_a_scenario_passes_and_tells_its_ids_and_calls(world, scenario):
    outcome = play(world, scenario(f"{ORDER}  - cron: 1\nexpect: {{shop_orders: 1}}"))
    assert outcome.passed, outcome.failure
    assert outcome.orders["A1"].startswith("112-")
    assert outcome.calls["commerce.place_order"] == 1


def test_a_wrong_expectation_shows_line_values_story_and_calls(world, scenario):
    one = scenario(f"{ORDER}  - cron: 1\n  - expect: {{orders: {{A1: {{shop: {{total: '1.00'}}}}}}}}")
    failure = failure_of(world, one)
    assert (failure.verb, failure.place.line) == ("expect", 8)
    assert failure.details == ("orders.A1.shop.total: expected 1.00, found 39.98",)
    assert "Amazon Unshipped · table Unshipped · phase imported" in failure.stories[0]
    assert any("place_order 200" in call for call in failure.calls)


def test_a_scenario_stops_at_its_first_failure(world, scenario):
    outcome = play(world, scenario(f"{ORDER}  - expect: {{table: 5}}\n  - cron: 1"))
    assert outcome.steps_taken == 1
    assert "commerce.place_order" not in outcome.calls


def test_never_holds_at_every_later_step(world, scenario):
    failure = failure_of(world, scenario(f"{ORDER}  - never: {{shop_orders: 1}}\n  - cron: 1"))
    assert (failure.verb, failure.place.line) == ("cron", 8)
    assert "line 7" in failure.headline


def test_never_does_not_look_back(world, scenario):
    text = f"{ORDER}  - cron: 1\n  - never: {{shop_orders: 0}}\n  - advance: 1h"
    assert play(world, scenario(text)).passed


def test_never_must_not_be_true_when_it_is_said(world, scenario):
    assert failure_of(world, scenario(f"{ORDER}  - never: {{shop_orders: 0}}")).verb == "never"


def test_a_step_that_the_mock_refuses_fails_with_its_words(world, scenario):
    failure = failure_of(world, scenario(f"{ORDER}  - amazon.confirm: A1"))
    assert failure.verb == "amazon.confirm"
    assert "Unshipped" in failure.headline


def test_a_commerce_step_needs_a_commerce_order(world, scenario):
    failure = failure_of(world, scenario(f"{ORDER}  - commerce.ship: A1"))
    assert failure.headline == "A1 has no Commerce order"


def test_a_kill_beyond_the_last_call_is_a_failure(world, scenario):
    text = f"{ORDER}  - connector.sync: {{kill_at: {{call: 99, when: before}}}}"
    assert "call 99 is beyond the run's last call, " in failure_of(world, scenario(text)).headline


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_connector_comes_to_the_same_end(world, scenario, when):
    """The kill hits the call that places the order: before it nothing was done, after it everything."""
    plain = scenario(f"{ORDER}  - cron: 2", "plain.yaml")
    killed = scenario(
        f"{ORDER}  - advance: 5m\n  - connector.sync: {{kill_at: {{call: 4, when: {when}}}}}\n  - cron: 2",
        "killed.yaml",
    )
    ends = [play(world, one, keep_end=True) for one in (plain, killed)]
    assert ends[0].passed, ends[0].failure
    assert ends[1].passed, ends[1].failure
    assert ends[0].end_state == ends[1].end_state


def test_a_restarted_connector_is_a_new_one_on_the_same_database(world, scenario):
    """What it keeps of the process before is what makes a start slow: its app."""
    assert play(world, scenario(f"{ORDER}  - cron: 1")).passed
    before, process, state = world.connector, world.process, world.connector.state()
    process.line.dead = True
    world.restart()
    assert world.connector is not before
    assert world.connector.app is before.app
    assert not process.line.dead
    assert world.connector.state() == state


def test_two_scenarios_know_nothing_of_each_other(world, scenario):
    first = scenario(f"{ORDER}  - fault: {{system: commerce, at: place_order, kind: status}}", "first.yaml")
    second = scenario(f"{ORDER}  - cron: 1\nexpect: {{shop_orders: 1, faults: {{}}}}", "second.yaml")
    alone = play(world, second, keep_end=True)
    play(world, first)
    after = play(world, second, keep_end=True)
    assert after.passed, after.failure
    assert (alone.end_state, alone.orders, alone.calls) == (after.end_state, after.orders, after.calls)


def test_the_seed_makes_the_ids(world, scenario):
    one = scenario(ORDER)
    ids = [play(world, one, seed=seed).orders["A1"] for seed in (1, 2, 1)]
    assert ids[0] == ids[2] != ids[1]


def test_a_broken_invariant_fails_and_can_be_excepted_by_name(world, scenario):
    """Amazon is said to be silent for good about a change: the connector cannot stay in step (I4)."""
    text = f"{ORDER}  - cron: 4\n  - amazon.cancel: {{order: A1, bump: false}}\n  - cron: 1\n"
    failure = failure_of(world, scenario(text))
    assert (failure.verb, failure.headline) == ("cron", "an invariant is broken")
    assert failure.details[0].startswith("I4: 112-")
    excepted = "invariants: {except: [I4, I8], because: nobody can know of it yet}"
    assert play(world, scenario(text + excepted)).passed


def test_settings_that_the_connector_refuses_fail_their_step(world, scenario):
    text = f"{ORDER}  - connector.settings: {{order_status: custom}}"
    assert "processing_status" in failure_of(world, scenario(text)).headline


def test_a_store_cannot_be_connected_in_the_future(world, scenario):
    text = "given: {stores: [{name: Main US, connected: +1h}]}\nsteps: [cron: 1]"
    failure = failure_of(world, scenario(text))
    assert (failure.verb, failure.place.line) == ("given", 1)
    assert "Main US" in failure.headline


def test_parallel_runs_are_kept_apart_by_the_lease(world, scenario):
    current = Play(world, scenario(ORDER))
    world.reset(current.scenario.given.clock, seed=1)
    current.begin()
    for step in current.scenario.steps:
        take(current, step)
    world.clock.advance(timedelta(minutes=5))
    current.run(parallel=3)
    assert current.views.read({"shop_orders": "any"}) == {"shop_orders": 1}
    assert current.views.counts("amazon")["searchOrders"] == 1


def test_a_defect_of_the_connector_fails_its_scenario_only(world, scenario, monkeypatch):
    def broken(*_args, **_kwargs):
        raise KeyError("Jane Roe")

    monkeypatch.setattr("connector.program.run_store", broken)
    failure = failure_of(world, scenario(f"{ORDER}  - cron: 1"))
    assert failure.headline.startswith("the connector failed with KeyError in ")
    assert "Jane" not in failure.headline
    monkeypatch.undo()
    assert play(world, scenario(f"{ORDER}  - cron: 1", "again.yaml")).passed


def test_a_fault_can_be_meant_for_an_order_of_the_shop(world, scenario):
    text = """
given: {catalog: [{sku: SKU-RED, qty: 10}]}
steps:
  - commerce.order: {id: C1, lines: [{sku: SKU-RED, qty: 1}]}
  - fault: {name: F1, system: commerce, at: get_order, kind: status, order: C1}
expect: {faults: {F1: 0}}
"""
    assert play(world, scenario(text)).passed
    (fault,) = world.commerce.get("/faults")["faults"]
    (order,) = world.commerce.get("/state")["orders"]
    assert fault["order"] == order["increment_id"]


def test_a_kill_that_never_came_does_not_hit_the_next_scenario(world, scenario):
    idle = "steps:\n  - connector.sync: {kill_at: {call: 1, when: before}}\n"
    assert "beyond the run's last call" in failure_of(world, scenario(idle)).headline
    assert play(world, scenario(ORDER)).passed
