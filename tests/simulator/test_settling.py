"""I8: the connector comes to rest, and at rest it writes nothing more."""

from contextlib import nullcontext

import pytest
from small_worlds import NUMBER, connector, row

from simkit.clock import VirtualClock
from simulator.settling import restless


class Restless:
    """A world and its views in one: each run makes the calls and the rows that the test says."""

    def __init__(self, *runs):
        self.clock = VirtualClock()
        self.connector = {**connector(row()), "system_message": None}
        self.commerce = {"orders": [{"ext_order_id": NUMBER}]}
        self.runs = iter(runs)
        self.calls = []

    def copied(self):
        return nullcontext()

    def sync(self, _store):
        run = next(self.runs)
        orders = [run.get("order", NUMBER)]
        self.calls = [
            {"method": method, "operation": name, "orders": orders} for method, name in run.get("calls", ())
        ]
        if "note" in run:
            self.connector = {**self.connector, "orders": [row(notes=run["note"])]}

    def forget(self, *_systems):
        pass

    def control(self, system):
        return self if system == "commerce" else Silent()

    def get(self, _path):
        return {"calls": self.calls}

    def delete(self, _path):
        self.calls = []


class Silent(Restless):
    def __init__(self):
        super().__init__()


READS = {"calls": [("GET", "list_orders"), ("POST", "lwa_token"), ("POST", "admin_token")]}
WRITES = {"calls": [("POST", "place_order")]}


def rules_broken(*runs):
    world = Restless(*runs)
    return [(breach.invariant, breach.message) for breach in restless(world, world)]


def test_reads_and_tokens_are_no_writes():
    assert rules_broken(READS, READS) == []


def test_a_placing_that_commerce_refused_wrote_nothing():
    refused = {**WRITES, "order": "112-9999999-9999999"}
    assert rules_broken(refused, refused) == []


def test_it_may_take_two_runs_to_come_to_rest():
    assert rules_broken(WRITES, {"note": "Shipped."}, READS, READS) == []


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ((WRITES, WRITES, WRITES), "commerce.place_order"),
        ((READS, WRITES), "commerce.place_order"),
        ((READS, {"note": "again"}), "orders changed"),
    ],
)
def test_what_is_still_written_is_named(runs, told):
    ((invariant, message),) = rules_broken(*runs)
    assert invariant == "I8"
    assert told in message
