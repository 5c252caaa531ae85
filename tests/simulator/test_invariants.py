"""Each rule speaks up for the world that breaks it, and is silent about a sound one."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from small_worlds import (
    NOW,
    NUMBER,
    amazon_order,
    commerce,
    connector,
    line,
    row,
    shop_line,
    shop_order,
    store,
)

from connector.domain.settings import SETTINGS
from simulator.invariants import WEAKNESSES, Sight, Watch
from simulator.scenario.words import INVARIANTS
from simulator.stockbook import StockBook
from simulator.views import ALL

SOUND = (amazon_order(), shop_order(), row())


def account(seller="SELLER-1", lag="off"):
    return {"seller": seller, "quirks": {"index_lag": lag}}


def sight(amazon=None, shop=None, told=None, *, outbox=(), stores=None, matched=None, now=NOW, lag="off"):
    orders = [SOUND[0] if amazon is None else amazon]
    shops = [SOUND[1] if shop is None else shop] if shop != "none" else []
    rows = [SOUND[2] if told is None else told]
    states = SimpleNamespace(
        amazon={"orders": orders, "accounts": [account("SELLER-2"), account(lag=lag)]},
        commerce=commerce(*shops),
        connector=connector(*rows, outbox=outbox, **(stores or {})),
    )
    return Sight(now, states, matched or {})


def after_run(*args, failed=(), **kwargs):
    return {breach.invariant for breach in Watch().after_run(sight(*args, **kwargs), NOW, failed)}


def test_a_sound_world_breaks_nothing():
    assert after_run() == set()


@pytest.mark.parametrize(
    "changes",
    [{"total": "39.97"}, {"shipping": "1.00"}, {"gift_wrap": "1.00"}, {"currency": "CAD"}],
    ids=str,
)
def test_i2_another_amount_than_amazons(changes):
    assert after_run(shop=shop_order(**changes)) == {"I2"}


@pytest.mark.parametrize(
    "changes",
    [{"price": "20.00"}, {"tax": "0.01"}, {"discount": "0.01"}, {"qty": 1}, {"sku": "SKU-BLUE"}],
    ids=str,
)
def test_i2_another_line_than_amazons(changes):
    assert "I2" in after_run(shop=shop_order(shop_line(**changes)))


def test_i2_a_line_too_many():
    assert "I2" in after_run(shop=shop_order(shop_line(), shop_line()))


def test_i2_a_matched_sku_may_be_another_one():
    shop = shop_order(shop_line(sku="SKU-BLUE"))
    assert after_run(shop=shop, matched={"SKU-RED": {"SKU-BLUE"}}) == set()


def test_i4_a_pending_order_in_the_shop():
    assert after_run(amazon_order(status="Pending"), told=row(table="Pending")) == {"I4"}


def test_i6_an_order_that_is_nowhere():
    assert after_run(shop="none") == {"I4", "I6"}


def test_i6_a_blocker_needs_a_resolution():
    assert after_run(shop="none", told=row(blocker="item_disabled")) == {"I6"}
    assert after_run(shop="none", told=row(blocker="item_disabled", resolution="Enable it.")) == set()


def test_i6_an_error_needs_its_next_try():
    assert after_run(shop="none", told=row(error="no answer")) == {"I6"}
    assert after_run(shop="none", told=row(error="no answer", next_try_at="2026-03-01T10:10:00Z")) == set()


def test_i7_units_shipped_on_one_side_only():
    shipped = amazon_order(line(shipped=2), status="Shipped")
    assert after_run(shipped, told=row(table="Shipped")) == {"I7"}
    waiting = [{"store": "Main US", "amazon_order_id": NUMBER}]
    assert after_run(shipped, told=row(table="Shipped"), outbox=waiting) == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"settings": {"import_orders": "disabled"}},
        {"settings": {"read_only": "on"}},
        {"problem": "auth_failed"},
        {"state": "incomplete"},
        {"watermark": "2026-03-01T09:57:59Z"},
    ],
    ids=str,
)
def test_stores_that_did_not_import_are_not_judged(changes):
    assert after_run(shop="none", stores={"Main US": store(**changes)}) == set()


def test_a_store_whose_run_failed_is_not_judged():
    assert after_run(shop="none", failed={"Main US"}) == set()


def test_a_change_that_the_run_could_not_see_is_not_judged():
    assert after_run(amazon_order(last_update_date="2026-03-01T09:58:00Z"), shop="none") == set()


@pytest.mark.parametrize(("until", "broken"), [("10:00:01", set()), ("10:00:00", {"I4", "I6"})])
def test_an_order_that_no_list_shows_yet_is_not_judged(until, broken):
    hidden = amazon_order(hidden_until=f"2026-03-01T{until}Z")
    assert after_run(hidden, shop="none") == broken


@pytest.mark.parametrize(("updated", "broken"), [("09:30:00", set()), ("09:29:59", {"I4", "I6"})])
def test_where_lists_lag_what_they_do_not_show_is_not_judged(updated, broken):
    changed = amazon_order(last_update_date=f"2026-03-01T{updated}Z")
    assert after_run(changed, shop="none", lag="on") == broken


def test_a_line_that_amazon_cancelled_has_no_partner():
    assert after_run(amazon_order(line(), line(sku="SKU-BLUE", qty=0))) == set()


def after_step(seen, stock=None):
    return {breach.invariant for breach in Watch().after_step(seen, stock or StockBook(), ALL)}


def test_i1_two_live_orders_for_one():
    seen = sight()
    seen.commerce["orders"].append(shop_order(entity_id=2))
    assert after_step(seen) == {"I1"}
    seen.commerce["orders"][0]["state"] = "canceled"
    assert after_step(seen) == set()


def test_i3_stock_that_nobody_took():
    stock = StockBook()
    stock.product_saved({"sku": "SKU-RED", "qty": 10}, None)
    seen = sight(shop=shop_order(shop_line(shipped=2)))
    seen.commerce["stock"]["SKU-RED"] = {"qty": 8, "by_source": {"default": 8}}
    assert after_step(seen, stock) == set()
    seen.commerce["stock"]["SKU-RED"]["qty"] = 10
    assert after_step(seen, stock) == {"I3"}


def test_i3_a_finished_order_still_reserves():
    seen = sight(shop=shop_order(state="complete"))
    seen.commerce["reservations"] = [{"sku": "SKU-RED", "order": 1, "quantity": -2}]
    assert after_step(seen) == {"I3"}
    seen.commerce["reservations"].append({"sku": "SKU-RED", "order": 1, "quantity": 2})
    assert after_step(seen) == set()


@pytest.mark.parametrize(
    ("line", "left", "broken"),
    [
        ({"shipped": 2}, 2, set()),
        ({"shipped": 1, "canceled": 1}, 2, set()),
        ({"shipped": 2}, 0, {"I3"}),
        ({"shipped": 2}, 3, {"I3"}),
    ],
)
def test_i3_a_finished_order_that_was_never_reserved_leaves_what_commerce_gives_back(line, left, broken):
    stored = shop_order(shop_line(**line), state="complete", placed_by="orders_api", shipments=1)
    seen = sight(shop=stored)
    if left:
        seen.commerce["reservations"] = [{"sku": "SKU-RED", "order": 1, "quantity": left}]
    assert after_step(seen) == broken


def test_every_weakness_is_of_a_way_that_can_be_chosen_and_of_a_rule_that_there_is():
    assert set(WEAKNESSES) <= set(SETTINGS["place_orders_by"].choices)
    assert all(rule in INVARIANTS and why for rules in WEAKNESSES.values() for rule, why in rules.items())


def test_i10_the_watermark_goes_forward_only():
    watch = Watch()
    assert not watch.after_step(sight(), StockBook(), ALL)
    back = sight(stores={"Main US": store(watermark="2026-03-01T09:57:00Z")})
    assert [breach.invariant for breach in watch.after_step(back, StockBook(), ALL)] == ["I10"]


def test_i10_the_watermark_stays_two_minutes_behind():
    near = {"Main US": store(watermark="2026-03-01T09:58:00.000001Z")}
    assert after_step(sight(stores=near)) == {"I10"}
    assert after_step(sight(stores=near, now=NOW + timedelta(seconds=1))) == set()


def test_i10_a_watermark_may_start_at_the_integration():
    new = {"Main US": store(watermark="2026-03-01T10:00:00Z", connected_at="2026-03-01T10:00:00Z")}
    assert after_step(sight(stores=new)) == set()
