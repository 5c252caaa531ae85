"""Rules that no route shows by itself, and what happens when things go wrong inside."""

from __future__ import annotations

from decimal import Decimal

import pytest
from commerce_shop import assert_commerce_error

from mock_commerce.directory.countries import COUNTRIES
from mock_commerce.directory.regions import REGIONS
from mock_commerce.modules.amazon_sales_channel import placing, writing
from mock_commerce.sales import lifecycle
from mock_commerce.sales.lifecycle import Line, SalesOrder
from mock_commerce.wire.item import slice_of
from mock_commerce.wire.values import number

TWO = Decimal(2)


@pytest.mark.parametrize("state", ["holded", "payment_review", "canceled", "closed"])
def test_no_credit_memo_in_these_states(state):
    order = SalesOrder(state, state, (Line(TWO, invoiced=TWO),), total_paid=TWO)
    assert not lifecycle.can_creditmemo(order)
    told = [f"A creditmemo can not be created when an order has a status of {state}"]
    assert lifecycle.creditmemo_refusals(order) == told


def test_an_order_worth_nothing_is_refunded_once():
    order = SalesOrder("complete", "complete", (Line(TWO, invoiced=TWO, shipped=TWO),))
    assert lifecycle.can_creditmemo(order)
    again = SalesOrder("complete", "complete", order.lines, has_creditmemo=True)
    assert not lifecycle.can_creditmemo(again)


def test_a_virtual_order_whose_status_is_closed_becomes_closed():
    order = SalesOrder("complete", "closed", (Line(TWO, invoiced=TWO, virtual=True),), virtual=True)
    assert lifecycle.after_save(order).state == "closed"


def test_every_state_has_a_status_of_its_own():
    assert all(lifecycle.belongs(status, state) for state, status in lifecycle.DEFAULT_STATUS.items())
    assert lifecycle.belongs("fraud", "processing")
    assert not lifecycle.belongs("fraud", "new")
    assert not lifecycle.belongs("pending", None)


def test_parts_of_a_line_add_up_to_the_whole():
    amount, ordered = Decimal("10.00"), Decimal(3)
    parts = [slice_of(amount, Decimal(done), Decimal(1), ordered) for done in range(3)]
    assert parts == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]


@pytest.mark.parametrize(("value", "printed"), [("100.0", 100), ("0.50", 0.5), ("-3.00", -3), ("1E+2", 100)])
def test_numbers_are_printed_as_php_does(value, printed):
    assert repr(number(Decimal(value))) == repr(printed)


def test_the_directory_numbers_its_regions_as_commerce_does():
    regions = {(country, region.code): region.id for country in REGIONS for region in REGIONS[country]}
    assert (regions["US", "AL"], regions["US", "TX"], regions["US", "WY"]) == (1, 57, 65)
    assert (regions["CA", "AB"], regions["CA", "YT"]) == (66, 78)
    assert len(COUNTRIES) > 240


def test_two_programs_that_place_one_order_at_once_place_one(shop, amazon_order, monkeypatch):
    shop.product(qty=10)
    checked = placing.check

    def placed_meanwhile(given):
        offer = checked(given)
        writing.write(given, offer)
        return offer

    monkeypatch.setattr(placing, "check", placed_meanwhile)
    result = shop.place_one(amazon_order())
    assert (result["result"], result["entity_id"]) == ("exists", 1)
    assert len(shop.state()["orders"]) == 1
    assert shop.stock() == (10, 8, 2)


def test_a_number_that_was_taken_meanwhile_is_refused(shop, amazon_order, monkeypatch):
    shop.product(qty=10)
    shop.place_one(amazon_order(increment_id="X1"))
    monkeypatch.setattr(
        "mock_commerce.modules.amazon_sales_channel.acceptance._check_number", lambda *_: None
    )
    result = shop.place_one(amazon_order(increment_id="X1"))
    assert (result["result"], result["message"]) == ("refused", "Unique constraint violation found")
    assert shop.stock() == (10, 8, 2)


def test_an_error_inside_is_masked_and_leaves_nothing(shop, amazon_order, monkeypatch, caplog):
    shop.product(qty=10)

    def broken(*_args, **_kwargs):
        raise RuntimeError("out of order")

    monkeypatch.setattr("mock_commerce.sales.book.render", broken)
    before = shop.state()
    answer = shop.call("POST", "amazon-sales-channel/orders", json={"orders": [amazon_order()]})
    assert answer.status_code == 500
    assert "out of order" not in answer.get_data(as_text=True)
    assert "out of order" in caplog.text
    assert shop.state() == before


def test_errors_of_the_database_do_not_quote_buyers(shop, caplog):
    item = {"sku": "MUG", "qty_ordered": "1e30", "name": "Ann Lee's mug"}
    answer = shop.call(
        "POST", "orders", json={"entity": {"customer_email": "ann@example.com", "items": [item]}}
    )
    assert answer.status_code == 500
    assert "Ann" not in caplog.text
    assert "ann@example.com" not in caplog.text


def test_a_body_beyond_the_limit_is_refused(shop):
    shop.client.application.config["MAX_CONTENT_LENGTH"] = 100
    try:
        answer = shop.call("POST", "orders", json={"entity": {"customer_note": "x" * 200}})
    finally:
        shop.client.application.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024
    assert answer.status_code == 413
    assert "message" in answer.get_json()


@pytest.mark.parametrize("number", ["99999999999999999999999", "-5"])
def test_ids_nobody_has_are_404(shop, number):
    message = "The entity that was requested doesn't exist. Verify the entity and try again."
    assert_commerce_error(shop.call("GET", f"orders/{number}"), 404, message)


@pytest.mark.parametrize("verb", ["ship", "invoice", "refund"])
def test_a_line_needs_its_item(shop, amazon_order, verb):
    shop.product()
    shop.place_one(amazon_order())
    answer = shop.call("POST", f"order/1/{verb}", json={"items": [{"qty": 1}]})
    message = '"%fieldName" is required. Enter and try again.'
    assert_commerce_error(answer, 400, message, {"fieldName": "order_item_id"})


def test_more_units_than_were_invoiced_are_not_refunded(shop, amazon_order):
    shop.product()
    shop.place_one(amazon_order())
    shop.post("order/1/invoice", {"items": [{"order_item_id": 1, "qty": 1}]})
    answer = shop.call("POST", "order/1/refund", json={"items": [{"order_item_id": 1, "qty": 2}]})
    assert "must not be greater than the unrefunded quantity" in answer.get_json()["message"]
