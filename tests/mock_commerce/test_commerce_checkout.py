"""From a cart to an order: shipping, payment, totals and what stops it (cases 170, 175, 176, 178, 179)."""

from __future__ import annotations

import pytest
from commerce_buyer import TEXAS, customer, sign_up
from commerce_shop import assert_commerce_error

from mock_commerce.carts import checkout
from mock_commerce.errors import CommerceError
from mock_commerce.models import db
from mock_commerce.sales import cart

SERVER_ERROR = "A server error stopped your order from being placed. Please try to place your order again."
NO_ADDRESS = "The shipping address is missing. Set the address and try again."
NO_METHOD = "The shipping method is missing. Select the shipping method and try again."
NO_PAYMENT = "The requested Payment Method is not available."
COUNTRIES = "Some addresses can't be used due to the configurations for specific countries."
SHIPPING = "Please check the shipping address information. %1"
BILLING = "Please check the billing address information. %1"
PHONE = '"telephone" is required. Enter and try again.'
NO_REGION = '"regionId" is required. Enter and try again.'


def assert_stops(buyer, answer, message, parameters=None):
    """Administrators are told with placeholders; a storefront's last step tells it with the values in."""
    if buyer.prefix.startswith("carts/") and "mine" not in buyer.prefix:
        assert_commerce_error(answer, 400, message, parameters)
    else:
        text = message.replace("%1", parameters[0]) if parameters else message
        assert_commerce_error(answer, 400, text)
        assert answer.headers["errorRedirectAction"] == "#shipping"


@pytest.mark.conformance(170)
def test_170_a_cart_becomes_an_order_that_holds_its_units(shop, buyer):
    shop.product(qty=10, price="19.99")
    order = buyer.order()
    assert (order["state"], order["status"], order["increment_id"]) == ("new", "pending", "000000001")
    assert (order["subtotal"], order["shipping_amount"], order["grand_total"]) == (19.99, 5, 24.99)
    assert (order["payment"]["method"], order["quote_id"]) == ("checkmo", 1)
    assert order["shipping_description"] == "Flat Rate - Fixed"
    assert order["billing_address"]["region"] == "Texas"
    assert shop.stock() == (10, 9, 1)
    assert shop.state()["orders"][0]["placed_by"] == "shop"


@pytest.mark.conformance(170)
def test_170_a_virtual_cart_needs_no_address_to_ship_to(shop, buyer):
    shop.product("CODE", type="virtual")
    buyer.add("CODE", 2)
    assert buyer.ok("POST", "estimate-shipping-methods", {"address": TEXAS}) == []
    assert buyer.ok("GET", "shipping-methods") == []
    assert buyer.ok("POST", "billing-address", {"address": TEXAS}) == 1
    order = buyer.placed()
    assert (order["is_virtual"], order["shipping_amount"], order["grand_total"]) == (1, 0, 20)
    assert "shipping_description" not in order
    assert "shipping" not in str(order["extension_attributes"]["shipping_assignments"][0]["shipping"].keys())
    assert shop.stock("CODE") == (100, 98, 2)


@pytest.mark.conformance(170)
def test_170_units_of_all_sources_can_be_sold(shop, guest):
    shop.sim("sources", {"code": "east"})
    shop.product(sources={"default": 1, "east": 2})
    guest.add("MUG", 3)
    guest.ship_to()
    assert guest.placed()["total_qty_ordered"] == 3
    assert shop.stock() == (3, 0, 3)


@pytest.mark.conformance(176)
def test_176_a_guests_order_has_what_the_guest_said(shop, guest):
    shop.product()
    order = guest.order()
    assert (order["customer_is_guest"], order["customer_group_id"]) == (1, 0)
    assert order["customer_email"] == order["billing_address"]["email"] == "buyer@example.com"


@pytest.mark.conformance(175)
def test_175_a_customers_order_is_the_customers(shop, judge):
    shop.product()
    order = customer(shop, judge).order()
    assert (order["customer_is_guest"], order["customer_id"], order["customer_group_id"]) == (0, 1, 1)
    assert (order["customer_email"], order["customer_firstname"]) == ("ann@example.com", "Ann")


def test_the_order_is_like_any_other(shop, guest):
    shop.product(qty=10)
    guest.order()
    shop.post("order/1/invoice")
    shop.post("order/1/ship")
    assert shop.get("orders/1/statuses") == "complete"
    assert shop.stock() == (9, 9, 0)


