"""Configurable products and bundles: what they consist of."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

GONE = "The option that was requested doesn't exist. Verify the entity and try again."


@pytest.fixture
def parts(shop):
    for sku in ("M", "L"):
        shop.product(sku, qty=5)
    return shop


def test_children_of_a_configurable_product_are_added_and_removed(parts):
    shop = parts
    shop.post("products", {"product": {"sku": "SHIRT", "name": "Shirt", "type_id": "configurable"}})
    answer = shop.call("POST", "configurable-products/SHIRT/child", json={"childSku": "M"})
    assert_commerce_error(answer, 400, "The parent product doesn't have configurable product options.")
    option = {"attribute_id": "93", "label": "Size", "position": 0, "values": [{"value_index": 9}]}
    option_id = shop.post("configurable-products/SHIRT/options", {"option": option})
    for sku in ("M", "L"):
        assert shop.post("configurable-products/SHIRT/child", {"childSku": sku}) is True
    answer = shop.call("POST", "configurable-products/SHIRT/child", json={"childSku": "M"})
    assert_commerce_error(answer, 400, "The product is already attached.")
    assert [row["sku"] for row in shop.get("configurable-products/SHIRT/children")] == ["M", "L"]
    shown = shop.get("products/SHIRT")["extension_attributes"]
    assert shown["configurable_product_links"] == [1, 2]
    assert shown["configurable_product_options"][0]["id"] == option_id
    assert shop.call("DELETE", "configurable-products/SHIRT/children/m").get_json() is True
    assert_commerce_error(shop.call("DELETE", "configurable-products/SHIRT/children/M"), 404, GONE)
    assert shop.get("configurable-products/M/children") == []


def test_options_of_a_configurable_product_are_read_changed_and_deleted(parts):
    shop = parts
    shop.product("SHIRT", type="configurable", children=["M", "L"])
    (option,) = shop.get("configurable-products/SHIRT/options/all")
    path = f"configurable-products/SHIRT/options/{option['id']}"
    assert shop.put(path, {"option": {"label": "Cut"}}) == option["id"]
    assert shop.get(path) == {**option, "label": "Cut"}
    assert shop.call("DELETE", path).get_json() is True
    assert shop.call("GET", path).status_code == 404
    message = 'This is implemented for the "%1" configurable product only.'
    assert_commerce_error(shop.call("GET", "configurable-products/M/options/all"), 400, message, ["M"])


def test_a_bundle_is_made_of_options_with_links(parts):
    shop = parts
    links = [{"sku": "M", "qty": 1, "is_default": True}]
    option = {"title": "Mug", "type": "radio", "required": True, "product_links": links}
    extension = {"bundle_product_options": [option]}
    body = {"sku": "SET", "name": "Set", "price": 9, "type_id": "bundle", "extension_attributes": extension}
    made = shop.post("products", {"product": body})["extension_attributes"]["bundle_product_options"]
    assert [(row["title"], row["sku"], row["product_links"][0]["sku"]) for row in made] == [
        ("Mug", "SET", "M")
    ]
    option_id = shop.post("bundle-products/options/add", {"option": {"sku": "SET", "title": "Lid"}})
    link_id = shop.post(f"bundle-products/SET/links/{option_id}", {"linkedProduct": {"sku": "L", "qty": 2}})
    answer = shop.call("POST", f"bundle-products/SET/links/{option_id}", json={"linkedProduct": {"sku": "l"}})
    message = 'Child with specified sku: "%1" already assigned to product: "%2"'
    assert_commerce_error(answer, 400, message, ["L", "SET"])
    assert shop.put(f"bundle-products/SET/links/{link_id}", {"linkedProduct": {"qty": 3}}) is True
    assert [(row["sku"], row["qty"]) for row in shop.get("bundle-products/SET/children")] == [
        ("M", 1),
        ("L", 3),
    ]
    assert (
        shop.put(f"bundle-products/options/{option_id}", {"option": {"sku": "SET", "title": "Top"}})
        == option_id
    )
    assert shop.get(f"bundle-products/SET/options/{option_id}")["title"] == "Top"
    assert shop.call("DELETE", f"bundle-products/SET/options/{option_id}/children/L").get_json() is True
    assert shop.call("DELETE", f"bundle-products/SET/options/{option_id}").get_json() is True
    assert len(shop.get("bundle-products/SET/options/all")) == 1
    assert shop.call("GET", "bundle-products/M/options/all").status_code == 400
    assert {row["code"] for row in shop.get("bundle-products/options/types")} >= {"select", "radio"}


def test_what_has_children_has_no_units_of_its_own_but_sells_with_them(parts):
    shop = parts
    shop.product("SHIRT", type="configurable", children=["M", "L"])
    message = "Can't check requested quantity for products without Source Items support."
    for path in ("get-product-salable-quantity/SHIRT/1", "is-product-salable-for-requested-qty/SHIRT/1/1"):
        assert_commerce_error(shop.call("GET", f"inventory/{path}"), 400, message)
    assert shop.get("inventory/is-product-salable/SHIRT/1") is True
    for sku in ("M", "L"):
        shop.sim("stock", {"sku": sku, "qty": 0})
    assert shop.get("inventory/is-product-salable/SHIRT/1") is False
    assert shop.search("inventory/source-items", ("sku", "SHIRT"))["items"] == []


def test_a_deleted_part_leaves_what_consists_of_it(parts):
    shop = parts
    shop.product("SHIRT", type="configurable", children=["M", "L"])
    shop.product("SET", type="bundle", children=["M", "L"])
    shop.sim("products/delete", {"sku": "M"})
    assert shop.get("products/SHIRT")["extension_attributes"]["configurable_product_links"] == [2]
    assert [row["sku"] for row in shop.get("bundle-products/SET/children")] == ["L"]
    children = {row["sku"]: row.get("children") for row in shop.state()["products"]}
    assert children == {"L": None, "SHIRT": ["L"], "SET": ["L"]}


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"sku": "SHIRT", "type": "configurable", "children": ["NOPE"]}, "'NOPE' is not the SKU of a simple"),
        ({"sku": "M", "children": ["L"]}, "'M' is simple, which has none"),
    ],
)
def test_a_catalog_line_names_children_that_there_are(parts, wish, text):
    assert text in parts.sim("products", wish, status=400)["error"]
