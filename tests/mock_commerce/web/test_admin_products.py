"""The catalogue in the browser: all three blockers of the source document are solved here."""

from __future__ import annotations

import pytest

NEW = "/admin/catalog/product/new"


def _edit(number=1, store=None):
    address = f"/admin/catalog/product/edit/id/{number}"
    return address if store is None else f"{address}/store/{store}"


def _refusal(shop, order):
    result = shop.place_one(order)
    return result["message"] or result["result"]


def test_a_missing_product_is_created(admin, shop, amazon_order):
    """B-01."""
    order = amazon_order()
    assert "doesn't exist" in _refusal(shop, order)
    page = admin.open(f"{NEW}?sku=MUG")
    assert page.form.fields["sku"] == ["MUG"]
    answer = admin.follow(admin.send(page, name="Blue mug", price="19.99", quantity_default="5"))
    assert "You saved the product." in answer.html
    assert _refusal(shop, order) == "placed"
    product = shop.get("products/MUG")
    assert (product["name"], product["price"], product["type_id"], product["status"]) == (
        "Blue mug",
        19.99,
        "simple",
        1,
    )


def test_a_disabled_product_is_enabled(admin, shop, amazon_order):
    """B-02."""
    shop.product("MUG", status="disabled")
    order = amazon_order()
    assert "not available" in _refusal(shop, order)
    page = admin.open(_edit())
    assert "enabled" not in page.form.fields
    admin.send(page, enabled="y")
    assert _refusal(shop, order) == "placed"


def test_a_product_without_stock_gets_units(admin, shop, amazon_order):
    """B-03."""
    shop.product("MUG", qty=0)
    order = amazon_order()
    assert "not available" in _refusal(shop, order)
    admin.send(admin.open(_edit()), quantity_default="2")
    assert _refusal(shop, order) == "placed"


@pytest.mark.parametrize(
    "changes", [{"backorders": "1"}, {"manage_stock": None}], ids=["backorders", "not managed"]
)
def test_stock_can_be_allowed_to_run_out(admin, shop, amazon_order, changes):
    shop.product("MUG", qty=0)
    admin.send(admin.open(_edit()), **changes)
    assert _refusal(shop, amazon_order()) == "placed"


def test_a_product_is_put_into_a_website(admin, shop, amazon_order):
    shop.sim("websites", {"code": "eu", "name": "Europe"})
    shop.product("MUG", websites=["base"])
    order = amazon_order(store_code="eu")
    assert "wasn't found" in _refusal(shop, order)
    page = admin.open(_edit())
    assert page.form.fields["websites"] == ["1"]
    admin.send(page, websites=["1", "2"])
    assert _refusal(shop, order) == "placed"


def test_saving_what_is_shown_changes_nothing(admin, shop):
    shop.sim("sources", {"code": "east"})
    shop.sim("sources", {"code": "west"})
    shop.product(
        "MUG", name="Mug", price="19.99", sources={"default": 4, "east": 3}, min_sale_qty=2, qty_increments=2
    )
    shop.sim("stock", {"sku": "MUG", "qty": 9, "source": "east", "in_stock": False})
    shop.product("LAMP", status="disabled", manage_stock=False, qty=0, backorders=True)
    for number, sku in enumerate(("MUG", "LAMP"), start=1):
        before = shop.state(), shop.get(f"products/{sku}")
        assert admin.send(admin.open(_edit(number))).status == 303
        assert (shop.state(), shop.get(f"products/{sku}")) == before


def test_every_source_has_its_own_quantity_and_status(admin, shop):
    shop.sim("sources", {"code": "east", "name": "East"})
    shop.product("MUG", qty=4)
    page = admin.open(_edit())
    assert page.form.fields["quantity_east"] == [""]
    admin.send(page, quantity_default="6", quantity_east="3")
    assert shop.state()["stock"]["MUG"] == {
        "qty": 9, "salable": 9, "reserved": 0, "by_source": {"default": 6, "east": 3}
    }  # fmt: skip
    admin.send(admin.open(_edit()), status_default="0")
    assert shop.stock() == (9, 3, 0)
    page = admin.send(admin.open(_edit()), status_east="0")
    assert shop.get("products/MUG")["extension_attributes"]["stock_item"]["is_in_stock"] is False
    assert shop.stock() == (9, 0, 0)