def test_what_a_cart_costs(shop, buyer):
    shop.product(price="19.99")
    shop.product("PEN", price="0.10")
    buyer.add("MUG", 2)
    buyer.add("PEN", 3)
    totals = buyer.ok("GET", "totals")
    assert (totals["subtotal"], totals["shipping_amount"], totals["grand_total"]) == (40.28, 0, 40.28)
    wish = {"address": TEXAS, "shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate"}
    tried = buyer.ok("POST", "totals-information", {"addressInformation": wish})
    assert (tried["shipping_amount"], tried["grand_total"]) == (25, 65.28)
    assert buyer.ok("GET", "totals")["grand_total"] == 40.28
    details = buyer.ship_to().get_json()
    assert details["payment_methods"] == [{"code": "checkmo", "title": "Check / Money order"}]
    assert [(row["code"], row["value"]) for row in details["totals"]["total_segments"]] == [
        ("subtotal", 40.28),
        ("shipping", 25),
        ("tax", 0),
        ("grand_total", 65.28),
    ]
    assert buyer.placed()["grand_total"] == 65.28


@pytest.mark.parametrize(
    ("special", "price"),
    [
        ({"special_price": 8}, 8),
        ({"special_price": 12}, 10),
        ({"special_price": 8, "special_from_date": "2026-03-02 00:00:00"}, 10),
        ({"special_price": 8, "special_to_date": "2026-03-01 00:00:00"}, 8),
        ({"special_price": 8, "special_to_date": "2026-02-28 00:00:00"}, 10),
        ({"special_price": 8, "special_from_date": "soon", "special_to_date": ""}, 8),
    ],
    ids=str,
)
def test_a_special_price_counts_while_it_holds_and_is_lower(shop, guest, special, price):
    """Today is the first of March; the last day counts to its end."""
    shop.product()
    shop.put("products/MUG", {"product": {"custom_attributes": special}})
    assert guest.add().get_json()["price"] == price
    assert guest.ok("GET", "totals")["subtotal"] == price
    guest.ship_to()
    assert guest.placed()["items"][0]["price"] == price
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    assert shop.get("orders/2")["items"][0]["price"] == price


def test_a_store_view_sells_at_the_price_of_its_website(shop):
    shop.sim("websites", {"code": "eu"})
    shop.sim("config", {"price_scope": "website"})
    shop.product(websites=["base", "eu"])
    body = {"product": {"price": 7}}
    assert shop.client.put("/rest/eu/V1/products/MUG", headers=shop.headers, json=body).status_code == 200
    for store, price in (("default", 10), ("eu", 7)):
        mask = shop.client.post(f"/rest/{store}/V1/guest-carts", json={}).get_json()
        item = {"cartItem": {"sku": "MUG", "qty": 1, "quote_id": mask}}
        assert (
            shop.client.post(f"/rest/{store}/V1/guest-carts/{mask}/items", json=item).get_json()["price"]
            == price
        )


@pytest.mark.conformance(179)
def test_179_the_ways_to_ship_are_those_that_are_active(shop, buyer):
    shop.product()
    assert buyer.ok("POST", "estimate-shipping-methods", {"address": TEXAS}) == []
    buyer.add("MUG", 2)
    (rate,) = buyer.ok("POST", "estimate-shipping-methods", {"address": TEXAS})
    assert (rate["carrier_code"], rate["method_title"], rate["amount"]) == ("flatrate", "Fixed", 10)
    assert_commerce_error(buyer.call("GET", "shipping-methods"), 400, NO_ADDRESS)
    message = "Carrier with such method not found: %1, %2"
    refused = buyer.ship_to(method="freeshipping")
    assert_commerce_error(refused, 404, message, ["freeshipping", "freeshipping"])
    shop.sim("config", {"shipping_methods": ["flatrate", "freeshipping"]})
    buyer.ship_to(method="freeshipping")
    assert len(buyer.ok("GET", "shipping-methods")) == 2
    order = buyer.placed()
    assert (order["shipping_amount"], order["shipping_description"]) == (0, "Free Shipping - Free")


@pytest.mark.conformance(179)
def test_179_an_address_of_the_book_is_estimated_and_used(shop, judge):
    shop.product()
    region = {"region_code": "TX", "region": "Texas", "region_id": 57}
    address = {**without("region_code", "email"), "region": region, "default_billing": True}
    headers = sign_up(shop, addresses=[address])
    buyer = customer(shop, judge, headers)
    buyer.add()
    path = "estimate-shipping-methods-by-address-id"
    assert len(buyer.ok("POST", path, {"addressId": 1})) == 1
    no_such = "No such entity with %fieldName = %fieldValue"
    for address_id in (2, 0):
        answer = buyer.call("POST", path, {"addressId": address_id})
        assert_commerce_error(answer, 404, no_such, {"fieldName": "addressId", "fieldValue": address_id})
    buyer.ship_to({"customer_address_id": 1})
    order = buyer.placed()
    shipping = order["extension_attributes"]["shipping_assignments"][0]["shipping"]["address"]
    assert (shipping["city"], shipping["region"], shipping["region_id"]) == ("Austin", "Texas", 57)


