"""What is written down of a scenario while it is played, and that nothing is unless somebody asked."""

import pytest

from simulator.facts import Change, changes
from simulator.runner import play

ORDER = '{id: A1, status: Unshipped, lines: [{sku: SKU-RED, qty: 2, unit_price: "5.00"}]}'
WORLD = "given: {catalog: [{sku: SKU-RED, qty: 10}]}\n"
IMPORT = f"{WORLD}steps:\n  - amazon.order: {ORDER}\n  - cron: 1\n"


@pytest.fixture
def written(world, scenario):
    """Plays the text of a scenario; its entries, that of the given world first."""

    def write(text):
        return play(world, scenario(text), chronicle=True).entries

    return write


def of_system(moment, system):
    found = [change for change in moment.changes if change.system == system]
    return {change.of: {fact: after for fact, _, after in change.what} for change in found}


def test_the_given_world_is_what_changes_first(written):
    given = written(IMPORT)[0]
    (moment,) = given.moments
    assert (given.time, moment.run, moment.calls) == ("2026-03-01T09:00:00Z", None, ())
    assert of_system(moment, "commerce") == {
        ("SKU-RED",): {"product": "enabled", "on the shelf": 10, "salable": 10}
    }


def test_a_step_changes_the_system_that_it_acts_on(written):
    (moment,) = written(IMPORT)[1].moments
    assert [(change.system, change.of) for change in moment.changes] == [("amazon", ("A1",))]


def test_a_run_has_its_counts_its_calls_and_what_it_changed(written):
    (moment,) = written(IMPORT)[2].moments
    assert moment.time == "2026-03-01T09:05:00Z"
    assert moment.run.counts == {"seen": 1, "imported": 1, "blocked": 0, "failed": 0}
    assert moment.run.calls == sum(call.times for call in moment.calls)
    assert of_system(moment, "connector")["A1",] == {"table": "Unshipped", "phase": "imported"}
    assert of_system(moment, "commerce")["A1",] == {"order": "processing/processing"}
    assert of_system(moment, "commerce")["SKU-RED",] == {"salable": 8, "reserved": 2}


def test_calls_stand_in_the_order_in_which_both_systems_were_called(written):
    (moment,) = written(IMPORT)[2].moments
    systems = [call.system for call in moment.calls]
    operations = [call.operation for call in moment.calls]
    assert systems[0] == "amazon"
    assert (
        operations.index("searchOrders") < operations.index("list_products") < operations.index("place_order")
    )
    placing = moment.calls[operations.index("place_order")]
    assert (placing.orders, placing.status, placing.fault) == (("A1",), 200, None)


def test_a_fault_is_named_with_the_call_that_it_hit(written):
    fault = "  - fault: {name: lost, system: commerce, at: place_order, kind: commit_then_drop}\n"
    entries = written(IMPORT.replace("  - cron", f"{fault}  - cron"))
    (call,) = [call for call in entries[3].moments[0].calls if call.operation == "place_order"]
    assert (call.status, call.fault) == (0, "lost")


def test_runs_in_which_nothing_changes_are_told_once(written):
    (moment,) = written(f"{WORLD}steps:\n  - cron: 5\n")[1].moments
    assert (moment.times, moment.time, moment.until) == (5, "2026-03-01T09:05:00Z", "2026-03-01T09:25:00Z")


def test_a_killed_run_has_no_counts_and_the_calls_up_to_there(written):
    sync = "  - advance: 5m\n  - connector.sync: {kill_at: {call: 2, when: after}}\n"
    entries = written(f"{WORLD}steps:\n  - amazon.order: {ORDER}\n{sync}")
    (moment,) = entries[-1].moments
    assert (moment.run.killed, moment.run.counts, moment.run.calls) == (True, None, 2)
    assert sum(call.times for call in moment.calls) == 2


def test_the_calls_of_two_processes_are_all_heard(written):
    stores = "given: {stores: [{name: Main US}, {name: Main CA, marketplace: CA}]}\n"
    (moment,) = written(f"{stores}steps:\n  - advance: 5m\n  - connector.sync: {{parallel: 2}}\n")[2].moments
    assert moment.run.processes == 2
    assert sum(call.times for call in moment.calls) > moment.run.calls


def test_a_step_that_fails_is_written_down_too(written):
    entries = written(f"{IMPORT}  - expect: {{shop_orders: 7}}\n  - cron: 1\n")
    assert len(entries) == 4
    assert entries[2].moments[0].run is not None


def test_nothing_is_written_down_unless_it_is_asked_for(world, scenario):
    assert play(world, scenario(IMPORT)).entries == ()
    assert world.ear.take() == []


def test_equal_changes_of_many_are_one():
    after = {"A1": {"status": "Shipped"}, "A2": {"status": "Shipped"}, "A3": {"status": "Pending"}}
    assert changes("amazon", {}, after) == [
        Change("amazon", ("A1", "A2"), (("status", None, "Shipped"),)),
        Change("amazon", ("A3",), (("status", None, "Pending"),)),
    ]


def test_what_is_gone_is_told():
    assert changes("amazon", {"A1": {"status": "Pending"}}, {}) == [
        Change("amazon", ("A1",), (("status", "Pending", None),))
    ]
