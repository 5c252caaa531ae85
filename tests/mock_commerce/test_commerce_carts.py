"""Carts: making them, what may be put in, and whose they are (conformance cases 175 and 176)."""

from __future__ import annotations

import pytest
from commerce_buyer import ANN, customer, sign_up
from commerce_shop import assert_commerce_error

from mock_commerce.config.quirks import PROFILES

NOT_AVAILABLE = "Product that you are trying to add is not available."
INVALID = 'Invalid value of "%value" provided for the %fieldName field.'
NO_SUCH = "No such entity with %fieldName = %fieldValue"
OTHER_TEXT = {"2.3", "2.4.3", "2.4.6"}


@pytest.mark.conformance(175)
def test_175_an_administrators_cart_has_a_number_and_a_guests_has_a_mask(shop):
    assert shop.post("carts") == 1
    mask = shop.post("guest-carts")
    assert len(mask) == 32
    assert shop.get("carts/2")["id"] == shop.get(f"guest-carts/{mask}")["id"] == 2


@pytest.mark.conformance(175)
def test_175_a_customer_has_one_active_cart(shop, judge):
    headers = sign_up(shop)
    first = customer(shop, judge, headers)
    assert customer(shop, judge, headers).quote_id == first.quote_id == shop.post("customers/1/carts")
    assert first.ok("GET", "")["customer"]["email"] == "ann@example.com"
    shop.product()
    first.order()
    assert_commerce_error(first.call("GET", ""), 404, NO_SUCH, {"fieldName": "customerId", "fieldValue": 1})
    message = "Current customer does not have an active cart."
    assert_commerce_error(first.call("GET", "items"), 404, message)
    assert customer(shop, judge, headers).quote_id == 2


@pytest.mark.conformance(175)
def test_175_no_cart_for_a_customer_there_is_not(shop):
    answer = shop.call("POST", "customers/9/carts", json={})
    assert_commerce_error(answer, 404, NO_SUCH, {"fieldName": "customerId", "fieldValue": 9})


@pytest.mark.conformance(175)
def test_175_an_anonymous_cart_is_given_to_a_customer_with_what_he_has_already(shop, judge):
    shop.product()
    shop.product("PEN")
    owner = customer(shop, judge)
    owner.add("MUG", 1)
    shop.post("carts")
    for sku, qty in (("MUG", 2), ("PEN", 1)):
        shop.post("carts/2/items", {"cartItem": {"sku": sku, "qty": qty, "quote_id": 2}})
    assert shop.put("carts/2", {"customerId": 1, "storeId": 1}) is True
    cart = owner.ok("GET", "")
    assert (cart["id"], {item["sku"]: item["qty"] for item in cart["items"]}) == (2, {"MUG": 3, "PEN": 1})
    assert cart["customer_is_guest"] is False
    assert shop.get("carts/1")["is_active"] is False
    again = shop.call("PUT", "carts/2", json={"customerId": 1, "storeId": 1})
    message = "The customer can't be assigned to the cart because the cart isn't anonymous."
    assert_commerce_error(again, 400, message)


@pytest.mark.conformance(175)
def test_175_a_cart_is_not_given_to_a_customer_of_another_store(shop):
    shop.sim("websites", {"code": "eu"})
    shop.post("customers", {"customer": ANN})
    shop.post("carts")
    answer = shop.call("PUT", "carts/1", json={"customerId": 1, "storeId": 2})
    message = "The customer can't be assigned to the cart. The cart belongs to a different store."
    assert_commerce_error(answer, 400, message)


@pytest.mark.conformance(176)
def test_176_only_a_customer_takes_a_guests_cart_for_his_own(shop, guest):
    assert_commerce_error(
        guest.call("PUT", "", {"customerId": 1, "storeId": 1}),
        401,
        "The consumer isn't authorized to access %resources.",
        {"resources": "self"},
    )
    guest.headers = sign_up(shop)
    assert guest.ok("PUT", "", {"customerId": 1, "storeId": 1}) is True
    answer = guest.call("GET", "")  # its mask is gone
    assert_commerce_error(answer, 404, NO_SUCH, {"fieldName": "cartId", "fieldValue": None})
    mine = shop.client.get("/rest/V1/carts/mine", headers=guest.headers).get_json()
    assert (mine["customer"]["id"], mine["customer_is_guest"]) == (1, False)
    assert (mine["customer"]["firstname"], mine["customer"]["lastname"]) == ("Ann", "Lee")


