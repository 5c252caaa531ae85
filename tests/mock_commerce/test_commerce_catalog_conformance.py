"""Magento's own REST tests of products in several store views and websites, by their number (section C)."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

NEW = {"sku": "NEW", "name": "New", "price": 10, "attribute_set_id": 4, "type_id": "simple", "weight": 100,
       "status": 1, "visibility": 4}  # fmt: skip
STOCK_ITEM = {
    "is_in_stock": True, "qty": 1000, "is_qty_decimal": False, "show_default_notification_message": False,
    "use_config_min_qty": False, "use_config_min_sale_qty": 0, "min_qty": 1, "min_sale_qty": 1,
    "max_sale_qty": 100, "use_config_max_sale_qty": False, "use_config_backorders": False, "backorders": 0,
    "use_config_notify_stock_qty": False, "notify_stock_qty": 0, "use_config_qty_increments": False,
    "qty_increments": 0, "use_config_enable_qty_inc": False, "enable_qty_increments": False,
    "use_config_manage_stock": True, "manage_stock": True, "is_decimal_divided": False,
    "stock_status_changed_auto": 0,
}  # fmt: skip


class Stores:
    """The same client at the addresses of several store views."""

    def __init__(self, shop, judge):
        self.shop, self.judge = shop, judge

    def call(self, method, path, store, body=None):
        answer = self.shop.client.open(
            f"/rest/{store}/V1/{path}", method=method, headers=self.shop.headers, json=body
        )
        if answer.status_code == 200:
            self.judge.check(method, path, answer.get_json())
        return answer

    def save(self, store, **changes):
        answer = self.call("POST", "products", store, {"product": {"sku": "NEW", **changes}})
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def seen(self, store):
        """Fields and custom attributes of the product, side by side."""
        product = self.call("GET", "products/NEW", store).get_json()
        return {**product, **attributes(product)}


def attributes(product):
    return {row["attribute_code"]: row["value"] for row in product["custom_attributes"]}


def custom(**values):
    return [{"attribute_code": code, "value": value} for code, value in values.items()]


@pytest.fixture
def stores(shop, judge):
    return Stores(shop, judge)


@pytest.fixture
def two_websites(shop, stores):
    """A second website with two store views: ``eu`` and ``fr``."""
    shop.sim("websites", {"code": "eu"})
    return stores


@pytest.mark.conformance(132, 133)
@pytest.mark.parametrize("websites", [[1], [1, 2]])
def test_what_is_made_for_all_store_views_is_on_every_website_and_answered_whole(shop, stores, websites):
    if len(websites) > 1:
        shop.sim("websites", {"code": "eu"})
    given = custom(url_key="simple", tax_class_id=2, category_ids=[333])
    made = stores.save("all", **NEW, custom_attributes=given, extension_attributes={"stock_item": STOCK_ITEM})
    assert NEW.items() <= made.items()
    expected = {"url_key": "simple", "tax_class_id": "2", "category_ids": ["333"]}
    assert expected.items() <= attributes(made).items()
    assert made["extension_attributes"]["category_links"] == [{"position": 0, "category_id": "333"}]
    assert STOCK_ITEM.items() <= made["extension_attributes"]["stock_item"].items()
    assert made["extension_attributes"]["website_ids"] == websites
    assert stores.seen("default")["extension_attributes"]["website_ids"] == websites


@pytest.mark.conformance(134)
def test_a_save_in_a_store_view_leaves_its_other_attributes_with_the_default(two_websites):
    """Seen from outside: whatever changes for all later is seen there too."""
    two_websites.save("all", **NEW)
    assert two_websites.save("eu", name="Changed")["name"] == "Changed"
    later = custom(description="D", short_description="S", tax_class_id=0, meta_title="T", url_key="later")
    two_websites.save("all", name="Late", status=2, visibility=1, custom_attributes=later)
    seen = two_websites.seen("eu")
    shown = [seen[key] for key in ("name", "status", "visibility", "description", "short_description")]
    assert shown == ["Changed", 2, 1, "D", "S"]
    assert (seen["tax_class_id"], seen["meta_title"], seen["url_key"]) == ("0", "T", "later")


@pytest.mark.conformance(135)
def test_custom_attributes_of_a_store_view_come_and_go_one_by_one(two_websites):
    two_websites.save("all", **NEW, custom_attributes=custom(text="t", varchar="v"))
    steps = [
        ({"varchar": "v2"}, {"varchar": "v2", "text": "t"}),
        ({"text": "t2"}, {"varchar": "v2", "text": "t2"}),
        ({"text": None}, {"varchar": "v2", "text": "t"}),
    ]
    for given, expected in steps:
        saved = two_websites.save("eu", custom_attributes=custom(**given))
        assert expected.items() <= attributes(saved).items()
        assert NEW.items() <= saved.items()
    assert {"varchar": "v", "text": "t"}.items() <= two_websites.seen("default").items()


@pytest.mark.conformance(136)
@pytest.mark.parametrize("scope", ["website", "global"])
def test_prices_of_a_website_are_not_those_of_another(shop, two_websites, scope):
    two_websites.save("all", **NEW)
    shop.sim("config", {"price_scope": scope})
    two_websites.save("eu", name="Renamed")
    two_websites.save("eu", price=9, custom_attributes=custom(special_price=8))
    shown = [(seen["price"], seen.get("special_price")) for seen in map(two_websites.seen, ("default", "eu"))]
    assert shown == ([(10, None), (9, "8")] if scope == "website" else [(9, "8"), (9, "8")])


@pytest.mark.conformance(137)
def test_pictures_of_a_store_view_stay_those_of_all(two_websites):
    roles = dict.fromkeys(("image", "small_image", "thumbnail"), "/m/u/mug.jpg")
    two_websites.save("all", **NEW, custom_attributes=custom(**roles))
    two_websites.save("eu", name="Renamed")
    later = dict.fromkeys(roles, "/o/t/other.jpg")
    two_websites.save("all", custom_attributes=custom(**later))
    seen = two_websites.seen("eu")
    assert seen["name"] == "Renamed"
    assert later.items() <= seen.items()


@pytest.mark.conformance(138)
def test_a_name_of_a_store_view_does_not_make_an_address_of_its_own(shop, stores):
    """Else the second could not be named like the first there: their addresses would collide."""
    stores.save("all", **{**NEW, "sku": "FIRST", "name": "First"})
    stores.save("all", **NEW)
    saved = stores.save("default", name="First")
    assert (saved["name"], attributes(saved)["url_key"]) == ("First", "new")


@pytest.mark.conformance(139)
@pytest.mark.parametrize("website_id", [99, 8932568989])
def test_a_website_there_is_not_sells_nothing(shop, website_id):
    shop.post("products", {"product": NEW})
    body = {"productWebsiteLink": {"sku": "NEW", "websiteId": website_id}}
    answer = shop.call("POST", "products/:sku/websites", json=body)
    message = 'Could not assign product "%1" to websites "%2"'
    assert_commerce_error(answer, 400, message, [1, website_id])


@pytest.mark.conformance(139)
def test_the_product_of_a_link_is_that_of_the_address(shop):
    shop.post("products", {"product": NEW})
    body = {"productWebsiteLink": {"sku": "NOPE", "website_id": 1}}
    assert shop.call("PUT", "products/NEW/websites", json=body).get_json() is True