@pytest.mark.conformance(178)
def test_178_a_way_to_pay_needs_an_address_first(shop, buyer):
    shop.product()
    buyer.add()
    assert buyer.ok("GET", "payment-methods") == [{"code": "checkmo", "title": "Check / Money order"}]
    assert buyer.ok("GET", "selected-payment-method") is None
    wish = {"method": {"method": "checkmo"}}
    assert_commerce_error(buyer.call("PUT", "selected-payment-method", wish), 400, NO_ADDRESS)
    buyer.ship_to()
    assert buyer.ok("PUT", "selected-payment-method", wish)
    wish = {"method": {"method": "checkmo", "po_number": "200"}}
    assert buyer.ok("PUT", "selected-payment-method", wish)
    chosen = {"method": "checkmo", "po_number": "200", "additional_data": []}
    assert buyer.ok("GET", "selected-payment-method") == chosen


@pytest.mark.conformance(178)
def test_a_virtual_cart_is_paid_without_an_address_to_ship_to(shop, buyer):
    shop.product("CODE", type="virtual")
    buyer.add("CODE")
    buyer.ok("POST", "billing-address", {"address": TEXAS})
    assert buyer.ok("PUT", "selected-payment-method", {"method": {"method": "checkmo"}})


@pytest.mark.parametrize(
    ("active", "method", "message"),
    [
        (["checkmo"], "banktransfer", NO_PAYMENT),
        (["banktransfer"], "checkmo", NO_PAYMENT),
        ([], "checkmo", NO_PAYMENT),
        (["checkmo", "free"], "free", NO_PAYMENT),
        (["checkmo"], "nosuch", NO_PAYMENT),
        (["checkmo"], "", "The payment method you requested is not available."),
        (["purchaseorder"], "purchaseorder", "Purchase order number is a required field."),
    ],
)
def test_symptom_18_a_way_to_pay_that_is_not_offered(shop, buyer, active, method, message):
    """magento2#6628, #2497, #2825: an import stops at a method that is inactive."""
    shop.product()
    buyer.add()
    buyer.ship_to()
    shop.sim("config", {"payment_methods": active})
    assert [one["code"] for one in buyer.ok("GET", "payment-methods")] == [
        code for code in active if code != "free"
    ]
    assert_commerce_error(buyer.pay(method), 400, message)
    assert shop.state()["orders"] == []


@pytest.mark.parametrize("method", ["banktransfer", "cashondelivery", "purchaseorder"])
def test_other_ways_to_pay_are_configured(shop, buyer, method):
    shop.product()
    shop.sim("config", {"payment_methods": [method]})
    buyer.add()
    buyer.ship_to()
    answer = buyer.pay(method, po_number="PO-1")
    assert shop.get(f"orders/{answer.get_json()}")["payment"]["method"] == method


def test_what_costs_nothing_is_paid_by_free_only(shop, guest):
    shop.product("CODE", type="virtual", price="0")
    guest.add("CODE")
    guest.ok("POST", "billing-address", {"address": TEXAS})
    assert [method["code"] for method in guest.ok("GET", "payment-methods")] == ["free"]
    assert_commerce_error(guest.pay("checkmo"), 400, NO_PAYMENT)
    assert guest.pay("free").get_json() == "1"


def test_shipping_information_of_an_empty_cart_or_without_address(shop, buyer):
    shop.product()
    message = "The shipping method can't be set for an empty cart. Add an item to cart and try again."
    assert_commerce_error(buyer.ship_to(), 400, message)
    buyer.add()
    assert_commerce_error(buyer.ship_to({}), 400, NO_ADDRESS)
    assert_commerce_error(buyer.ship_to(shipping_method_code=None), 404, NO_METHOD)


def without(*keys, **changes):
    return {key: value for key, value in (TEXAS | changes).items() if key not in keys}