@pytest.mark.conformance(176)
def test_nobody_takes_a_guests_cart_for_somebody_else(shop, guest):
    guest.headers = sign_up(shop)
    answer = guest.call("PUT", "", {"customerId": 9999, "storeId": 1})
    message = "You don't have the correct permissions to assign the customer to the cart."
    assert_commerce_error(answer, 400, message)
    guest.prefix = "guest-carts/9999"
    answer = guest.call("PUT", "", {"customerId": 1, "storeId": 1})
    assert_commerce_error(answer, 404, NO_SUCH, {"fieldName": "cartId", "fieldValue": None})


@pytest.mark.conformance(175)
def test_a_cart_or_a_customer_there_is_not_cannot_be_put_together(shop):
    shop.post("carts")
    for cart, who, field in ((1, 9999, "customerId"), (9999, 1, "cartId")):
        answer = shop.call("PUT", f"carts/{cart}", json={"cartId": 1, "customerId": who, "storeId": 1})
        assert_commerce_error(answer, 404, NO_SUCH, {"fieldName": field, "fieldValue": 9999})


@pytest.mark.conformance(175)
def test_whose_cart_it_is_nobody_says_in_the_body(shop, judge):
    headers = sign_up(shop)
    made = shop.client.post("/rest/V1/carts/mine", headers=headers, json={"customerId": 999})
    assert made.get_json() == customer(shop, judge, headers).quote_id


@pytest.mark.parametrize(
    ("path", "value"), [("carts/99", 99), ("carts/0", 0), ("carts/-1", -1), ("guest-carts/nosuch", None)]
)
def test_a_cart_there_is_not(shop, path, value):
    answer = shop.call("GET", path)
    assert_commerce_error(answer, 404, NO_SUCH, {"fieldName": "cartId", "fieldValue": value})


def test_lines_are_added_changed_listed_and_removed(shop, buyer):
    shop.product(price="19.99")
    item = buyer.add("mug", 2).get_json()
    assert (item["sku"], item["qty"], item["price"]) == ("MUG", 2, 19.99)
    assert buyer.add("MUG", 1).get_json()["qty"] == 3
    assert buyer.change(item["item_id"], 5).get_json()["qty"] == 5
    (line,) = buyer.ok("GET", "items")
    assert line["qty"] == 5
    assert line["quote_id"] == str(buyer.quote_id)
    assert buyer.ok("DELETE", f"items/{item['item_id']}") is True
    assert buyer.ok("GET", "items") == []
    answer = buyer.call("DELETE", f"items/{item['item_id']}")
    assert_commerce_error(answer, 404, "The %1 Cart doesn't contain the %2 item.", [1, 1])


def test_the_cart_of_the_body_counts_and_has_to_be_named(shop, guest):
    shop.product()
    answer = guest.call("POST", "items", {"cartItem": {"sku": "MUG", "qty": 1}})
    message = '"%fieldName" is required. Enter and try again.'
    assert_commerce_error(answer, 400, message, {"fieldName": "quoteId"})
    other = shop.post("guest-carts")
    guest.ok("POST", "items", {"cartItem": {"sku": "MUG", "qty": 1, "quoteId": other}})
    assert guest.ok("GET", "items") == []
    assert len(shop.get(f"guest-carts/{other}/items")) == 1


@pytest.mark.parametrize(
    ("product", "qty", "message", "parameters"),
    [
        ({"status": "disabled"}, 1, NOT_AVAILABLE, None),
        ({"in_stock": False}, 1, NOT_AVAILABLE, None),
        ({"qty": 0}, 1, NOT_AVAILABLE, None),
        ({}, 0, INVALID, {"value": 0, "fieldName": "qty"}),
        ({}, -1, INVALID, {"value": -1, "fieldName": "qty"}),
        ({}, None, INVALID, {"value": "", "fieldName": "qty"}),
        ({"qty": 1}, 2, "Not enough items for sale", None),
        ({"min_sale_qty": 3}, 2, "The fewest you may purchase is %1.", ["3"]),
        ({}, 1.5, "You cannot use decimal quantity for this product.", None),
        ({"type": "configurable"}, 1, "You need to choose options for your item.", None),
    ],
    ids=str,
)
def test_what_may_not_be_put_into_a_cart(  # noqa: PLR0917 - a row of the table
    shop, guest, product, qty, message, parameters
):
    """Symptom 14 (inventory#1637, #1638): disabled and sold out are told apart by nobody."""
    shop.product(**product)
    assert_commerce_error(guest.add("MUG", qty), 400, message, parameters)
    assert guest.ok("GET", "items") == []


