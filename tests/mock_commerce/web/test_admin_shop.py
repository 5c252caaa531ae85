"""Customers, carts, sources and stocks in the Admin; products that are made of others."""

from __future__ import annotations

ADDRESS = {
    "firstname": "Ann",
    "lastname": "Lee",
    "street": ["1 Main St"],
    "city": "Austin",
    "region": {"region_id": 57},
    "postcode": "78701",
    "country_id": "US",
    "telephone": "5125550100",
    "default_billing": True,
}
ANN = {"email": "ann@example.com", "firstname": "Ann", "lastname": "Lee", "addresses": [ADDRESS]}


def test_a_customer_is_listed_with_address_and_cart(admin, shop):
    assert "0 records found" in admin.open("/admin/customer").html
    shop.product("MUG", qty=10, price="19.99")
    customer = shop.post("customers", {"customer": ANN})
    cart = shop.post(f"customers/{customer['id']}/carts")
    shop.post(f"carts/{cart}/items", {"cartItem": {"sku": "MUG", "qty": 2, "quote_id": str(cart)}})
    page = admin.open("/admin/customer?keyword=ANN@")
    assert "1 record found" in page.html
    view = admin.open(page.links["View"]).body()
    assert "Austin, Texas, 78701" in view
    assert "Default Billing Address" in view
    carts = admin.open("/admin/reports/report_shopcart").body()
    assert "2 × MUG" in carts
    assert "$39.98" in carts
    assert admin.open("/admin/customer/index/edit/id/99").status == 404


def test_a_cart_shows_which_variant_is_in_it(admin, shop):
    shop.product("M", qty=5)
    shop.product("SHIRT", type="configurable", children=["M"])
    mask = shop.post("guest-carts")
    chosen = {"configurable_item_options": [{"option_id": "93", "option_value": 1}]}
    item = {"sku": "SHIRT", "qty": 1, "product_option": {"extension_attributes": chosen}}
    shop.post(f"guest-carts/{mask}/items", {"cartItem": {**item, "quote_id": mask}})
    assert "1 × M" in admin.open("/admin/reports/report_shopcart").body()


def test_a_guest_has_a_cart_whose_mask_is_not_shown(admin, shop):
    mask = shop.post("guest-carts")
    page = admin.open("/admin/reports/report_shopcart").html
    assert "Guest" in page
    assert mask not in page


def second_stock(shop):
    shop.sim("websites", {"code": "eu", "name": "Europe"}, status=201)
    shop.post(
        "inventory/sources",
        {"source": {"source_code": "berlin", "name": "Berlin", "postcode": "10115", "country_id": "DE"}},
    )
    channels = {"sales_channels": [{"type": "website", "code": "eu"}]}
    shop.post("inventory/stocks", {"stock": {"name": "EU", "extension_attributes": channels}})


def test_a_source_that_counts_for_no_stock_is_seen(admin, shop):
    second_stock(shop)
    assert "None: its units do not count" in admin.open("/admin/inventory/source").html
    shop.post(
        "inventory/stock-source-links", {"links": [{"stock_id": 2, "source_code": "berlin", "priority": 1}]}
    )
    assert "None: its units do not count" not in admin.open("/admin/inventory/source").html
    stocks = admin.open("/admin/inventory/stock").body()
    assert "Europe" in stocks
    assert "Berlin" in stocks


def test_the_salable_quantity_is_told_for_each_stock(admin, shop):
    second_stock(shop)
    shop.post(
        "inventory/stock-source-links", {"links": [{"stock_id": 2, "source_code": "berlin", "priority": 1}]}
    )
    shop.product("MUG", qty=10)
    shop.sim("stock", {"sku": "MUG", "qty": 7, "source": "berlin"})
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 3}]}, status=201)
    for address in ("/admin/catalog/product", "/admin/catalog/product/edit/id/1"):
        body = admin.open(address).body()
        assert "Default Stock: 7" in body
        assert "EU: 7" in body


def test_a_configurable_product_shows_what_it_is_made_of_and_is_saved_without_units(admin, shop):
    for sku in ("SHIRT-S", "SHIRT-M"):
        shop.product(sku, qty=5)
    shop.sim(
        "products",
        {"sku": "SHIRT", "name": "Shirt", "type": "configurable", "children": ["SHIRT-S", "SHIRT-M"]},
    )
    page = admin.open("/admin/catalog/product/edit/id/3")
    assert page.links["SHIRT-S"] == "/admin/catalog/product/edit/id/1"
    assert "Quantity at" not in page.html
    assert "its own price is only kept" in page.html
    saved = admin.follow(admin.send(page, name="Long Shirt", price="12"))
    assert "You saved the product." in saved.html
    product = shop.get("products/SHIRT")
    assert (product["name"], product["price"], product["type_id"]) == ("Long Shirt", 12, "configurable")


def test_a_bundle_with_a_price_of_its_own_says_nothing_of_that_of_its_parts(admin, shop):
    shop.product("MUG", qty=5)
    shop.sim("products", {"sku": "SET", "name": "Set", "type": "bundle", "children": ["MUG"]})
    address = "/admin/catalog/product/edit/id/2"
    assert "only kept" in admin.open(address).html
    fixed = [{"attribute_code": "price_type", "value": "1"}]
    shop.put("products/SET", {"product": {"custom_attributes": fixed}})
    assert "only kept" not in admin.open(address).html
