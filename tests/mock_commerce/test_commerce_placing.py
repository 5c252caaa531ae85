"""The module's route: what is placed, what is refused and in which words, and what is left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from commerce_shop import ADDRESS, assert_commerce_error

UNKNOWN = "The product that was requested doesn't exist. Verify the product and try again."
NOT_AVAILABLE = "Product that you are trying to add is not available."
SHIPPING = "Please check the shipping address information. %1"


def required(field):
    return f'"{field}" is required. Enter and try again.'


def test_a_placed_order_is_processing_reserved_and_not_invoiced(shop, amazon_order):
    shop.product(qty=10)
    wish = amazon_order(shipping_description="Amazon Expedited", seller_central_url="https://sc.example/o")
    result = shop.place_one(wish)
    assert result == {
        "amazon_order_id": wish["amazon_order_id"],
        "result": "placed",
        "entity_id": 1,
        "increment_id": "000000001",
        "grand_total": "39.98",
        "items": [{"amazon_order_item_id": "1", "order_item_id": 1}],
        "message": None,
        "parameters": [],
    }
    order = shop.get("orders/1")
    assert (order["state"], order["status"], order["ext_order_id"]) == (
        "processing", "processing", wish["amazon_order_id"],
    )  # fmt: skip
    assert "total_paid" not in order
    assert order["total_due"] == 39.98
    assert order["shipping_description"] == "Amazon Expedited"
    assert order["payment"]["method"] == "amazonpayment"
    shown = {row["key"]: row["value"] for row in order["extension_attributes"]["payment_additional_info"]}
    assert shown["method_title"] == "Amazon Channel Payment"
    assert shown["Amazon Order Number"] == wish["amazon_order_id"]
    assert shown["View or Cancel Amazon Order"] == "https://sc.example/o"
    (assignment,) = order["extension_attributes"]["shipping_assignments"]
    assert assignment["shipping"]["method"] == "amazonshipping_amazonshipping"
    assert shop.stock() == (10, 8, 2)


def test_placing_again_answers_the_same_order(shop, amazon_order):
    shop.product(qty=10)
    wish = amazon_order()
    first, second = shop.place(wish, wish)
    assert second == {**first, "result": "exists"}
    shop.post("orders/1/cancel")
    assert shop.place_one(wish)["result"] == "exists"
    assert len(shop.state()["orders"]) == 1


def test_a_refused_order_stops_nobody_and_leaves_nothing(shop, amazon_order):
    shop.product(qty=10)
    before = shop.state()
    bad = amazon_order({}, {"sku": "NOSUCH"})
    assert shop.place_one(bad)["message"] == UNKNOWN
    assert shop.state() == before
    results = shop.place(amazon_order(), amazon_order({"sku": "NOSUCH"}), amazon_order())
    assert [result["result"] for result in results] == ["placed", "refused", "placed"]
    assert [order["increment_id"] for order in shop.state()["orders"]] == ["000000001", "000000002"]


@pytest.mark.parametrize(
    ("product", "message"),
    [
        ({"status": "disabled"}, NOT_AVAILABLE),
        ({"in_stock": False}, NOT_AVAILABLE),
        ({"qty": 0}, NOT_AVAILABLE),
        ({"qty": 1}, "Not enough items for sale"),
        ({"type": "configurable"}, "You need to choose options for your item."),
        ({"min_sale_qty": 3}, "The fewest you may purchase is %1."),
        ({"max_sale_qty": 1}, "The requested qty exceeds the maximum qty allowed in shopping cart"),
        ({"qty_increments": 3}, "You can buy this product only in quantities of %1 at a time."),
        ({"websites": ["eu"]}, "The product wasn't found. Verify the product and try again."),
    ],
    ids=str,
)
def test_products_that_cannot_be_sold_are_refused(shop, amazon_order, product, message):
    shop.sim("websites", {"code": "eu"})
    shop.product(**product)
    result = shop.place_one(amazon_order())
    assert (result["result"], result["message"]) == ("refused", message)
    assert (result["entity_id"], result["increment_id"], result["items"]) == (None, None, [])


def test_too_much_is_said_in_older_words_by_older_versions(shop, amazon_order):
    shop.product(qty=1)
    shop.sim("config", {"version": "2.4.6"})
    assert shop.place_one(amazon_order())["message"] == "The requested qty is not available"


@pytest.mark.parametrize(
    "product", [{"qty": 0, "backorders": True}, {"qty": 0, "manage_stock": False}], ids=str
)
def test_backorders_and_unmanaged_stock_sell_any_number(shop, amazon_order, product):
    shop.product(**product)
    assert shop.place_one(amazon_order())["result"] == "placed"


def test_the_need_is_summed_per_sku_but_lines_stay_apart(shop, amazon_order):
    shop.product(qty=3)
    lines = ({"qty": 2}, {"sku": "mug", "qty": 2})
    assert shop.place_one(amazon_order(*lines))["message"] == "Not enough items for sale"
    shop.sim("stock", {"sku": "MUG", "qty": 4})
    assert shop.place_one(amazon_order(*lines))["result"] == "placed"
    assert [item["qty_ordered"] for item in shop.get("orders/1")["items"]] == [2, 2]
    assert shop.stock() == (4, 0, 4)


def test_of_two_orders_for_the_last_unit_the_first_has_it(shop, amazon_order):
    shop.product(qty=1)
    results = shop.place(amazon_order({"qty": 1}), amazon_order({"qty": 1}))
    assert [result["result"] for result in results] == ["placed", "refused"]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"firstname": "", "street": []}, [required("firstname"), required("street")]),
        ({"lastname": None}, [required("lastname")]),
        ({"city": " "}, [required("city")]),
        ({"postcode": None}, [required("postcode")]),
        ({"country_id": None}, [required("countryId")]),
        ({"country_id": "XX"}, ['Invalid value of "XX" provided for the countryId field.']),
        ({"region": None}, [required("regionId")]),
        ({"region": "Bavaria"}, ['Invalid value of "Bavaria" provided for the regionId field.']),
        ({"firstname": "A\x07"}, ["First Name is not valid!"]),
    ],
    ids=str,
)
def test_an_address_is_refused_with_all_its_faults(shop, amazon_order, change, faults):
    shop.product()
    result = shop.place_one(amazon_order(shipping_address=ADDRESS | change))
    assert (result["message"], result["parameters"]) == (SHIPPING, [" ".join(faults)])


@pytest.mark.parametrize(
    ("country", "region", "expected"),
    [
        ("US", "tx", ("Texas", "TX", 57)),
        ("US", "caLIFORNIA", ("California", "CA", 12)),
        ("US", "Puerto Rico", ("Puerto Rico", "PR", 52)),
        ("CA", "on", ("Ontario", "ON", 74)),
    ],
)
def test_regions_are_matched_by_code_or_name(shop, amazon_order, country, region, expected):
    shop.product()
    shop.place_one(amazon_order(shipping_address=ADDRESS | {"country_id": country, "region": region}))
    address = shop.get("orders/1")["extension_attributes"]["shipping_assignments"][0]["shipping"]["address"]
    assert (address["region"], address["region_code"], address["region_id"]) == expected


def test_a_country_without_a_directory_takes_any_region(shop, amazon_order):
    shop.product()
    address = ADDRESS | {"country_id": "GB", "region": "Essex", "postcode": None}
    assert shop.place_one(amazon_order(shipping_address=address))["result"] == "placed"


@pytest.mark.parametrize(
    ("changes", "message", "parameters"),
    [
        (
            {"store_code": "nosuch"},
            "The store that was requested wasn't found. Verify the store and try again.",
            [],
        ),
        ({"currency_code": "CHF"}, 'Undefined rate from "%1-%2".', ["USD", "CHF"]),
        (
            {"status": "complete"},
            'The status "%1" is not part of the state "%2".',
            ["complete", "processing"],
        ),
        ({"increment_id": "000000001"}, "Unique constraint violation found", []),
        (
            {"grand_total": "39.97"},
            'The grand total "%1" is not the sum of the order, "%2".',
            ["39.97", "39.98"],
        ),
    ],
    ids=str,
)
def test_other_refusals_come_in_commerces_words(shop, amazon_order, changes, message, parameters):
    shop.product()
    shop.place(amazon_order())
    result = shop.place_one(amazon_order(**changes))
    assert (result["message"], result["parameters"]) == (message, parameters)


def test_a_row_that_is_not_price_times_quantity_is_refused_beyond_a_cent_a_unit(shop, amazon_order):
    shop.product()
    near = amazon_order({"row_total": "40.00"}, grand_total="40.00")
    far = amazon_order({"row_total": "40.01"}, grand_total="40.01")
    assert [result["result"] for result in shop.place(near, far)] == ["placed", "refused"]


def test_an_unconfigured_currency_is_refused_until_it_is_configured(shop, amazon_order):
    shop.product()
    shop.sim("config", {"currencies": ["USD"]})
    wish = amazon_order(currency_code="GBP")
    assert shop.place_one(wish)["result"] == "refused"
    shop.sim("config", {"currencies": ["USD", "GBP"]})
    assert shop.place_one(wish)["result"] == "placed"
    order = shop.get("orders/1")
    assert (order["order_currency_code"], order["grand_total"]) == ("GBP", 39.98)
    assert (order["base_currency_code"], order["base_grand_total"]) == ("USD", 51.2564)


def test_money_without_tax_in_the_price(shop, amazon_order):
    shop.product()
    line = {"qty": 2, "price": "10.00", "tax_amount": "1.65", "discount_amount": "3.00"}
    shop.place_one(amazon_order(line, shipping_amount="4.99", gift_wrap_amount="2.50", grand_total="26.14"))
    order = shop.get("orders/1")
    assert (order["subtotal"], order["tax_amount"], order["grand_total"]) == (20, 1.65, 26.14)
    assert (order["discount_amount"], order["discount_description"]) == (-3, "Amazon Applied Discount")
    assert order["shipping_amount"] == 4.99
    extension = order["extension_attributes"]
    assert (extension["gw_items_price"], extension["gw_items_base_price"]) == ("2.50", "2.50")
    assert extension["applied_taxes"][0]["amount"] == 1.65
    (item,) = order["items"]
    assert (item["price"], item["price_incl_tax"], item["row_total_incl_tax"]) == (10, 10.825, 21.65)
    (line,) = shop.state()["orders"][0]["lines"]
    assert (line["price"], line["row_total"], line["tax"], line["discount"]) == (
        "10.00",
        "20.00",
        "1.65",
        "3.00",
    )


def test_tax_that_the_price_includes_counts_once(shop, amazon_order):
    shop.product()
    line = {"qty": 3, "price": "10.00", "tax_amount": "5.00"}
    shop.place_one(amazon_order(line, tax_included=True, currency_code="GBP", grand_total="30.00"))
    order = shop.get("orders/1")
    assert (order["subtotal"], order["tax_amount"], order["grand_total"]) == (25, 5, 30)
    assert order["subtotal_incl_tax"] == 30
    (item,) = order["items"]
    assert (item["price"], item["price_incl_tax"], item["row_total"]) == (8.3333, 10, 25)
    (line,) = shop.state()["orders"][0]["lines"]
    assert (line["price"], line["row_total"]) == ("10.00", "30.00")
    shop.post("order/1/invoice")
    assert shop.get("orders/1")["total_paid"] == 30


def test_an_order_amazon_fulfils_is_complete_and_touches_no_stock(shop, amazon_order):
    shop.product(qty=0)
    assert shop.place_one(amazon_order(fulfilled_by="amazon"))["result"] == "placed"
    (order,) = shop.state()["orders"]
    assert (order["state"], order["status"]) == ("complete", "complete")
    assert (order["shipments"], order["invoices"], order["shipped"], order["invoiced"]) == (1, 1, 2, 2)
    assert shop.state()["reservations"] == []
    assert shop.stock() == (0, 0, 0)
    shop.post("order/1/refund", {"arguments": {"extension_attributes": {"return_to_stock_items": [1]}}})
    assert shop.stock() == (0, 0, 0)


@pytest.mark.parametrize("product", [{"status": "disabled"}, None])
def test_even_amazon_needs_a_product_that_is_enabled(shop, amazon_order, product):
    if product is not None:
        shop.product(**product)
    assert shop.place_one(amazon_order(fulfilled_by="amazon"))["result"] == "refused"


def test_amazons_number_can_be_the_orders(shop, amazon_order):
    shop.product()
    wish = amazon_order(increment_id="112-7777777-7777777")
    assert shop.place_one(wish)["increment_id"] == "112-7777777-7777777"
    assert shop.place_one(amazon_order())["increment_id"] == "000000001"


def test_another_store_view_counts_its_own_numbers(shop, amazon_order):
    shop.sim("websites", {"code": "eu"})
    shop.product(websites=["base", "eu"])
    results = shop.place(amazon_order(), amazon_order(store_code="eu"), amazon_order(store_code="eu"))
    assert [result["increment_id"] for result in results] == ["000000001", "2000000001", "2000000002"]


def test_a_custom_status_stays_through_part_shipments_and_may_be_commented(shop, amazon_order):
    shop.product()
    shop.place_one(amazon_order(status="amazon_new"))
    assert shop.get("orders/1/statuses") == "amazon_new"
    shop.post("order/1/ship", {"items": [{"order_item_id": 1, "qty": 1}]})
    assert shop.get("orders/1/statuses") == "amazon_new"
    assert shop.post("orders/1/comments", {"statusHistory": {"comment": "x", "status": "amazon_new"}}) is True


def test_accounts_are_made_once_per_website_and_only_when_asked(shop, amazon_order):
    shop.product()
    customer = {"email": "Ann@Example.com", "firstname": "Ann", "lastname": "Lee", "create_account": True}
    shop.place(amazon_order(), amazon_order(customer=customer), amazon_order(customer=customer))
    guest, first, second = (shop.get(f"orders/{entity_id}") for entity_id in (1, 2, 3))
    assert (guest["customer_is_guest"], guest.get("customer_id"), guest["customer_group_id"]) == (1, None, 0)
    assert (first["customer_is_guest"], first["customer_group_id"]) == (0, 1)
    assert first["customer_id"] == second["customer_id"]
    assert shop.state()["orders"][1]["customer"] == {"email": "Ann@Example.com"}


def test_a_gift_message_is_kept(shop, amazon_order):
    shop.product()
    shop.place_one(amazon_order(gift_message="Enjoy!"))
    message = shop.get("orders/1")["extension_attributes"]["gift_message"]
    assert message == {"sender": "Ann Lee", "recipient": "Ann Lee", "message": "Enjoy!"}


@pytest.mark.parametrize("orders", [None, [], "x", [1], [{"store_code": "default"}], [{}] * 101], ids=repr)
def test_a_body_that_is_wrong_as_a_whole_is_refused(shop, orders):
    answer = shop.call("POST", "amazon-sales-channel/orders", json={"orders": orders})
    assert answer.status_code == 400
    assert "message" in answer.get_json()


def test_a_malformed_order_is_refused_alone_and_names_each_field(shop, amazon_order):
    shop.product()
    bad = amazon_order({"qty": 0, "price": 19.99, "row_total": "39.98"}, colour="red", grand_total="39.98")
    refused, placed = shop.place(bad, amazon_order())
    assert placed["result"] == "placed"
    assert refused["message"] == "One or more input exceptions have occurred."
    fields = {error["parameters"]["fieldName"] for error in refused["errors"]}
    assert fields == {"items.0.qty", "items.0.price", "colour"}


def test_when_the_last_unit_ships_the_status_is_shipped(shop, amazon_order):
    shop.product(qty=10)
    shop.place_one(amazon_order())
    one = {"items": [{"order_item_id": 1, "qty": 1}]}
    shop.post("order/1/ship", one)
    assert shop.get("orders/1/statuses") == "processing"
    shop.post("order/1/ship", one)
    order = shop.get("orders/1")
    assert (order["state"], order["status"]) == ("processing", "shipped")
    shop.post("order/1/invoice")
    assert shop.get("orders/1")["state"] == "complete"
    assert shop.stock() == (8, 8, 0)


def test_an_order_invoiced_first_completes_by_commerces_own_rule(shop, amazon_order):
    shop.product()
    shop.place_one(amazon_order())
    shop.post("order/1/invoice")
    shop.post("order/1/ship")
    assert shop.get("orders/1/statuses") == "complete"


def test_shop_orders_never_get_the_modules_status(shop):
    shop.product()
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    shop.post("order/1/ship")
    assert shop.get("orders/1/statuses") == "processing"


def test_a_disabled_module_is_gone_but_for_its_orders(shop, amazon_order):
    shop.product()
    shop.place_one(amazon_order())
    assert "Magento_Amazon" in shop.get("modules")
    shop.sim("config", {"module": "disabled"})
    assert "Magento_Amazon" not in shop.get("modules")
    no_route = "Request does not match any route."
    for method, path in (("POST", "orders"), ("PUT", "system-message")):
        assert_commerce_error(shop.call(method, f"amazon-sales-channel/{path}", json={}), 404, no_route)
    shop.post("order/1/ship")
    assert shop.get("orders/1/statuses") == "processing"


def test_the_system_message_is_set_and_removed(shop):
    path = "amazon-sales-channel/system-message"
    assert shop.put(path, {"text": "Orders are waiting in Main US"}) is True
    assert shop.state()["system_message"] == "Orders are waiting in Main US"
    assert shop.put(path, {"text": ""}) is True
    assert shop.state()["system_message"] is None


def test_a_change_of_an_order_moves_its_time(shop, amazon_order, clock):
    shop.product()
    shop.place_one(amazon_order())
    steps = (
        ("orders/1/comments", {"statusHistory": {"comment": "x"}}),
        ("orders/1/hold", {}),
        ("orders/1/unhold", {}),
        ("order/1/ship", {"items": [{"order_item_id": 1, "qty": 1}]}),
        ("order/1/invoice", {"items": [{"order_item_id": 1, "qty": 1}]}),
        ("orders/1/cancel", {}),
    )
    for minutes, (path, body) in enumerate(steps, start=1):
        clock.advance(timedelta(minutes=1))
        shop.post(path, body)
        order = shop.get("orders/1")
        assert order["updated_at"] == f"2026-03-01 09:{minutes:02d}:00", path
        assert order["created_at"] == "2026-03-01 09:00:00"
