"""Commerce's cron: nothing is planned without work, and nothing happens while it is stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from mock_commerce import create_app
from mock_commerce.cron import jobs, schedule
from mock_commerce.cron.schedule import PERIODS
from mock_commerce.models import Order, Reservation, db
from simkit.clock import VirtualClock
from simkit.program import ServerConfig

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RESERVATIONS = "inventory_cleanup_reservations"
GRID = "sales_grid_order_async_insert"


def pass_time(shop, duration):
    shop.clock.advance(duration)
    shop.client.get("/_sim/health")


def planned(shop):
    return {job: due for job, due in shop.state()["cron"].items() if due is not None}


def place(shop, name="C1", qty=2):
    shop.product(qty=50)
    shop.sim("orders", {"id": name, "lines": [{"sku": "MUG", "qty": qty}]})


def test_a_shop_without_work_plans_nothing(shop):
    assert set(shop.state()["cron"]) == set(PERIODS)
    shop.product(qty=10)
    place(shop)
    shop.post("order/1/invoice")
    assert planned(shop) == {}


@pytest.mark.parametrize("finish", [["cancel"], ["ship"], ["invoice", "ship"]])
def test_reservations_of_finished_orders_are_deleted_at_midnight(shop, finish):
    place(shop)
    for verb in finish:
        shop.sim(f"orders/1/{verb}", {})
    assert planned(shop) == {RESERVATIONS: "2026-03-02T00:00:00Z"}
    before = shop.stock()
    assert len(shop.state()["reservations"]) == 2
    pass_time(shop, timedelta(hours=15) - timedelta(seconds=1))
    assert len(shop.state()["reservations"]) == 2
    pass_time(shop, timedelta(seconds=1))
    assert shop.state()["reservations"] == []
    assert shop.stock() == before
    assert planned(shop) == {}


def test_what_is_still_held_back_stays(shop):
    place(shop)
    place(shop, "C2", qty=3)
    shop.sim("orders/1/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    shop.sim("orders/2/cancel", {})
    pass_time(shop, DAY)
    left = [(row["order"], row["quantity"]) for row in shop.state()["reservations"]]
    assert left == [(1, -2), (1, 1)]
    shop.sim("orders/1/ship", {})
    pass_time(shop, DAY)
    assert shop.state()["reservations"] == []


def test_units_given_back_that_nobody_had_reserved_stay_for_good(shop):
    """inventory#2130: an order of POST /V1/orders reserves nothing, its shipment gives back."""
    shop.product(qty=10)
    item = {"sku": "MUG", "qty_ordered": 2, "price": 5}
    shop.post("orders", {"entity": {"state": "processing", "status": "processing", "items": [item]}})
    shop.post("order/1/ship")
    pass_time(shop, DAY)
    assert [row["quantity"] for row in shop.state()["reservations"]] == [2]


def test_two_skus_of_one_order_do_not_make_up_for_each_other(shop):
    shop.product("CUP", qty=5)
    shop.product(qty=5)
    lines = [{"sku": "MUG", "qty": 2}, {"sku": "CUP", "qty": 2}]
    shop.sim("orders", {"id": "C1", "lines": lines})
    with shop.client.application.app_context():
        db.session.execute(update(Reservation).where(Reservation.sku == "CUP").values(quantity=Decimal(2)))
        schedule.want(RESERVATIONS)
        db.session.commit()
    pass_time(shop, DAY)
    assert [row["quantity"] for row in shop.state()["reservations"]] == [-2, 2]


def unpaid(shop):
    shop.product(qty=10)
    item = {"sku": "MUG", "qty_ordered": 2, "price": 5}
    entity = {"state": "pending_payment", "status": "pending_payment", "grand_total": 10, "items": [item]}
    shop.post("orders", {"entity": entity})


def test_orders_that_nobody_pays_are_cancelled_after_eight_hours(shop):
    shop.clock.advance(timedelta(minutes=30))
    unpaid(shop)
    seen = []
    for _ in range(9):
        pass_time(shop, HOUR)
        seen.append(shop.state()["orders"][0]["state"])
    assert seen == ["pending_payment"] * 8 + ["canceled"]
    assert shop.client.get("/_sim/state").get_json()["cron"]["sales_clean_orders"] is None


