"""The log and the permissions in the Admin."""

from __future__ import annotations


def test_the_log_shows_what_a_masked_error_hides(admin, shop):
    assert "We couldn't find any records." in admin.open("/admin/system_log").html
    message = shop.call("POST", "orders", json={"entity": {"foo<b>": 1}}).get_json()["message"]
    page = admin.open("/admin/system_log").html
    assert message.rsplit(" ", 1)[1] in page
    assert "does not have accessor method" in page
    assert "<b>" not in page


def test_the_permissions_show_who_may_call_and_no_secret(admin, shop):
    shop.sim("roles", {"name": "Packer", "resources": ["Magento_Sales::ship"]})
    shop.sim("admins", {"username": "jane", "password": "pack1234", "role": "Packer", "active": False})
    page = admin.open("/admin/user_role").html
    for text in ("Administrators", "Magento_Backend::all", "Magento_Sales::ship", "jane", "Inactive"):
        assert text in page
    assert "sim-consumer-key" in page
    assert "secret" not in page


def test_times_are_shown_where_the_shop_is(admin, shop):
    shop.sim("products", {"sku": "MUG", "qty": 5})
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "MUG", "qty": 1}]})
    assert "Mar 1, 2026 9:00:00 AM" in admin.open("/admin/sales/order").html
    shop.sim("config", {"timezone": "America/New_York"})
    assert "Mar 1, 2026 4:00:00 AM" in admin.open("/admin/sales/order").html
    assert "America/New_York" in admin.open("/admin/system_config").html
    told = shop.sim("config", {"timezone": "Mars/Phobos"}, status=400)["error"]
    assert told == "field 'timezone': 'Mars/Phobos' is not a time zone such as America/New_York."
