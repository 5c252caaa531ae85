"""Cancelled lines, buyers who ask to cancel, and what may be edited of a placed order."""

import pytest

TWO = [
    {"sku": "MUG", "qty": 2, "unit_price": "19.99"},
    {"sku": "CUP", "qty": 1, "unit_price": "5.00", "tax": "0.50", "shipping": "2.00", "discount": "1.00"},
]
ADDRESS = {"method": "GET", "path": "/orders/v0/orders/{orderId}/address"}


def cancel_line(amazon, number, sku):
    amazon.sim(f"orders/{number}/cancel_line", {"sku": sku})


def test_a_cancelled_line_has_quantity_0_and_costs_nothing_in_both_versions(amazon):
    """F23: importers of v0 know cancelled lines by QuantityOrdered 0."""
    number = amazon.place_unshipped(lines=TWO)
    amazon.later(minutes=5)
    cancel_line(amazon, number, "CUP")
    order, (mug, cup) = amazon.order_v0(number), amazon.items_v0(number)
    assert (order["OrderStatus"], order["OrderTotal"]["Amount"]) == ("Unshipped", "39.98")
    assert (order["NumberOfItemsUnshipped"], order["LastUpdateDate"]) == (2, "2026-03-01T09:05:00Z")
    assert [item["QuantityOrdered"] for item in (mug, cup)] == [2, 0]
    assert [item["ItemPrice"]["Amount"] for item in (mug, cup)] == ["39.98", "0.00"]
    new = amazon.order(number)
    mug, cup = new["orderItems"]
    assert [item["quantityOrdered"] for item in (mug, cup)] == [2, 0]
    assert cup["cancellation"] == {"cancellationExecution": {"cancelledBy": "BUYER"}}
    assert "cancellation" not in mug
    assert cup["fulfillment"] == {"quantityFulfilled": 0, "quantityUnfulfilled": 0}
    assert new["proceeds"]["grandTotal"]["amount"] == "39.98"
    assert amazon.state(number)["lines"][1]["cancelled"] == 1


def test_a_line_can_be_cancelled_before_the_payment_is_verified(amazon):
    number = amazon.place(lines=TWO)
    cancel_line(amazon, number, "MUG")
    amazon.sim(f"orders/{number}/confirm")
    assert amazon.order_v0(number)["OrderTotal"]["Amount"] == "6.50"


@pytest.mark.parametrize("shipped_first", [False, True])
def test_an_order_is_shipped_when_all_that_is_still_wanted_has_left(amazon, shipped_first):
    number = amazon.place_unshipped(lines=TWO)
    steps = [
        lambda: cancel_line(amazon, number, "CUP"),
        lambda: amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 2}]}),
    ]
    for step in reversed(steps) if shipped_first else steps:
        step()
    assert amazon.order_v0(number)["OrderStatus"] == "Shipped"
    assert amazon.order(number)["fulfillment"]["fulfillmentStatus"] == "SHIPPED"


def test_an_order_is_canceled_with_its_last_line(amazon):
    number = amazon.place_unshipped(lines=TWO)
    for sku in ("MUG", "CUP"):
        cancel_line(amazon, number, sku)
    assert amazon.order_v0(number)["OrderStatus"] == "Canceled"


def test_a_seller_cannot_confirm_what_was_cancelled(amazon):
    number = amazon.place_unshipped(lines=TWO)
    cancel_line(amazon, number, "CUP")
    refused = amazon.confirm_shipment(number, amazon.package(number, 2, 1))
    assert refused.status_code == 400
    assert amazon.confirm_shipment(number, amazon.package(number, 2)).status_code == 204
    assert amazon.order_v0(number)["OrderStatus"] == "Shipped"


@pytest.mark.parametrize(
    ("status", "sku", "words"),
    [
        ("Unshipped", "HAT", ["'HAT' is not in the order", "MUG, CUP"]),
        ("Shipped", "CUP", ["Shipped cannot have a line cancelled", "Unshipped"]),
        ("Canceled", "CUP", ["Canceled cannot have a line cancelled"]),
    ],
)
def test_lines_that_cannot_be_cancelled(amazon, status, sku, words):
    number = amazon.place(lines=TWO, status=status)
    amazon.refused(f"orders/{number}/cancel_line", {"sku": sku}, *words)


def test_a_line_is_cancelled_once_and_before_it_ships(amazon):
    number = amazon.place_unshipped(lines=TWO)
    amazon.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG", "qty": 1}]})
    amazon.refused(f"orders/{number}/cancel_line", {"sku": "MUG"}, "units of it are shipped")
    other = amazon.place_unshipped(lines=TWO)
    cancel_line(amazon, other, "CUP")
    amazon.refused(f"orders/{other}/cancel_line", {"sku": "CUP"}, "cancelled already")


