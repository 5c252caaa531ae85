"""Orders whose life goes on by itself, because somebody asked for it."""

import pytest

from simkit.clock import DEFAULT_START

LIVES = {"confirm": "30m", "ship": "2h"}


def at(clock_time):
    """That time of the first day, as Orders v0 writes it."""
    return f"{DEFAULT_START:%Y-%m-%d}T{clock_time}:00Z"


def told(amazon, number):
    amazon.sign_in()  # the token may have expired meanwhile
    order = amazon.order_v0(number)
    return order["OrderStatus"], order["LastUpdateDate"]


@pytest.mark.parametrize("changes", [{}, {"channel": "AFN"}, {"status": "PendingAvailability"}])
def test_nothing_happens_by_itself_unless_it_is_asked_for(amazon, changes):
    number = amazon.place(**changes)
    before = amazon.state(number)
    amazon.later(days=30)
    assert amazon.state(number) == before


def test_an_order_is_confirmed_and_shipped_at_its_moments(amazon):
    number = amazon.place(life=LIVES)
    assert amazon.state(number)["life"] == {
        "confirm": "2026-03-01T09:30:00.000Z",
        "ship": "2026-03-01T11:00:00.000Z",
    }
    amazon.later(minutes=29)
    assert told(amazon, number) == ("Pending", at("09:00"))
    amazon.later(minutes=11)
    assert told(amazon, number) == ("Unshipped", at("09:30"))
    assert amazon.state(number)["life"] == {"ship": "2026-03-01T11:00:00.000Z"}
    amazon.later(days=1)
    assert told(amazon, number) == ("Shipped", at("11:00"))
    state = amazon.state(number)
    assert state["life"] == {}
    assert [line["qty"] for line in state["packages"][0]["lines"]] == [2]


def test_all_that_was_due_is_done_in_its_order_however_late_somebody_looks(amazon):
    number = amazon.place(life=LIVES)
    amazon.later(days=3)
    assert told(amazon, number) == ("Shipped", at("11:00"))


def test_a_pre_order_is_available_first_and_the_rest_counts_from_then(amazon):
    number = amazon.place(status="PendingAvailability", life={"available": "2h", "confirm": "30m"})
    for minutes, status, time in ((121, "Pending", "11:00"), (30, "Unshipped", "11:30")):
        amazon.later(minutes=minutes)
        assert told(amazon, number) == (status, at(time))


def test_a_buyer_who_cancels_calls_off_all_the_rest(amazon):
    number = amazon.place(life={**LIVES, "cancel": "1h"})
    amazon.later(minutes=61)
    assert told(amazon, number) == ("Canceled", at("10:00"))
    assert amazon.state(number)["life"] == {}
    amazon.later(days=1)
    assert told(amazon, number) == ("Canceled", at("10:00"))


@pytest.mark.parametrize(
    ("action", "body", "status", "left"),
    [
        ("confirm", {}, "Unshipped", ["ship"]),
        ("cancel", {}, "Canceled", []),
    ],
)
def test_an_order_that_a_person_moves_on_is_left_alone(amazon, action, body, status, left):
    number = amazon.place(life=LIVES)
    amazon.later(minutes=10)
    amazon.sim(f"orders/{number}/{action}", body)
    assert list(amazon.state(number)["life"]) == left
    amazon.later(minutes=50)
    assert told(amazon, number) == (status, at("09:10"))


def test_an_order_that_a_person_ships_in_parts_is_theirs(amazon):
    number = amazon.place_unshipped(life={"ship": "2h", "cancel": "3h"})
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    amazon.later(days=1)
    assert told(amazon, number) == ("PartiallyShipped", at("09:00"))


def test_times_count_from_the_purchase_but_nothing_happens_in_the_past(amazon):
    earlier = amazon.place(placed="-10m", life=LIVES)
    long_ago = amazon.place(placed="-1h", life=LIVES)
    assert told(amazon, long_ago) == ("Unshipped", at("09:00"))
    amazon.later(minutes=25)
    assert told(amazon, earlier) == ("Unshipped", at("09:20"))


def test_fba_is_a_profile_of_orders_that_amazon_ships(amazon):
    number = amazon.place(channel="AFN", life="fba")
    amazon.later(hours=1)
    assert told(amazon, number) == ("Unshipped", at("09:30"))
    amazon.later(hours=6)
    assert told(amazon, number) == ("Shipped", at("15:00"))


def test_an_account_has_a_life_for_orders_that_come_without_a_word(amazon):
    before = amazon.place()
    assert amazon.sim("account", {"life": {"confirm": "5m"}})["life"] == {"confirm": "5m"}
    meant, other = amazon.place(), amazon.place(life="none")
    own, paid = amazon.place(life={"confirm": "1h"}), amazon.place_unshipped()
    amazon.later(minutes=6)
    statuses = [amazon.order_v0(number)["OrderStatus"] for number in (before, meant, other, own)]
    assert statuses == ["Pending", "Unshipped", "Pending", "Pending"]
    assert amazon.state(paid)["life"] == {}
    amazon.sim("account", {"life": "none"})
    assert amazon.state(amazon.place())["life"] == {}


def test_the_life_of_fba_orders_as_default_leaves_merchant_orders_alone(amazon):
    amazon.sim("account", {"life": "fba"})
    assert list(amazon.state(amazon.place(channel="AFN"))["life"]) == ["confirm", "ship"]
    assert amazon.state(amazon.place())["life"] == {}


def test_a_snapshot_takes_the_life_along(amazon):
    number = amazon.place(life=LIVES)
    amazon.sim("snapshots", {"name": "before"}, 201)
    amazon.sim(f"orders/{number}/cancel")
    amazon.sim("snapshots/before/restore")
    amazon.later(hours=1)
    assert told(amazon, number) == ("Unshipped", at("09:30"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"life": "prime"}, ["field 'life'", "none, fba"]),
        ({"life": ["30m"]}, ["field 'life'", "none, fba"]),
        ({"life": {"deliver": "1d"}}, ["no step 'deliver'", "available, confirm, ship, cancel"]),
        ({"life": {"confirm": "soon"}}, ["'soon' is not a duration"]),
        ({"life": {"confirm": 30}}, ["30 is not a duration"]),
        ({"life": {"confirm": "0m"}}, ["'0m' is not longer than nothing"]),
        ({"life": {"confirm": "9999999d"}}, ["at most ten years"]),
        ({"life": {"confirm": "2h", "ship": "1h"}}, ["ship has to be later than confirm"]),
        ({"life": "fba"}, ["MFN order that is Pending", "no confirm, ship"]),
        ({"life": LIVES, "status": "Shipped"}, ["MFN order that is Shipped", "no confirm, ship"]),
        ({"life": {"available": "1d"}}, ["order that is Pending: no available"]),
        ({"life": LIVES, "status": "PendingAvailability"}, ["no confirm"]),
    ],
)
def test_a_life_that_cannot_be_is_refused(amazon, changes, words):
    wish = {"lines": [{"sku": "MUG", "qty": 2, "unit_price": "19.99"}]} | changes
    amazon.refused("orders", wish, *words)


def test_what_falls_due_while_a_call_is_kept_waiting_is_done_before_it_is_looked_at(amazon):
    number = amazon.place(life=LIVES)
    amazon.sim("faults", {"at": "getOrderV0", "kind": "delay", "by": "31m"}, 201)
    assert amazon.order_v0(number)["OrderStatus"] == "Unshipped"
