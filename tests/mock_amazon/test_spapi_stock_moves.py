"""Stock moves with orders: a merchant's quantity, and units in Amazon's network."""

import pytest

LINE = {"sku": "MUG", "qty": 2, "unit_price": "5.00"}


def qty(amazon, sku="MUG"):
    listings = amazon.client.get("/_sim/state").get_json()["listings"]
    return next(each["qty"] for each in listings if each["seller_sku"] == sku)


def fba(amazon):
    """Fulfillable units and units on order."""
    (stock,) = amazon.client.get("/_sim/state").get_json()["fba_stock"]
    return stock["fulfillable"], stock["ordered"]


def offered(amazon, units=10):
    amazon.sim("listings", {"sku": "MUG", "qty": units}, 201)


@pytest.mark.parametrize(
    ("status", "left"),
    [("PendingAvailability", 8), ("Pending", 8), ("Unshipped", 8), ("Shipped", 8), ("Canceled", 10)],
)
def test_an_order_takes_its_units_when_it_is_placed(amazon, status, left):
    offered(amazon)
    amazon.place(status=status)
    assert qty(amazon) == left


def test_an_order_takes_its_units_once(amazon):
    offered(amazon)
    number = amazon.place()
    amazon.sim(f"orders/{number}/confirm")
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    amazon.sim(f"orders/{number}/ship")
    assert qty(amazon) == 8


def test_a_cancelled_order_gives_its_units_back(amazon):
    offered(amazon)
    amazon.sim(f"orders/{amazon.place()}/cancel")
    assert qty(amazon) == 10


def test_what_was_shipped_does_not_come_back(amazon):
    offered(amazon)
    number = amazon.place_unshipped()
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    amazon.sim(f"orders/{number}/cancel")
    assert qty(amazon) == 9


def test_more_than_there_is_can_be_sold_but_not_given_back(amazon):
    offered(amazon, 1)
    first, second = amazon.place(), amazon.place()
    assert qty(amazon) == 0
    assert amazon.listed("MUG")["summaries"][0]["status"] == ["DISCOVERABLE"]
    amazon.sim(f"orders/{second}/cancel")
    assert qty(amazon) == 0
    amazon.sim(f"orders/{first}/cancel")
    assert qty(amazon) == 1
    assert amazon.listed("MUG")["summaries"][0]["status"] == ["BUYABLE", "DISCOVERABLE"]


def test_a_new_quantity_is_for_new_orders(amazon):
    offered(amazon, 1)
    number = amazon.place()
    amazon.sim("listings", {"sku": "MUG", "qty": 7}, 201)
    amazon.sim(f"orders/{number}/confirm")
    assert qty(amazon) == 7
    amazon.place()
    assert qty(amazon) == 5


def test_lines_of_one_sku_take_both(amazon):
    offered(amazon, 5)
    number = amazon.place(lines=[LINE, LINE | {"qty": 4}])
    assert qty(amazon) == 0
    amazon.sim(f"orders/{number}/cancel")
    assert qty(amazon) == 5


def test_the_catalogs_name_takes_from_the_sellers_listing(amazon):
    amazon.sim("listings", {"sku": "MUG", "seller_sku": "AMZ-MUG", "qty": 10}, 201)
    amazon.place()
    assert qty(amazon, "AMZ-MUG") == 8


def test_a_listing_without_a_quantity_is_not_limited(amazon):
    amazon.sim("listings", {"sku": "MUG"}, 201)
    number = amazon.place()
    assert qty(amazon) is None
    amazon.sim("listings", {"sku": "MUG", "qty": 3}, 201)
    amazon.sim(f"orders/{number}/cancel")
    assert qty(amazon) == 3
    amazon.sim("listings", {"sku": "MUG", "qty": None}, 201)
    assert qty(amazon) is None


def test_a_listing_that_is_gone_hinders_nobody(amazon):
    offered(amazon)
    number = amazon.place()
    amazon.submit("DELETE", "MUG")
    amazon.sim(f"orders/{number}/cancel")


def test_other_sellers_and_marketplaces_keep_their_stock(amazon, other):
    offered(amazon)
    for market in ("US", "JP"):
        wish = {"sku": "MUG", "qty": 4, "seller": "SELLER-2", "marketplace": market}
        amazon.sim("listings", wish, 201)
    amazon.place(seller="SELLER-2")
    listings = amazon.client.get("/_sim/state").get_json()["listings"]
    assert [each["qty"] for each in listings] == [10, 2, 4]


def test_a_stock_move_is_an_update_of_the_listing(amazon):
    offered(amazon)
    amazon.later(minutes=5)
    amazon.place()
    assert amazon.listed("MUG")["summaries"][0]["lastUpdatedDate"] == "2026-03-01T09:05:00.000Z"


def test_units_at_amazon_are_reserved_then_gone(amazon):
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 5}, 201)
    number = amazon.place(channel="AFN")
    assert fba(amazon) == (3, 2)
    amazon.sim(f"orders/{number}/confirm")
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    assert fba(amazon) == (3, 1)
    amazon.sim(f"orders/{number}/ship")
    assert fba(amazon) == (3, 0)


def test_cancelling_gives_back_what_amazon_still_has(amazon):
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 5}, 201)
    number = amazon.place_unshipped(channel="AFN")
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    amazon.sim(f"orders/{number}/cancel")
    assert fba(amazon) == (4, 0)


def test_orders_placed_as_shipped_take_from_amazon_at_once(amazon):
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 5}, 201)
    amazon.place(channel="AFN", status="Shipped")
    assert fba(amazon) == (3, 0)


def test_amazon_oversells_down_to_zero(amazon):
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 3}, 201)
    numbers = [amazon.place_unshipped(channel="AFN") for _ in range(2)]
    assert fba(amazon) == (0, 3)
    amazon.sim(f"orders/{numbers[1]}/ship")
    assert fba(amazon) == (0, 2)
    amazon.sim(f"orders/{numbers[0]}/cancel")
    assert fba(amazon) == (2, 0)


def test_each_channel_has_its_own_stock(amazon):
    offered(amazon)
    amazon.sim("fba-stock", {"sku": "MUG", "fulfillable": 5}, 201)
    amazon.place(channel="AFN")
    assert (qty(amazon), fba(amazon)) == (10, (3, 2))
    amazon.place()
    assert (qty(amazon), fba(amazon)) == (8, (3, 2))


def test_snapshots_bring_stock_back(amazon):
    offered(amazon)
    amazon.sim("snapshots", {"name": "full"}, 201)
    amazon.place()
    amazon.sim("snapshots/full/restore")
    assert qty(amazon) == 10
