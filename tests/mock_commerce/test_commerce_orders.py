"""Orders and their documents: what shipments, invoices, comments and refunds do and show."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

NO_ENTITY = "The entity that was requested doesn't exist. Verify the entity and try again."
SHIPMENT = "Shipment Document Validation Error(s):"


@pytest.fixture
def placed(shop, amazon_order):
    """One order of two mugs, ten in stock."""
    shop.product(qty=10)
    shop.place_one(amazon_order({"tax_amount": "1.01"}, shipping_amount="5.00", grand_total="45.99"))
    return shop


def test_an_unknown_order_is_404_and_id_0_a_bad_request(shop):
    assert_commerce_error(shop.call("GET", "orders/7"), 404, NO_ENTITY)
    assert_commerce_error(shop.call("GET", "orders/0"), 400, "An ID is needed. Set the ID and try again.")
    for path in ("order/7/ship", "order/7/invoice", "orders/7/cancel", "orders/7/comments"):
        body = {"statusHistory": {"comment": "x"}}
        assert_commerce_error(shop.call("POST", path, json=body), 404, NO_ENTITY)


def test_a_shipment_shows_items_tracks_and_comment(placed):
    body = {
        "items": [{"order_item_id": 1, "qty": 1}],
        "tracks": [{"track_number": "1Z1", "title": "UPS", "carrier_code": "ups"}],
        "comment": {"comment": "From Amazon", "is_visible_on_front": 0},
        "notify": False,
        "appendComment": False,
    }
    assert placed.post("order/1/ship", body) == "1"
    (shipment,) = placed.search("shipments", ("order_id", "1"))["items"]
    assert (shipment["order_id"], shipment["increment_id"], shipment["total_qty"]) == (1, "000000001", 1)
    assert [(item["order_item_id"], item["qty"], item["sku"]) for item in shipment["items"]] == [
        (1, 1, "MUG")
    ]
    (track,) = shipment["tracks"]
    assert (track["track_number"], track["carrier_code"], track["title"]) == ("1Z1", "ups", "UPS")
    assert [comment["comment"] for comment in shipment["comments"]] == ["From Amazon"]
    assert placed.get("orders/1")["status_histories"] == []


def test_shipping_takes_units_and_gives_the_reservation_back(placed):
    placed.post("order/1/ship", {"items": [{"order_item_id": 1, "qty": 1}]})
    assert placed.stock() == (9, 8, 1)
    placed.post("order/1/ship")
    assert placed.stock() == (8, 8, 0)


def test_more_than_is_open_is_cut(placed):
    placed.post("order/1/ship", {"items": [{"order_item_id": 1, "qty": 5}]})
    assert placed.get("orders/1")["items"][0]["qty_shipped"] == 2


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ({"tracks": [{"title": "UPS", "carrier_code": "ups"}]}, ["Please enter a tracking number."]),
        (
            {"items": [{"order_item_id": 99, "qty": 1}]},
            [
                "You can't create a shipment without products.",
                'The shipment contains product SKU "99" that is not part of the original order.',
            ],
        ),
    ],
)
def test_a_bad_shipment_is_refused_and_changes_nothing(placed, body, lines):
    before = placed.state()
    answer = placed.call("POST", "order/1/ship", json=body)
    assert_commerce_error(answer, 400, "\n".join([SHIPMENT, *lines]))
    assert placed.state() == before


def test_a_source_that_is_short_hides_behind_a_general_error(placed):
    placed.sim("stock", {"sku": "MUG", "qty": 1})
    before = placed.state()
    message = "Could not save a shipment, see error log for details"
    assert_commerce_error(placed.call("POST", "order/1/ship", json={}), 400, message)
    body = {"arguments": {"extension_attributes": {"source_code": "nosuch"}}}
    assert_commerce_error(placed.call("POST", "order/1/ship", json=body), 400, message)
    assert placed.state() == before


def test_a_shipment_from_another_source(placed):
    placed.sim("sources", {"code": "east"})
    placed.product(sources={"east": 5})
    placed.post("order/1/ship", {"arguments": {"extension_attributes": {"source_code": "east"}}})
    assert placed.state()["stock"]["MUG"]["by_source"] == {"default": 10, "east": 3}


def test_backorders_do_not_help_at_the_shipment(shop, amazon_order):
    shop.product(qty=1, backorders=True)
    shop.place_one(amazon_order())
    assert shop.call("POST", "order/1/ship", json={}).status_code == 400


def test_unmanaged_stock_is_shipped_without_counting(shop, amazon_order):
    shop.product(qty=0, manage_stock=False)
    shop.place_one(amazon_order())
    shop.post("order/1/ship")
    assert shop.stock()[0] == 0


def test_the_last_unit_shipped_turns_the_source_item_out_of_stock(shop, amazon_order):
    shop.product(qty=2)
    shop.place_one(amazon_order())
    shop.post("order/1/ship")
    assert shop.get("stockItems/MUG")["is_in_stock"] is False
    shop.sim("stock", {"sku": "MUG", "qty": 5})
    assert shop.get("stockItems/MUG")["is_in_stock"] is True


def test_part_invoices_add_up_to_the_order(placed):
    one = {"items": [{"order_item_id": 1, "qty": 1}]}
    assert placed.post("order/1/invoice", one) == "1"
    # Half of 39.98 and of 1.01, and the whole shipping with the first invoice.
    assert placed.get("orders/1")["total_paid"] == 25.5
    assert placed.post("order/1/invoice", one) == "2"
    assert placed.get("orders/1")["total_paid"] == 45.99
    first, second = placed.search("invoices", ("order_id", "1"))["items"]
    assert (first["shipping_amount"], second["shipping_amount"]) == (5, 0)
    assert (first["tax_amount"], second["tax_amount"], first["state"]) == (0.51, 0.5, 2)
    assert round(first["grand_total"] + second["grand_total"], 2) == 45.99


def test_too_many_units_on_an_invoice_are_refused(placed):
    answer = placed.call("POST", "order/1/invoice", json={"items": [{"order_item_id": 1, "qty": 3}]})
    assert_commerce_error(answer, 400, 'We found an invalid quantity to invoice item "%1".', ["MUG"])


def test_an_invoice_twice_is_refused(placed):
    placed.post("order/1/invoice")
    message = (
        "Invoice Document Validation Error(s):\n"
        "The invoice can't be created without products. Add products and try again.\n"
        "The order does not allow an invoice to be created."
    )
    assert_commerce_error(placed.call("POST", "order/1/invoice", json={}), 400, message)


def test_an_invoice_takes_a_custom_status_back_to_the_default(shop, amazon_order):
    shop.product()
    shop.place_one(amazon_order(status="amazon_new"))
    shop.post("order/1/invoice")
    assert shop.get("orders/1/statuses") == "processing"


def test_virtual_units_leave_at_the_invoice(shop, amazon_order):
    shop.product("CODE", type="virtual", qty=5)
    shop.place_one(amazon_order({"sku": "CODE"}))
    assert shop.stock("CODE") == (5, 3, 2)
    shop.post("order/1/invoice")
    assert shop.stock("CODE") == (3, 3, 0)
    order = shop.get("orders/1")
    assert (order["state"], order["is_virtual"]) == ("complete", 1)
    assert "address" not in order["extension_attributes"]["shipping_assignments"][0]["shipping"]


def test_cancelling_gives_the_reservation_back(placed):
    assert placed.post("orders/1/cancel") is True
    assert placed.stock() == (10, 10, 0)
    assert placed.get("orders/1")["state"] == "canceled"
    assert placed.post("orders/1/cancel") is False
    assert placed.stock() == (10, 10, 0)


def test_part_shipped_invoiced_and_the_rest_cancelled_is_complete(placed):
    one = {"items": [{"order_item_id": 1, "qty": 1}]}
    placed.post("order/1/ship", one)
    placed.post("order/1/invoice", one)
    assert placed.post("orders/1/cancel") is True
    assert placed.get("orders/1")["state"] == "complete"
    assert placed.stock() == (9, 9, 0)


def test_a_refund_may_put_units_back(placed):
    placed.post("order/1/invoice")
    placed.post("order/1/ship")
    back = {"arguments": {"extension_attributes": {"return_to_stock_items": [1]}}}
    assert placed.post("order/1/refund", back) == "1"
    order = placed.get("orders/1")
    assert (order["state"], order["total_refunded"], order["shipping_refunded"]) == ("closed", 45.99, 5)
    assert placed.stock() == (10, 10, 0)


def test_units_not_shipped_come_back_as_a_reservation(placed):
    placed.post("order/1/invoice")
    back = {"arguments": {"extension_attributes": {"return_to_stock_items": [1]}}}
    placed.post("order/1/refund", back)
    assert placed.stock() == (10, 10, 0)


def test_more_money_than_was_paid_is_not_refunded(placed):
    placed.post("order/1/invoice")
    answer = placed.call("POST", "order/1/refund", json={"arguments": {"adjustment_positive": 1}})
    message = "Creditmemo Document Validation Error(s):\nThe most money available to refund is 45.99."
    assert_commerce_error(answer, 400, message)


def test_before_payment_there_is_nothing_to_refund(placed):
    assert placed.call("POST", "order/1/refund", json={}).status_code == 400
    assert placed.state()["orders"][0]["creditmemos"] == 0


def test_comments_are_listed_and_shown_with_the_order(placed):
    status = {"comment": "Hello", "is_customer_notified": 1, "is_visible_on_front": 1, "parent_id": 1}
    assert placed.post("orders/1/comments", {"statusHistory": status}) is True
    (row,) = placed.get("orders/1/comments")["items"]
    assert row == {
        "comment": "Hello",
        "created_at": "2026-03-01 09:00:00",
        "entity_id": 1,
        "entity_name": "order",
        "is_customer_notified": 1,
        "is_visible_on_front": 1,
        "parent_id": 1,
        "status": "processing",
    }
    assert placed.get("orders/1")["status_histories"] == [row]
    assert placed.state()["orders"][0]["comments"] == ["Hello"]


def test_a_comment_cannot_carry_a_status_of_another_state(placed):
    body = {"statusHistory": {"comment": "x", "status": "complete"}}
    message = 'Unable to add comment: The status "%1" is not part of the order status history.'
    assert_commerce_error(placed.call("POST", "orders/1/comments", json=body), 400, message, ["complete"])
    assert placed.get("orders/1/comments")["items"] == []


def test_before_2_4_7_a_comment_without_status_loses_the_orders(placed):
    placed.sim("config", {"version": "2.4.6"})
    placed.post("orders/1/comments", {"statusHistory": {"comment": "x", "status": "complete"}})
    assert placed.get("orders/1")["status"] == "complete"
    placed.post("orders/1/comments", {"statusHistory": {"comment": "x"}})
    assert "status" not in placed.get("orders/1")


def test_the_plain_save_checks_and_reserves_nothing(shop):
    shop.product(qty=1)
    entity = {
        "customer_email": "a@example.com",
        "grand_total": 25.5,
        "state": "processing",
        "status": "whatever",
        "ext_order_id": "112-0000000-0000009",
        "coupon_code": "TEN",
        "items": [
            {"sku": "MUG", "qty_ordered": 9, "price": 2.5, "row_total": 22.5},
            {"sku": "NOSUCH", "qty_ordered": 1, "price": 3, "row_total": 3},
        ],
        "billing_address": {"firstname": "Ann", "lastname": "Lee", "city": "X", "street": ["1"]},
        "payment": {"method": "checkmo"},
        "extension_attributes": {
            "shipping_assignments": [
                {"shipping": {"address": {"firstname": "Bo", "city": "Y"}, "method": "flatrate_flatrate"}}
            ]
        },
    }
    order = shop.post("orders", {"entity": entity})
    assert (order["status"], order["coupon_code"], order["total_due"]) == ("whatever", "TEN", 25.5)
    shipping = order["extension_attributes"]["shipping_assignments"][0]["shipping"]
    assert (shipping["address"]["firstname"], shipping["method"]) == ("Bo", "flatrate_flatrate")
    assert shop.stock() == (1, 1, 0)
    assert shop.state()["orders"][0]["ext_order_id"] == "112-0000000-0000009"


def test_an_update_keeps_what_is_not_given(shop):
    entity = {"grand_total": 5, "customer_email": "a@example.com", "coupon_code": "TEN", "items": []}
    order = shop.post("orders", {"entity": entity})
    changed = shop.post(
        "orders", {"entity": {"entity_id": order["entity_id"], "increment_id": "X", "grand_total": 6}}
    )
    assert (changed["increment_id"], changed["grand_total"]) == (order["increment_id"], 6)
    assert (changed["coupon_code"], changed["customer_email"]) == ("TEN", "a@example.com")


def test_an_order_may_be_sent_back_as_it_was_read(placed):
    before = placed.get("orders/1")
    after = placed.post("orders", {"entity": before})
    assert {**after, "extension_attributes": None} == {**before, "extension_attributes": None}


def test_a_number_is_unique_in_its_store(shop):
    entity = {"increment_id": "X1", "grand_total": 5}
    shop.post("orders", {"entity": entity})
    answer = shop.call("POST", "orders", json={"entity": entity})
    assert_commerce_error(answer, 400, "Unique constraint violation found")
    assert shop.search("orders")["total_count"] == 1


def test_shipping_an_unreserved_order_leaves_more_salable_than_there_is(shop):
    shop.product(qty=10)
    item = {"sku": "MUG", "qty_ordered": 2, "price": 1, "row_total": 2}
    shop.post("orders", {"entity": {"state": "processing", "grand_total": 2, "items": [item]}})
    shop.post("order/1/ship")
    assert shop.stock() == (8, 10, -2)
