"""A server that is killed in the middle of its work, and the next one on the same database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from commerce_shop import Shop

from mock_commerce import create_app
from mock_commerce.asynchronous import consumer
from mock_commerce.models import db
from simkit.clock import VirtualClock
from simkit.program import ServerConfig

CALLS = [{"entity": {"state": "new", "status": "pending", "ext_order_id": f"E{n}"}} for n in range(3)]


class Killed(BaseException):
    """Nothing of the program runs after it."""


@pytest.fixture
def begin(tmp_path):
    """A maker of servers on one database, each as after a new start."""
    clock, shops = VirtualClock(), []

    def make():
        for shop in shops:
            shop.client.application.extensions["simulation"].close()
        shop = Shop(create_app(ServerConfig(f"sqlite:///{tmp_path}/shop.db", clock)).test_client(), clock)
        shop.sign_in()
        shops.append(shop)
        return shop

    yield make
    shops[-1].client.application.extensions["simulation"].close()


def killed_in(shop, monkeypatch, moment):
    """Let the cron carry the calls out and die at the second one, before or after it is done."""
    done, outcome = [], consumer._outcome

    def die(operation):
        if len(done) == 1 and moment == "before":
            raise Killed
        found = outcome(operation)
        done.append(operation)
        if len(done) == 2:
            raise Killed
        return found

    shop.clock.advance(timedelta(minutes=1))
    with monkeypatch.context() as patch:
        patch.setattr(consumer, "_outcome", die)
        with pytest.raises(Killed):
            shop.client.application.extensions["simulation"].tick()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_bulk_goes_on_where_it_was_and_does_nothing_twice(begin, monkeypatch, moment):
    shop = begin()
    answer = shop.client.post("/rest/async/bulk/V1/orders", json=CALLS, headers=shop.headers)
    uuid = answer.get_json()["bulk_uuid"]
    killed_in(shop, monkeypatch, moment)
    shop = begin()
    assert [row["ext_order_id"] for row in shop.state()["orders"]] == ["E0"]
    shop.clock.advance(timedelta(minutes=1))
    assert [row["ext_order_id"] for row in shop.state()["orders"]] == ["E0", "E1", "E2"]
    operations = shop.get(f"bulk/{uuid}/detailed-status")["operations_list"]
    assert [row["status"] for row in operations] == [1, 1, 1]
    assert all(row["result_serialized_data"] for row in operations)


def test_the_next_run_stands_in_the_agenda_while_a_bulk_is_carried_out(begin, monkeypatch):
    """Another process, or the same one, goes on without a new start."""
    shop = begin()
    shop.client.post("/rest/async/bulk/V1/orders", json=CALLS, headers=shop.headers)
    killed_in(shop, monkeypatch, "after")
    with shop.client.application.app_context():
        db.session.rollback()
    shop.clock.advance(timedelta(minutes=1))
    assert len(shop.state()["orders"]) == 3
    assert shop.state()["cron"]["consumers_runner"] is None


def test_what_a_call_had_kept_before_it_failed_stays(shop, clock):
    """A checkout commits the way to pay before it fails to become an order."""
    shop.product(qty=1)
    cart = shop.post("carts")
    shop.post(f"carts/{cart}/items", {"cartItem": {"sku": "MUG", "qty": 1, "quote_id": str(cart)}})
    call = [{"cartId": cart, "paymentMethod": {"method": "checkmo"}}]
    answer = shop.client.put("/rest/async/bulk/V1/carts/byCartId/order", json=call, headers=shop.headers)
    assert answer.status_code == 202, answer.get_data()
    clock.advance(timedelta(minutes=1))
    (operation,) = shop.get(f"bulk/{answer.get_json()['bulk_uuid']}/status")["operations_list"]
    assert operation["status"] == 3
    assert len(shop.state()["orders"]) == 0


def test_a_call_that_the_database_refuses_stops_no_other_one(shop, clock):
    calls = [{"entity": {"increment_id": "X1"}}, {"entity": {"increment_id": "X1"}}, *CALLS]
    answer = shop.client.post("/rest/async/bulk/V1/orders", json=calls, headers=shop.headers)
    clock.advance(timedelta(minutes=1))
    operations = shop.get(f"bulk/{answer.get_json()['bulk_uuid']}/status")["operations_list"]
    assert [row["status"] for row in operations] == [1, 3, 1, 1, 1]
    assert operations[1]["result_message"] == "Unique constraint violation found"
    assert len(shop.state()["orders"]) == 4
