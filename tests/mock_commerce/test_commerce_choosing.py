"""Configurable products and bundles in carts and orders: what is chosen, what it costs, what it takes."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

CHOOSE = "You need to choose options for your item."
SPECIFY = "Please specify product option(s)."
REQUIRED = "Please select all required options."
NOT_AVAILABLE = "The options you selected are not available."
OUT = "Product that you are trying to add is not available."


@pytest.fixture
def parts(shop):
    for sku, price in (("M", "12.00"), ("L", "15.00")):
        shop.product(sku, qty=5, price=price)
    shop.product("SHIRT", name="Shirt", type="configurable", children=["M", "L"])
    shop.product("SET", name="Set", type="bundle", price="20.00", children=["M", "L"])
    return shop


def option_of(value, attribute="93"):
    return [{"option_id": attribute, "option_value": value}]


def links_of(shop, sku="SET"):
    """Option id to the ids of its selections."""
    return {
        option["option_id"]: [int(link["id"]) for link in option["product_links"]]
        for option in shop.get(f"bundle-products/{sku}/options/all")
    }


def all_of(shop, sku="SET", qty=1):
    return [
        {"option_id": option_id, "option_qty": qty, "option_selections": ids[:1]}
        for option_id, ids in links_of(shop, sku).items()
    ]


def rows(order):
    names = ("sku", "product_type", "qty_ordered", "price", "row_total")
    return [tuple(item[name] for name in names) for item in order["items"]]


def place(buyer):
    assert buyer.ship_to().status_code == 200
    return buyer.placed()


def test_a_variant_is_bought_by_its_option(parts, buyer):
    item = buyer.add("SHIRT", 2, configurable_item_options=option_of(2)).get_json()
    assert (item["sku"], item["name"], item["price"], item["product_type"]) == (
        "L", "Shirt", 15, "configurable",
    )  # fmt: skip
    chosen = {"configurable_item_options": [{"option_id": "93", "option_value": 2}]}
    assert item["product_option"]["extension_attributes"] == chosen
    order = place(buyer)
    assert rows(order) == [("L", "configurable", 2, 15, 30), ("L", "simple", 2, 0, 0)]
    parent, child = order["items"]
    assert (child["parent_item_id"], child["parent_item"]["name"]) == (parent["item_id"], "Shirt")
    assert parent["product_option"]["extension_attributes"] == chosen
    assert (order["subtotal"], order["shipping_amount"], order["total_qty_ordered"]) == (30, 10, 2)
    assert [parts.stock(sku)[1] for sku in ("L", "M")] == [3, 5]


def test_what_is_chosen_alike_is_one_line(parts, buyer):
    for value, qty in ((1, 1), (2, 1), (1, 2)):
        buyer.add("SHIRT", qty, configurable_item_options=option_of(value))
    assert [(item["sku"], item["qty"]) for item in buyer.ok("GET", "items")] == [("M", 3), ("L", 1)]
    assert buyer.ok("GET", "totals" if buyer.prefix else "")["subtotal"] == 51


def test_a_line_that_is_chosen_otherwise_gives_way_to_another(parts, buyer):
    item_id = buyer.add("SHIRT", 1, configurable_item_options=option_of(1)).get_json()["item_id"]
    same = buyer.change(item_id, 2, configurable_item_options=option_of(1)).get_json()
    assert (same["item_id"], same["sku"], same["qty"]) == (item_id, "M", 2)
    other = buyer.change(item_id, 3, configurable_item_options=option_of(2)).get_json()
    assert (other["item_id"] != item_id, other["sku"], other["qty"]) == (True, "L", 3)
    buyer.add("SHIRT", 1, configurable_item_options=option_of(1))
    buyer.change(other["item_id"], 4, configurable_item_options=option_of(1))
    assert [(item["sku"], item["qty"]) for item in buyer.ok("GET", "items")] == [("M", 5)]
    wrong = buyer.change(buyer.ok("GET", "items")[0]["item_id"], 1, configurable_item_options=option_of(9))
    assert_commerce_error(wrong, 400, CHOOSE)
    assert [(item["sku"], item["qty"]) for item in buyer.ok("GET", "items")] == [("M", 5)]


def test_the_choice_of_another_kind_of_product_changes_nothing(parts, buyer):
    item_id = buyer.add("SHIRT", 1, configurable_item_options=option_of(1)).get_json()["item_id"]
    assert buyer.change(item_id, 2, bundle_options=all_of(parts)).get_json()["item_id"] == item_id


def test_a_number_that_the_buyer_may_not_change_makes_no_other_line(parts, buyer):
    item_id = buyer.add("SET", 1, bundle_options=all_of(parts)).get_json()["item_id"]
    assert buyer.add("SET", 1, bundle_options=all_of(parts, qty=2)).get_json()["item_id"] == item_id
    assert buyer.change(item_id, 3, bundle_options=all_of(parts, qty=2)).get_json()["item_id"] == item_id
    assert [(item["sku"], item["qty"]) for item in buyer.ok("GET", "items")] == [("SET-M-L", 3)]


def test_other_parts_of_a_bundle_are_another_line(parts, buyer):
    link = {"sku": "L", "option_id": 1, "qty": 1, "is_default": False, "price": 0, "price_type": 0}
    parts.post("bundle-products/SET/links/1", {"linkedProduct": link})
    options = all_of(parts)
    item_id = buyer.add("SET", 1, bundle_options=options).get_json()["item_id"]
    options[0]["option_selections"] = [links_of(parts)[1][1]]
    changed = buyer.change(item_id, 2, bundle_options=options).get_json()
    assert (changed["item_id"] != item_id, changed["sku"], changed["qty"]) == (True, "SET-L-L", 2)
    assert len(buyer.ok("GET", "items")) == 1


@pytest.mark.parametrize("choice", [{}, {"configurable_item_options": []},
    {"configurable_item_options": option_of(9)}, {"configurable_item_options": option_of(1, "141")},
    {"bundle_options": [{"option_id": 1, "option_qty": 1, "option_selections": [1]}]},
])  # fmt: skip
def test_a_variant_has_to_be_chosen(parts, buyer, choice):
    assert_commerce_error(buyer.add("SHIRT", 1, **choice), 400, CHOOSE)
    assert buyer.ok("GET", "items") == []


def test_a_variant_that_is_sold_out_or_disabled_is_not_sold(parts, buyer):
    parts.product("M", qty=0)
    assert_commerce_error(buyer.add("SHIRT", 1, configurable_item_options=option_of(1)), 400, OUT)
    buyer.add("SHIRT", 1, configurable_item_options=option_of(2))
    parts.product("L", status="disabled")
    assert_commerce_error(buyer.add("SHIRT", 1, configurable_item_options=option_of(2)), 400, OUT)
    assert buyer.ok("GET", "items") == []


def test_more_units_are_checked_against_the_variants_stock(parts, buyer):
    item = buyer.add("SHIRT", 5, configurable_item_options=option_of(1)).get_json()
    answer = buyer.change(item["item_id"], 6)
    assert answer.status_code == 400
    assert buyer.ok("GET", "items")[0]["qty"] == 5


def test_a_bundle_with_a_dynamic_price_is_priced_by_its_parts(parts, buyer):
    item = buyer.add("SET", 2, bundle_options=all_of(parts)).get_json()
    assert (item["sku"], item["price"], item["product_type"]) == ("SET-M-L", 27, "bundle")
    order = place(buyer)
    assert rows(order) == [
        ("SET-M-L", "bundle", 2, 27, 54), ("M", "simple", 2, 12, 24), ("L", "simple", 2, 15, 30),
    ]  # fmt: skip
    assert order["subtotal"] == 54
    assert [parts.stock(sku)[1] for sku in ("L", "M")] == [3, 3]
    parts.post(f"order/{order['entity_id']}/invoice")
    assert parts.get(f"orders/{order['entity_id']}")["total_paid"] == 64


def test_a_bundle_with_a_fixed_price_and_sku_that_is_shipped_in_parts(parts, buyer):
    fixed = [{"attribute_code": code, "value": "1"} for code in ("price_type", "sku_type", "shipment_type")]
    parts.put("products/SET", {"product": {"custom_attributes": fixed}})
    parts.put("bundle-products/SET/links/1", {"linkedProduct": {"sku": "M", "price": 3, "qty": 2}})
    order = buyer.add("SET", 1, bundle_options=all_of(parts)) and place(buyer)
    assert rows(order) == [("SET", "bundle", 1, 26, 26), ("M", "simple", 2, 0, 0), ("L", "simple", 1, 0, 0)]
    number, (_, child, _) = order["entity_id"], order["items"]
    parts.post(f"order/{number}/ship", {"items": [{"order_item_id": child["item_id"], "qty": 2}]})
    shown = parts.get(f"orders/{number}")["items"]
    assert [item["qty_shipped"] for item in shown] == [0, 2, 0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda _: [], SPECIFY),
        (lambda rows: rows[:1], REQUIRED),
        (lambda rows: [{**rows[0], "option_selections": [99]}, rows[1]], NOT_AVAILABLE),
        (lambda rows: [*rows, {"option_id": 99, "option_qty": 1, "option_selections": [1]}], NOT_AVAILABLE),
    ],
)
def test_a_bundle_wants_its_options(parts, buyer, change, message):
    assert_commerce_error(buyer.add("SET", 1, bundle_options=change(all_of(parts))), 400, message)
    assert buyer.ok("GET", "items") == []


def test_an_option_that_takes_one_takes_no_more(parts, buyer):
    parts.product("PEN", qty=5)
    parts.post("bundle-products/SET/links/1", {"linkedProduct": {"sku": "PEN", "qty": 1}})
    first, second = all_of(parts)
    first["option_selections"] = links_of(parts)[1]
    answer = buyer.add("SET", 1, bundle_options=[first, second])
    assert_commerce_error(answer, 400, "Option type (%1) should have only one element.", ["select"])


def test_a_number_that_the_buyer_may_change_counts(parts, buyer):
    parts.put("bundle-products/SET/links/1", {"linkedProduct": {"sku": "M", "can_change_quantity": 1}})
    buyer.add("SET", 1, bundle_options=all_of(parts, qty=3))
    assert rows(place(buyer)) == [
        ("SET-M-L", "bundle", 1, 51, 51), ("M", "simple", 3, 12, 36), ("L", "simple", 1, 15, 15),
    ]  # fmt: skip


@pytest.mark.parametrize("option", ["red", {"extension_attributes": 5},
    {"extension_attributes": {"configurable_item_options": [{"option_value": "red"}]}},
    {"extension_attributes": {"colour": 1}},
])  # fmt: skip
def test_a_choice_that_cannot_be_read_is_refused(parts, buyer, option):
    item = {"sku": "SHIRT", "qty": 1, "quote_id": buyer.quote_id, "product_option": option}
    assert buyer.call("POST", "items", {"cartItem": item}).status_code in {400, 500}
    assert buyer.ok("GET", "items") == []


def test_shop_orders_of_scenarios_name_the_variant_and_take_a_bundles_first_selections(parts):
    lines = [
        {"sku": "SHIRT", "qty": 1, "variant": "L", "unit_price": "9.00"}, {"sku": "SET", "qty": 1},
    ]  # fmt: skip
    parts.sim("orders", {"id": "C1", "lines": lines})
    assert rows(parts.get("orders/1")) == [
        ("L", "configurable", 1, 9, 9), ("L", "simple", 1, 0, 0),
        ("SET-M-L", "bundle", 1, 27, 27), ("M", "simple", 1, 12, 12), ("L", "simple", 1, 15, 15),
    ]  # fmt: skip


@pytest.mark.parametrize(("sku", "variant", "told"), [
    ("SHIRT", {}, "missing; 'SHIRT' has M, L"),
    ("SHIRT", {"variant": "XL"}, "'XL' is no variant; 'SHIRT' has M, L"),
    ("SET", {"variant": "M"}, "'M' is no variant; 'SET' has none"),
    ("M", {"variant": "L"}, "'L' is no variant; 'M' has none"),
])  # fmt: skip
def test_a_variant_that_there_is_not_is_refused(parts, sku, variant, told):
    lines = [{"sku": sku, "qty": 1, **variant}]
    answer = parts.client.post("/_sim/orders", json={"id": "C1", "lines": lines})
    assert (answer.status_code, answer.get_json()["error"]) == (400, f"field 'variant': {told}")


def test_a_cart_costs_what_its_store_view_asks_for(shop, buyer):
    shop.product(price="10.00")
    shop.sim("config", {"price_scope": "website"})
    shop.post("products/base-prices", {"prices": [{"sku": "MUG", "price": 9, "store_id": 1}]})
    assert buyer.add("MUG", 2).get_json()["price"] == 9
    order = place(buyer)
    assert rows(order) == [("MUG", "simple", 2, 9, 18)]


def test_a_variant_whose_colour_is_no_option_cannot_be_ordered(parts):
    attribute = {"attribute_code": "color", "value": "red"}
    parts.put("products/M", {"product": {"custom_attributes": [attribute]}})
    body = {"id": "X", "lines": [{"sku": "SHIRT", "qty": 1, "variant": "M"}]}
    answer = parts.client.post("/_sim/orders", json=body)
    assert (answer.status_code, answer.get_json()) == (400, {"error": CHOOSE})
