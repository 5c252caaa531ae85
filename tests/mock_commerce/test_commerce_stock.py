"""Products, source items, salable quantities, websites."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
NO_SKU = 'The Product with the "%1" SKU doesn\'t exist.'


def test_unknown_products_are_told_in_two_ways(shop):
    assert_commerce_error(shop.call("GET", "products/NOPE"), 404, NO_PRODUCT)
    assert_commerce_error(shop.call("DELETE", "products/NOPE"), 404, NO_PRODUCT)
    assert_commerce_error(shop.call("GET", "stockItems/NOPE"), 404, NO_SKU, ["NOPE"])
    answer = shop.call("GET", "inventory/get-product-salable-quantity/NOPE/1")
    assert_commerce_error(answer, 404, NO_PRODUCT)


def test_a_product_is_made_changed_and_deleted(shop):
    made = shop.post("products", {"product": {"sku": "NEW", "name": "New", "price": 5, "attributeSetId": 4}})
    assert (made["price"], made["status"], made["type_id"]) == (5, 1, "simple")
    assert made["extension_attributes"]["website_ids"] == [1]
    item = {"extension_attributes": {"stock_item": {"qty": 7, "is_in_stock": True}}}
    changed = shop.put("products/NEW", {"product": {"price": "6.50", **item}})
    assert (changed["name"], changed["price"]) == ("New", 6.5)
    assert shop.get("stockItems/NEW")["qty"] == 7
    assert shop.call("DELETE", "products/NEW").get_json() is True
    assert shop.call("GET", "products/NEW").status_code == 404
    assert shop.search("inventory/source-items", ("sku", "NEW"))["items"] == []


@pytest.mark.parametrize(
    ("product", "message", "parameters"),
    [
        (
            {"sku": "X"},
            'The "%1" attribute value is empty. Set the attribute and try again.',
            ["Product Name"],
        ),
        ({"sku": "X" * 65, "name": "x"}, "SKU length should be %1 characters maximum.", [64]),
    ],
)
def test_a_product_needs_a_name_and_a_short_sku(shop, product, message, parameters):
    answer = shop.call("POST", "products", json={"product": product})
    assert_commerce_error(answer, 400, message, parameters)
    assert shop.search("products")["total_count"] == 0


def test_a_store_view_overrides_and_the_default_stays(shop):
    shop.product()
    shop.put("products/MUG", {"product": {"status": 2}})
    assert shop.get("products/MUG")["status"] == 2
    everywhere = shop.client.get("/rest/all/V1/products/MUG", headers=shop.headers).get_json()
    assert everywhere["status"] == 1


def test_a_product_made_for_all_stores_is_on_every_website(shop):
    shop.sim("websites", {"code": "eu"})
    body = {"product": {"sku": "NEW", "name": "New", "price": 5}}
    made = shop.client.post("/rest/all/V1/products", json=body, headers=shop.headers).get_json()
    assert made["extension_attributes"]["website_ids"] == [1, 2]


def test_the_legacy_stock_item_shows_and_changes_the_default_source(shop):
    shop.product(qty=3)
    shown = shop.get("stockItems/mug")
    assert (shown["qty"], shown["is_in_stock"], shown["manage_stock"]) == (3, True, True)
    body = {"stockItem": {"qty": 0, "is_in_stock": True}}
    assert shop.put("products/MUG/stockItems/99", body) == shown["item_id"]
    assert shop.get("stockItems/MUG")["is_in_stock"] is False
    shop.put("products/MUG/stockItems/1", {"stockItem": {"qty": 4, "minQty": 1, "useConfigMinQty": False}})
    assert shop.get("inventory/get-product-salable-quantity/MUG/1") == 3


def test_salable_is_what_sources_in_stock_have_less_reservations(shop, amazon_order):
    shop.sim("sources", {"code": "east"})
    shop.product(qty=10, sources={"east": 5})
    shop.place_one(amazon_order())
    assert shop.get("inventory/get-product-salable-quantity/MUG/1") == 13
    rows = [{"sku": "mug", "source_code": "east", "quantity": 50, "status": 0}]
    assert shop.post("inventory/source-items", {"sourceItems": rows}) == []
    assert shop.get("inventory/get-product-salable-quantity/MUG/1") == 8
    items = shop.search("inventory/source-items", ("sku", "MUG"))["items"]
    assert [(row["source_code"], row["quantity"], row["status"]) for row in items] == [
        ("default", 10, 1), ("east", 50, 0),
    ]  # fmt: skip


def test_source_items_are_paged_and_sorted(shop):
    for sku, qty in (("A", 1), ("B", 3), ("C", 2)):
        shop.product(sku, qty=qty)
    query = {
        "searchCriteria[sortOrders][0][field]": "quantity",
        "searchCriteria[pageSize]": "2",
        "searchCriteria[currentPage]": "1",
    }
    answer = shop.get("inventory/source-items", query_string=query)
    assert [row["sku"] for row in answer["items"]] == ["B", "C"]
    assert answer["total_count"] == 3


def test_source_items_need_not_be_of_a_product_but_of_a_source(shop):
    rows = [{"sku": "GHOST", "source_code": "default", "quantity": 5, "status": 1}]
    assert shop.post("inventory/source-items", {"sourceItems": rows}) == []
    bad = {"sourceItems": [{**rows[0], "source_code": "nosuch"}]}
    answer = shop.call("POST", "inventory/source-items", json=bad)
    assert_commerce_error(answer, 400, "Could not save Source Item")
    assert_commerce_error(
        shop.call("POST", "inventory/source-items", json={"sourceItems": []}), 400, "Input data is empty"
    )


@pytest.mark.parametrize(
    ("product", "quantity", "code"),
    [
        ({"qty": 5}, 5, None),
        ({"qty": 5}, 6, "is_salable_with_reservations-not_enough_qty"),
        ({"qty": 5, "backorders": True}, 6, None),
        ({"qty": 0, "manage_stock": False}, 6, None),
        ({"qty": 5, "in_stock": False}, 1, "is_any_source_item_in_stock-no_source_items_in_stock"),
        ({"min_sale_qty": 3}, 2, "is_correct_qty-min_sale_qty"),
        ({"max_sale_qty": 3}, 4, "is_correct_qty-max_sale_qty"),
        ({"qty_increments": 3}, 4, "is_correct_qty-qty_increment"),
        ({}, "1.5", "is_correct_qty-is_qty_decimal"),
    ],
    ids=str,
)
def test_whether_a_quantity_can_be_sold(shop, product, quantity, code):
    shop.product(**product)
    answer = shop.get(f"inventory/is-product-salable-for-requested-qty/MUG/1/{quantity}")
    assert answer["salable"] is (code is None)
    assert [error["code"] for error in answer["errors"]][-1:] == ([] if code is None else [code])


def test_whether_any_can_be_sold(shop):
    shop.product(qty=1)
    assert shop.get("inventory/is-product-salable/MUG/1") is True
    shop.sim("stock", {"sku": "MUG", "qty": 0})
    assert shop.get("inventory/is-product-salable/MUG/1") is False


def test_an_unknown_stock_or_quantity_is_refused(shop):
    shop.product()
    answer = shop.call("GET", "inventory/get-product-salable-quantity/MUG/9")
    assert_commerce_error(answer, 404, 'Stock with id "%value" does not exist.', {"value": 9})
    assert shop.call("GET", "inventory/is-product-salable-for-requested-qty/MUG/1/x").status_code == 400


def test_all_websites_sell_from_stock_1(shop):
    shop.sim("websites", {"code": "eu", "name": "Europe"})
    stock = shop.get("inventory/stock-resolver/website/eu")
    assert (stock["stock_id"], stock["name"]) == (1, "Default Stock")
    channels = stock["extension_attributes"]["sales_channels"]
    assert [channel["code"] for channel in channels] == ["base", "eu"]
    assert shop.call("GET", "inventory/stock-resolver/website/nosuch").status_code == 404


def test_stores_are_listed_with_the_admins(shop):
    shop.sim("websites", {"code": "eu", "name": "Europe"})
    assert [row["code"] for row in shop.get("store/websites")] == ["admin", "base", "eu"]
    assert [(row["id"], row["code"]) for row in shop.get("store/storeViews")] == [
        (0, "admin"), (1, "default"), (2, "eu"),
    ]  # fmt: skip
    assert [row["default_store_id"] for row in shop.get("store/storeGroups")] == [0, 1, 2]
    assert shop.client.get("/rest/eu/V1/modules", headers=shop.headers).status_code == 200