def test_an_unknown_sku_is_not_found(guest):
    message = "The product that was requested doesn't exist. Verify the product and try again."
    assert_commerce_error(guest.add("NOSUCH"), 404, message)


@pytest.mark.parametrize("version", PROFILES)
def test_too_much_is_refused_in_the_words_of_the_version(shop, guest, version):
    """Quirk ``old_quantity_text``."""
    shop.product(qty=3)
    shop.sim("config", {"version": version})
    older = "The requested qty is not available"
    message = older if version in OTHER_TEXT else "Not enough items for sale"
    assert_commerce_error(guest.add("MUG", 4), 400, message)
    guest.add("MUG", 2)
    assert_commerce_error(guest.add("MUG", 2), 400, message)
    assert_commerce_error(guest.change(1, 4), 400, message)


def test_a_line_is_not_changed_where_no_source_has_the_product(shop, guest):
    shop.product()
    guest.add()
    shop.sim("stock", {"sku": "MUG", "qty": 0})
    message = "There are no source items with the in stock status"
    assert_commerce_error(guest.change(1, 5), 400, message)


def test_a_product_that_is_disabled_later_leaves_the_cart(shop, guest):
    shop.product()
    shop.product("PEN")
    guest.add("MUG")
    guest.add("PEN")
    shop.product("MUG", status="disabled")
    assert [item["sku"] for item in guest.ok("GET", "items")] == ["PEN"]
    assert guest.ok("GET", "")["items_count"] == 1


@pytest.mark.parametrize("sku", [5, "A/B", "C D", "x" * 65])
def test_odd_skus(shop, guest, sku):
    if len(str(sku)) <= 64:
        shop.product(str(sku))
        assert guest.add(sku).get_json()["sku"] == str(sku)
    else:
        assert guest.add(sku).status_code == 404


@pytest.mark.parametrize(
    ("item", "status"),
    [
        ({"sku": "MUG", "qty": "two"}, 400),
        ({"sku": ["MUG"], "qty": 1}, 400),
        ({"sku": "MUG", "qty": 1, "colour": "red"}, 500),
        ("x", 400),
        ({"qty": 1}, 400),
    ],
    ids=str,
)
def test_bodies_that_make_no_sense_leave_the_cart_alone(shop, guest, item, status):
    shop.product()
    if isinstance(item, dict):
        item = {**item, "quote_id": guest.quote_id}
    assert guest.call("POST", "items", {"cartItem": item}).status_code == status
    assert guest.ok("GET", "items") == []


def test_there_are_no_coupons(shop, buyer):
    shop.product()
    buyer.add()
    assert buyer.ok("GET", "coupons") is None
    message = "The coupon code isn't valid. Verify the code and try again."
    assert_commerce_error(buyer.call("PUT", "coupons/SAVE10"), 404, message)
    assert buyer.ok("DELETE", "coupons") is True


def test_carts_are_searched(shop, judge, guest):
    customer(shop, judge)
    found = shop.search("carts/search", ("customer_id", "1"))
    judge.check("GET", "carts/search", found)
    assert [cart["id"] for cart in found["items"]] == [2]
    assert shop.search("carts/search")["total_count"] == 2


@pytest.mark.parametrize("path", ["carts", "carts/1", "carts/1/items", "carts/search?searchCriteria="])
def test_a_guest_sees_no_carts_by_their_numbers(shop, path):
    shop.post("carts")
    method = "POST" if path == "carts" else "GET"
    answer = shop.client.open(f"/rest/V1/{path}", method=method)
    message = "The consumer isn't authorized to access %resources."
    assert_commerce_error(answer, 401, message, {"resources": "Magento_Cart::manage"})