@pytest.mark.parametrize(
    ("address", "message", "parameters"),
    [
        (without("telephone"), SHIPPING, [PHONE]),
        (without("telephone", "region_id", "region_code"), SHIPPING, [f"{PHONE} {NO_REGION}"]),
        (without("region_code", "region_id", region="Texas"), SHIPPING, [NO_REGION]),
        (
            without("region_code", region_id=999),
            SHIPPING,
            ['Invalid value of "999" provided for the regionId field.'],
        ),
        (without("street"), SHIPPING, ['"street" is required. Enter and try again.']),
    ],
)
def test_an_address_that_an_order_does_not_take(shop, buyer, address, message, parameters):
    shop.product()
    buyer.add()
    assert buyer.ship_to(address).status_code == 200
    assert_stops(buyer, buyer.pay(), message, parameters)
    assert shop.state()["orders"] == []
    assert shop.stock() == (100, 100, 0)


def test_a_cart_without_addresses_or_ways_does_not_become_an_order(shop):
    """Commerce's rules in their order; the country of no address is not an allowed one."""
    shop.product()
    shop.post("carts")
    shop.post("carts/1/items", {"cartItem": {"sku": "MUG", "qty": 1, "quote_id": "1"}})
    order = {"paymentMethod": {"method": "checkmo"}}
    assert_commerce_error(shop.call("PUT", "carts/1/order", json=order), 400, COUNTRIES)
    wish = {"address": TEXAS, "useForShipping": True}
    shop.post("carts/1/billing-address", wish)
    assert_commerce_error(shop.call("PUT", "carts/1/order", json=order), 400, NO_METHOD)
    information = {
        "shipping_address": TEXAS,
        "shipping_carrier_code": "flatrate",
        "shipping_method_code": "flatrate",
    }
    shop.post("carts/1/shipping-information", {"addressInformation": information})
    shop.put("carts/1/order", order)


def test_a_bill_and_a_way_to_pay_are_needed(shop):
    shop.product()
    shop.post("carts")
    shop.post("carts/1/items", {"cartItem": {"sku": "MUG", "qty": 1, "quote_id": "1"}})
    information = {
        "shipping_address": TEXAS,
        "shipping_carrier_code": "flatrate",
        "shipping_method_code": "flatrate",
    }
    shop.post("carts/1/shipping-information", {"addressInformation": information})
    answer = shop.call("PUT", "carts/1/order", json={"paymentMethod": {"method": "checkmo"}})
    assert answer.get_json()["message"] == BILLING
    shop.post("carts/1/billing-address", {"address": TEXAS})
    message = "Enter a valid payment method and try again."
    assert_commerce_error(shop.call("PUT", "carts/1/order"), 400, message)


def test_an_order_needs_an_address_to_write_to(shop, guest):
    shop.product()
    guest.add()
    guest.ship_to(without("email"), billing_address=without("email"))
    answer = guest.call("PUT", "order", {"paymentMethod": {"method": "checkmo"}})
    message = "We can't save the address:\n%1"
    assert_commerce_error(answer, 400, message, ['"Email" is required. Enter and try again.'])


@pytest.mark.parametrize("email", ["", "ann", "a" * 256 + "@example.com"])
def test_a_guest_is_written_to_at_a_real_address(shop, guest, email):
    shop.product()
    guest.add()
    guest.ship_to()
    body = {"email": email, "paymentMethod": {"method": "checkmo"}}
    answer = guest.call("POST", "payment-information", body)
    message = "We can't save the address:\n%1"
    assert_commerce_error(answer, 400, message, ["Email has a wrong format"])


def test_an_empty_cart_does_not_become_an_order(shop, buyer):
    answer = buyer.pay()
    if "errorRedirectAction" in answer.headers:
        assert_commerce_error(answer, 400, "Some of the products are disabled.")
    else:
        assert_commerce_error(answer, 400, NO_PAYMENT)
    assert_commerce_error(buyer.call("PUT", "order"), 400, SERVER_ERROR)


def test_an_order_is_placed_once_however_often_it_is_asked_for(shop, guest):
    shop.product(qty=10)
    guest.order()
    no_such = "No such entity with %fieldName = %fieldValue"
    for again in (guest.pay(), guest.call("PUT", "order"), guest.add()):
        assert_commerce_error(again, 404, no_such, {"fieldName": "cartId", "fieldValue": 1})
    assert len(shop.state()["orders"]) == 1
    assert shop.stock() == (10, 9, 1)
    assert guest.ok("GET", "")["is_active"] is False