def test_an_order_that_was_paid_in_time_is_left_alone(shop):
    unpaid(shop)
    shop.post("orders", {"entity": {"entity_id": 1, "state": "processing", "status": "processing"}})
    pass_time(shop, DAY)
    assert shop.state()["orders"][0]["state"] == "processing"
    assert planned(shop) == {}


def test_expired_tokens_are_deleted_and_valid_ones_kept(shop):
    shop.sim("config", {"version": "2.4.3"})
    shop.sign_in()
    assert planned(shop) == {"expired_tokens_cleanup": "2026-03-01T10:00:00Z"}
    pass_time(shop, timedelta(hours=3, minutes=30))
    assert shop.get("store/websites")
    assert "expired_tokens_cleanup" in planned(shop)
    pass_time(shop, HOUR)
    pass_time(shop, HOUR)
    assert planned(shop) == {}
    assert shop.call("GET", "store/websites").status_code == 401


def test_a_stopped_cron_does_nothing_until_it_runs_again(shop):
    shop.sim("config", {"cron": "stopped", "async_grid": "on"})
    place(shop)
    shop.sim("orders/1/cancel", {})
    assert planned(shop) == {}
    pass_time(shop, 2 * DAY)
    assert planned(shop) == {}
    assert len(shop.state()["reservations"]) == 2

    shop.sim("config", {"cron": "running"})
    assert set(planned(shop)) == {RESERVATIONS, GRID}
    pass_time(shop, DAY)
    assert shop.state()["reservations"] == []
    assert planned(shop) == {}


def test_lists_see_what_the_cron_changed(shop):
    """The count of a list is kept until something is written: by the cron too."""
    unpaid(shop)
    shop.sim("config", {"admin_token_minutes": 6000})
    shop.sign_in()
    assert shop.search("orders", ("status", "canceled"))["total_count"] == 0
    shop.clock.advance(timedelta(hours=9))
    found = shop.search("orders", ("status", "canceled"))
    assert (found["total_count"], len(found["items"])) == (1, 1)


def test_lists_see_what_a_job_did_before_it_failed(shop, monkeypatch):
    def work():
        order = db.session.get_one(Order, 1)
        order.status = "canceled"
        db.session.commit()
        raise RuntimeError

    unpaid(shop)
    shop.sim("config", {"admin_token_minutes": 6000})
    shop.sign_in()
    assert shop.search("orders", ("status", "canceled"))["total_count"] == 0
    job = jobs.JOBS[schedule.OLD_ORDERS]
    monkeypatch.setitem(jobs.JOBS, schedule.OLD_ORDERS, replace(job, work=work))
    shop.clock.advance(timedelta(hours=9))
    assert shop.search("orders", ("status", "canceled"))["total_count"] == 1


def test_a_server_that_was_stopped_in_the_middle_goes_on(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    first = create_app(ServerConfig(url, clock=VirtualClock()))
    client = first.test_client()
    token = client.post(
        "/rest/V1/integration/admin/token", json={"username": "admin", "password": "admin123"}
    ).get_json()
    headers = {"Authorization": f"Bearer {token}"}
    body = {"product": {"sku": "CUP", "name": "Cup", "price": 4, "attribute_set_id": 4}}
    client.post("/rest/async/V1/products", json=body, headers=headers)
    simulation = first.extensions["simulation"]
    with first.app_context():
        simulation.agenda.call_off("cron", "consumers_runner")  # as if it had begun
        first.extensions["sqlalchemy"].session.commit()
    simulation.close()

    clock = VirtualClock()
    second = create_app(ServerConfig(url, clock=clock))
    clock.advance(MINUTE)
    products = second.test_client().get("/_sim/state").get_json()["products"]
    second.extensions["simulation"].close()
    assert [row["sku"] for row in products] == ["CUP"]


def test_switches_are_checked(shop):
    answer = shop.client.post("/_sim/config", json={"cron": "off"})
    assert answer.get_json()["error"] == "field 'cron': 'off' is not one of running, stopped."
