"""Legacy stock items and statuses. Numbers are those of ``conformance-cases.md``."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

NEW = {"sku": "NEW", "name": "New", "price": 5}
RULES = {
    "backorders": (1, 0),
    "manage_stock": (False, True),
    "min_qty": (2, 0),
    "min_sale_qty": (2, 1),
    "max_sale_qty": (5, 10000),
}


def with_stock(**item):
    return {"extension_attributes": {"stock_item": item}}


@pytest.mark.conformance(149)
def test_149_a_stock_item_is_a_part_of_its_product(shop):
    made = shop.post("products", {"product": {**NEW, **with_stock(qty=7, is_in_stock=True)}})
    assert made["extension_attributes"]["stock_item"]["qty"] == 7
    changed = shop.put("products/NEW", {"product": with_stock(qty="3")})
    assert changed["extension_attributes"]["stock_item"] == shop.get("stockItems/NEW")
    assert shop.get("stockItems/NEW")["qty"] == 3


@pytest.mark.conformance(149)
def test_149_a_product_that_is_sent_back_as_it_was_read_is_changed_in_what_is_different(shop):
    both = {"description": "D", "quantity_and_stock_status": [True, 1234]}
    shop.post("products", {"product": {**NEW, **with_stock(qty=1234), "custom_attributes": both}})
    product = shop.get("products/NEW")
    product["extension_attributes"]["stock_item"]["qty"] = 77
    changed = shop.put("products/NEW", {"product": {**product, "sku": None}})
    assert changed["extension_attributes"]["stock_item"]["qty"] == 77
    del changed["extension_attributes"]["stock_item"]
    again = shop.put("products/NEW", {"product": {**changed, "sku": None, "price": 6}})
    assert (again["extension_attributes"]["stock_item"]["qty"], again["price"]) == (77, 6)
    assert {"attribute_code": "description", "value": "D"} in again["custom_attributes"]


@pytest.mark.conformance(149)
def test_increments_and_notices_are_shown_as_commerce_does(shop):
    """Without increments the value is 0, whatever the configuration says; whole numbers have no decimals."""
    shop.product(qty=9)
    text = shop.call("GET", "stockItems/MUG").get_data(as_text=True)
    for part in ('"notify_stock_qty":1,', '"qty_increments":0,', '"enable_qty_increments":false,'):
        assert part in text
    path = "products/MUG/stockItems/1"
    steps = {"qty_increments": 3, "use_config_qty_increments": False}
    for enabled, shown in ((True, 3), (False, 0)):
        shop.put(path, {"stockItem": {**steps, "enable_qty_increments": enabled, "notify_stock_qty": 2.0}})
        assert shop.get("stockItems/MUG")["qty_increments"] == shown
        found = shop.get("inventory/is-product-salable-for-requested-qty/MUG/1/4")
        assert found["salable"] is not enabled
    assert '"notify_stock_qty":2,' in shop.call("GET", "stockItems/MUG").get_data(as_text=True)


@pytest.mark.conformance(150)
def test_150_foreign_ids_of_a_stock_item_are_ignored(shop):
    made = shop.post("products", {"product": {**NEW, **with_stock(qty=7, item_id=99, product_id=98)}})
    item = made["extension_attributes"]["stock_item"]
    assert (item["item_id"], item["product_id"]) == (made["id"], made["id"])


@pytest.mark.conformance(151)
def test_151_without_one_there_is_one_with_nothing(shop):
    item = shop.post("products", {"product": NEW})["extension_attributes"]["stock_item"]
    assert (item["qty"], item["is_in_stock"], item["manage_stock"]) == (0, False, True)


@pytest.mark.conformance(152)
def test_152_nothing_left_is_out_of_stock_until_the_flag_comes_with_units(shop):
    shop.product(qty=5)
    path = "products/MUG/stockItems/1"
    shop.put(path, {"stockItem": {"qty": 0}})
    assert shop.get("stockItems/MUG")["is_in_stock"] is False
    shop.put(path, {"stockItem": {"qty": 4, "is_in_stock": False}})
    assert shop.get("stockItems/MUG")["is_in_stock"] is False
    shop.put(path, {"stockItem": {"qty": 4, "is_in_stock": True}})
    assert shop.get("stockItems/MUG")["is_in_stock"] is True


def test_the_item_id_of_the_address_is_ignored_but_is_a_number(shop):
    shop.product()
    assert shop.put("products/MUG/stockItems/99", {"stockItem": {"qty": 4}}) == 1
    answer = shop.call("PUT", "products/MUG/stockItems/x", json={"stockItem": {"qty": 4}})
    assert answer.status_code == 400
    answer = shop.call("PUT", "products/NOPE/stockItems/1", json={"stockItem": {"qty": 4}})
    assert_commerce_error(answer, 404, 'The Product with the "%1" SKU doesn\'t exist.', ["NOPE"])


def test_stock_statuses_and_low_stock_show_the_same(shop):
    shop.product("A", qty=2)
    shop.product("B", qty=20)
    status = shop.get("stockStatuses/A")
    assert (status["qty"], status["stock_status"], status["stock_item"]["qty"]) == (2, 1, 2)
    low = shop.get("stockItems/lowStock?scopeId=0&qty=5&currentPage=1&pageSize=10")
    assert ([item["product_id"] for item in low["items"]], low["total_count"]) == ([1], 1)
    assert shop.call("GET", "stockItems/lowStock?scopeId=0").status_code == 400
    assert shop.call("GET", "stockItems/lowStock?scopeId=0&qty=x").status_code == 400


@pytest.mark.parametrize("version", ["2.4.6", "2.4.8", "ideal"])
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_needs_its_flag_where_the_configuration_hides_values(shop, version, rule):
    """The getters of Commerce's stock item answer the configuration while ``use_config_…`` is set."""
    shop.product(qty=10)
    shop.sim("config", {"version": version})
    own, configured = RULES[rule]
    item = "products/MUG/stockItems/1"
    shop.put(item, {"stockItem": {rule: own}})
    assert shop.get("stockItems/MUG")[rule] == (own if version == "ideal" else configured)
    shop.put(item, {"stockItem": {rule: own, f"use_config_{rule}": 0}})
    assert shop.get("stockItems/MUG")[rule] == own
    shop.put(item, {"stockItem": {f"use_config_{rule}": 1}})
    shown = shop.get("stockItems/MUG")
    assert (shown[rule], bool(shown[f"use_config_{rule}"])) == (configured, True)