def test_a_buyers_wish_to_cancel_shows_with_the_items_only(amazon):
    """jlevers/selling-partner-api#414: nothing of it is in the order, and the flag is text."""
    number = amazon.place_unshipped()
    (before,) = amazon.items_v0(number)
    assert before["BuyerRequestedCancel"] == {"IsBuyerRequestedCancel": "false", "BuyerCancelReason": ""}
    amazon.later(minutes=3)
    amazon.sim(f"orders/{number}/request_cancel", {"reason": "Found cheaper somewhere else."})
    order, (item,) = amazon.order_v0(number), amazon.items_v0(number)
    assert item["BuyerRequestedCancel"] == {
        "IsBuyerRequestedCancel": "true",
        "BuyerCancelReason": "Found cheaper somewhere else.",
    }
    assert "BuyerRequestedCancel" not in order
    assert (order["OrderStatus"], order["LastUpdateDate"]) == ("Unshipped", "2026-03-01T09:03:00Z")
    (item,) = amazon.order(number)["orderItems"]
    request = {"requester": "BUYER", "cancelReason": "Found cheaper somewhere else."}
    assert item["cancellation"] == {"cancellationRequest": request}
    assert amazon.state(number)["cancel_requested"] is True


def test_an_order_is_shipped_though_its_buyer_asked_to_cancel(amazon):
    """jlevers/selling-partner-api#251, symptom 13."""
    number = amazon.place_unshipped()
    amazon.sim(f"orders/{number}/request_cancel")
    assert amazon.confirm_shipment(number, amazon.package(number, 2)).status_code == 204
    assert amazon.order_v0(number)["OrderStatus"] == "Shipped"
    assert amazon.items_v0(number)[0]["BuyerRequestedCancel"]["IsBuyerRequestedCancel"] == "true"
    amazon.refused(f"orders/{number}/request_cancel", {}, "Shipped cannot be asked to be cancelled")


def test_the_seller_cancels_what_the_buyer_asked_to(amazon):
    number = amazon.place_unshipped()
    amazon.sim(f"orders/{number}/request_cancel")
    amazon.sim(f"orders/{number}/cancel")
    (item,) = amazon.order(number)["orderItems"]
    assert item["cancellation"]["cancellationExecution"] == {"cancelledBy": "MERCHANT"}


def test_address_buyer_and_service_can_be_edited(amazon):
    number = amazon.place_unshipped()
    amazon.later(minutes=5)
    changes = {
        "ship_to": {"line1": "9 New Street", "city": "Tacoma"},
        "buyer": {"name": "Bo Lee"},
        "service_level": "NEXT_DAY",
    }
    amazon.sim(f"orders/{number}/edit", {"set": changes})
    seen = amazon.order(number)
    address = seen["recipient"]["deliveryAddress"]
    assert (address["addressLine1"], address["city"]) == ("9 New Street", "Tacoma")
    assert address["name"] == "Jane Sample"
    assert seen["buyer"]["buyerName"] == "Bo Lee"
    assert seen["fulfillment"]["fulfillmentServiceLevel"] == "NEXT_DAY"
    assert seen["lastUpdatedTime"] == "2026-03-01T09:05:00.000Z"
    assert amazon.order_v0(number)["ShipmentServiceLevelCategory"] == "NextDay"
    place = amazon.restrict(ADDRESS).order_v0(number, "/address")["ShippingAddress"]
    assert (place["AddressLine1"], place["City"]) == ("9 New Street", "Tacoma")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        ("Unshipped", {}, ["set"]),
        ("Unshipped", {"set": {}}, ["nothing to change"]),
        ("Unshipped", {"set": {"lines": []}}, ["set.lines", "allowed are ship_to, buyer, service_level"]),
        ("Unshipped", {"set": {"channel": "AFN"}}, ["set.channel", "allowed are"]),
        ("Unshipped", {"set": {"ship_to": {"street": "x"}}}, ["set.ship_to.street", "line1"]),
        ("Unshipped", {"set": {"service_level": "Slow"}}, ["set.service_level", "STANDARD"]),
        ("Shipped", {"set": {"buyer": {"name": "Bo"}}}, ["Shipped cannot be edited any more"]),
        ("Canceled", {"set": {"buyer": {"name": "Bo"}}}, ["Canceled cannot be edited any more"]),
    ],
)
def test_the_rest_of_an_order_cannot_be_edited(amazon, status, body, words):
    number = amazon.place(status=status)
    amazon.refused(f"orders/{number}/edit", body, *words)


@pytest.mark.parametrize("verb", ["cancel_line", "request_cancel", "edit", "hide"])
def test_an_order_that_is_not_there_is_told(amazon, verb):
    body = {
        "cancel_line": {"sku": "MUG"},
        "edit": {"set": {"service_level": "STANDARD"}},
        "hide": {"for": "1h"},
    }
    amazon.refused(f"orders/000-0000000-0000000/{verb}", body.get(verb, {}), "there is no order", status=404)