def test_of_two_who_place_a_cart_at_once_one_is_told_of_a_server_error(shop, guest, monkeypatch):
    shop.product()
    guest.add()
    guest.ship_to()

    def faster(one):
        one.is_active = False
        db.session.commit()

    monkeypatch.setattr(checkout, "_reserve_number", faster)
    assert_stops(guest, guest.pay(), SERVER_ERROR)
    assert shop.state()["orders"] == []


def test_symptom_14_a_product_that_is_disabled_after_it_was_put_in_the_cart(shop, guest):
    shop.product()
    guest.add()
    guest.ship_to()
    shop.product(status="disabled")
    assert_stops(guest, guest.pay(), "Some of the products are disabled.")
    shop.product(status="enabled")
    assert guest.placed()["increment_id"] == "000000001"


@pytest.mark.parametrize(
    ("left", "message"), [(0, "Some of the products are out of stock."), (1, "Not enough items for sale")]
)
def test_symptom_14_units_that_are_sold_to_somebody_else_meanwhile(shop, buyer, left, message):
    shop.product(qty=2)
    buyer.add("MUG", 2)
    buyer.ship_to()
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 2 - left}]})
    assert_stops(buyer, buyer.pay(), message)
    assert shop.stock() == (2, left, 2 - left)


def test_a_cart_keeps_its_number_so_that_numbers_have_gaps(shop, guest, monkeypatch):
    shop.product()
    guest.add()
    guest.ship_to()
    with monkeypatch.context() as broken:
        broken.setattr(cart.stock, "reserve_all", refuse(CommerceError))
        assert_stops(guest, guest.pay(), "Not now")
    assert guest.ok("GET", "")["reserved_order_id"] == "000000001"
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    assert shop.state()["orders"][0]["increment_id"] == "000000002"
    assert guest.placed()["increment_id"] == "000000001"


def refuse(error):
    def fail(order):
        raise error("Not now")

    return fail


def test_a_confirmation_is_written_down_and_not_sent(shop, guest):
    shop.product()
    guest.order()
    (mail,) = shop.client.get("/_sim/mails").get_json()["mails"]
    assert (mail["kind"], mail["order_id"]) == ("order_new", 1)


def test_another_store_view_has_its_own_carts_and_numbers(shop):
    shop.sim("websites", {"code": "eu"})
    shop.product(websites=["eu"])
    mask = shop.client.post("/rest/eu/V1/guest-carts", json={}).get_json()
    assert shop.get(f"guest-carts/{mask}")["store_id"] == 2
    item = {"cartItem": {"sku": "MUG", "qty": 1, "quote_id": mask}}
    assert shop.post(f"guest-carts/{mask}/items", item)["qty"] == 1


def test_totals_and_ways_are_collected_in_one_call(shop, guest):
    shop.product()
    guest.add()
    wish = {
        "paymentMethod": {"method": "checkmo"},
        "shippingCarrierCode": "flatrate",
        "shippingMethodCode": "flatrate",
    }
    assert guest.ok("PUT", "collect-totals", wish)["grand_total"] == 15


def test_payment_information_may_be_set_before_the_order(shop, judge):
    shop.product()
    buyer = customer(shop, judge)
    buyer.add()
    buyer.ship_to()
    body = {"paymentMethod": {"method": "checkmo"}, "billingAddress": TEXAS}
    assert buyer.call("POST", "set-payment-information", body).get_json() is True
    assert buyer.ok("GET", "payment-information")["totals"]["grand_total"] == 15
    assert buyer.ok("PUT", "order") == "1"


@pytest.mark.parametrize("keys", [{}, {"paymentMethod": {"method": "checkmo"}}, {"email": "a@example.com"}])
def test_a_guest_says_who_pays_how(shop, guest, keys):
    shop.product()
    guest.add()
    guest.ship_to()
    answer = guest.call("POST", "payment-information", keys)
    assert answer.get_json()["message"] == '"%fieldName" is required. Enter and try again.'


def test_the_control_api_places_orders_by_the_configured_ways(shop):
    shop.product()
    wish = {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]}
    shop.sim("config", {"shipping_methods": ["freeshipping"], "payment_methods": ["banktransfer"]})
    shop.sim("orders", wish)
    order = shop.get("orders/1")
    assert (order["payment"]["method"], order["grand_total"]) == ("banktransfer", 10)
    shop.sim("config", {"shipping_methods": []})
    assert shop.sim("orders", {**wish, "id": "C2"}, status=400) == {"error": NO_METHOD}
    shop.sim("config", {"shipping_methods": ["flatrate"], "payment_methods": []})
    assert shop.sim("orders", {**wish, "id": "C2"}, status=400) == {"error": NO_PAYMENT}