def test_the_stock_rules_are_those_of_the_api(admin, shop):
    shop.product("MUG", qty=4)
    admin.send(
        admin.open(_edit()),
        price="5.4321",
        name=" Red mug ",
        manage_stock=None,
        backorders="2",
        min_sale_qty="2",
        max_sale_qty="8",
        qty_increments="2",
    )
    product = shop.get("products/MUG")
    assert (product["price"], product["name"]) == (5.4321, "Red mug")
    item = product["extension_attributes"]["stock_item"]
    names = ("manage_stock", "backorders", "min_sale_qty", "max_sale_qty", "qty_increments", "qty")
    assert [item[name] for name in names] == [False, 2, 2, 8, 2, 4]


def test_a_store_view_has_its_own_status_and_name(admin, shop, amazon_order):
    shop.product("MUG", name="Mug")
    shop.put("products/MUG", {"product": {"status": 2}})
    page = admin.open(_edit())
    assert page.form.fields["enabled"] == ["y"]
    assert "(has its own status)" in page.html
    scoped = admin.open(_edit(store=1))
    assert set(scoped.form.fields) == {"csrf_token", "name"}
    answer = admin.send(scoped, enabled="y")
    assert answer.location == _edit(store=1)
    assert shop.get("products/MUG")["name"] == "Mug"
    assert "(has its own status)" in admin.open(_edit()).html
    admin.send(admin.open(_edit(store=1)), name="Cup")
    assert _refusal(shop, amazon_order()) == "placed"
    assert shop.get("products/MUG")["name"] == "Cup"
    assert "Mug" in admin.open("/admin/catalog/product").html


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"name": "  "}, "This is a required field."),
        ({"name": "x" * 256}, "Field cannot be longer than 255 characters."),
        ({"price": ""}, "This is a required field."),
        ({"price": "cheap"}, "&#39;cheap&#39; is not a number from 0 to 1000000000."),
        ({"price": "-1"}, "&#39;-1&#39; is not a number from 0 to 1000000000."),
        ({"price": "1.23456"}, "&#39;1.23456&#39; is not a number from 0 to 1000000000."),
        ({"quantity_default": ""}, "This is a required field."),
        ({"quantity_default": "many"}, "&#39;many&#39; is not a number from 0 to 1000000000."),
        ({"min_sale_qty": "0"}, "&#39;0&#39; is not a number from 0.0001 to 1000000000."),
        ({"backorders": "9"}, "&#39;9&#39; is not one of 0, 1, 2."),
        ({"status_default": "2"}, "&#39;2&#39; is not one of 1, 0."),
        ({"websites": ["77"]}, "&#39;77&#39; is not a valid choice for this field."),
    ],
)
def test_a_wrong_product_is_said_at_its_field_and_nothing_is_saved(admin, shop, changes, text):
    shop.product("MUG", name="Mug", qty=4)
    before = shop.state(), shop.get("products/MUG")
    page = admin.send(admin.open(_edit()), **{"name": "Kept", "enabled": None, **changes})
    assert page.status == 400
    assert text in page.html
    assert "Nothing was saved." in page.html
    assert "enabled" not in page.form.fields
    assert (shop.state(), shop.get("products/MUG")) == before


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"sku": ""}, "This is a required field."),
        ({"sku": "mug"}, "&#39;MUG&#39; is the SKU of product 1 already."),
        ({"sku": "x" * 65}, "Field cannot be longer than 64 characters."),
        ({"price": ""}, "This is a required field."),
    ],
)
def test_a_wrong_new_product_is_not_made(admin, shop, changes, text):
    shop.product("MUG", qty=4)
    before = shop.state()
    page = admin.send(admin.open(NEW), **{"sku": "LAMP", "name": "Lamp", "price": "5", **changes})
    assert page.status == 400
    assert text in page.html
    assert shop.state() == before


def test_the_grid_shows_stock_and_is_searched(admin, shop, placed):
    placed()
    shop.product("LAMP", name="Desk lamp", status="disabled", qty=3, price="1234.50")
    page = admin.open("/admin/catalog/product")
    for text in (
        "default: 10",
        "Default Stock: 8",
        "$1,234.50",
        "Simple Product",
        "Disabled",
        "Main Website",
    ):
        assert text in page.html
    for query, found in (
        ("keyword=desk", 1),
        ("keyword=mUg", 1),
        ("status=2", 1),
        ("status=7", 2),
        ("keyword=%25", 0),
    ):
        page = admin.open(f"/admin/catalog/product?{query}")
        assert page.html.count("Edit</a>") == found, query
