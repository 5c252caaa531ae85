"""What a role may see and do in the Admin."""

from __future__ import annotations

import pytest
from test_admin_access import _addresses

from mock_commerce.web import menu, rights

ORDER = "/admin/sales/order"


@pytest.fixture
def as_role(visitor, shop):
    """A maker of somebody with those resources, signed in."""

    def sign_in(*resources):
        shop.sim("roles", {"name": "Part", "resources": list(resources)})
        shop.sim("admins", {"username": "jane", "password": "pack1234", "role": "Part"})
        return visitor, visitor.follow(visitor.sign_in(username="jane", password="pack1234"))

    return sign_in


def test_a_packer_sees_orders_and_may_ship_but_nothing_else(as_role, placed):
    order_id = placed()
    jane, answer = as_role("Magento_Sales::actions_view", "Magento_Sales::ship")
    orders = jane.follow(answer)
    assert "1 record found" in orders.html
    assert "Orders" in orders.links
    assert not orders.links.keys() & {"Invoices", "Products", "Configuration", "Permissions", "Cron"}
    order = jane.open(f"/admin/sales/order/view/order_id/{order_id}")
    assert "Ship" in order.links
    assert not order.links.keys() & {"Cancel", "Hold", "Invoice"}
    assert "Submit Comment" not in order.html
    shipped = jane.follow(jane.send(jane.open(order.links["Ship"]), save="1"))
    assert "The shipment has been created." in shipped.html


def test_what_a_role_lacks_is_refused_however_it_is_asked_for(as_role, placed):
    order_id = placed()
    jane, _ = as_role("Magento_Sales::actions_view")
    for address in (
        f"/admin/sales/order/cancel/order_id/{order_id}",
        f"/admin/order_shipment/new/order_id/{order_id}",
        "/admin/catalog/product",
        "/admin/user_role",
    ):
        page = jane.open(address)
        assert (page.status, rights.DENIED in page.html) == (403, True), address
        assert "Orders" in page.links
    assert "lacks Magento_Catalog::products." in jane.open("/admin/catalog/product").html
    answer = jane.post(f"/admin/sales/order/cancel/order_id/{order_id}", {"csrf_token": jane.token()})
    assert answer.status == 403
    assert jane.open(f"/admin/sales/order/view/order_id/{order_id}").html.count("Canceled") == 0


def test_who_may_look_at_orders_may_do_nothing_else(world, as_role, shop, placed):
    placed()
    browser, _ = as_role("Magento_Sales::actions_view")
    token = browser.token()
    before = shop.state()
    for address in _addresses(world[0], "GET"):
        page = browser.open(address)
        allowed = address in {ORDER, f"{ORDER}/view/order_id/1", "/admin", "/admin/no/such"}
        assert (page.status == 403) is not allowed, address
        assert (rights.DENIED in page.html) is not allowed
    for address in _addresses(world[0], "POST"):
        page = browser.post(address, {"csrf_token": token, "save": "1", "comment": "x", "status": "fraud"})
        assert page.status == 403 or address in {"/admin", "/admin/auth/logout", "/admin/no/such"}, address
        if address == "/admin/auth/logout":
            browser.sign_in(username="jane", password="pack1234")
            token = browser.token()
    assert shop.state() == before


def test_the_sign_in_leads_to_the_first_page_that_the_role_may_open(as_role):
    jane, answer = as_role("Magento_Catalog::products")
    assert answer.location == "/admin/catalog/product"
    assert jane.open("/admin/catalog/product").status == 200


def test_a_role_for_no_page_is_told_so(as_role):
    jane, answer = as_role("Magento_Sales::emails")
    page = jane.follow(answer)
    assert (page.status, rights.DENIED in page.html) == (403, True)


def test_every_page_of_the_menu_is_there_and_needs_something(world):
    endpoints = {rule.endpoint for rule in world[0].url_map.iter_rules()}
    listed = {endpoint for _, entries in menu.MENU for endpoint, _ in entries}
    assert listed <= endpoints
    assert listed <= rights.NEEDS.keys() <= endpoints


def test_no_page_but_those_for_everybody_is_without_a_resource(world):
    for_all = {"admin.login", "admin.sign_in", "admin.logout", "admin.static", "admin_system.nowhere"}
    by_verb = {"admin_order.ask", "admin_order.change"}
    pages = {rule.endpoint for rule in world[0].url_map.iter_rules() if rule.rule.startswith("/admin")}
    assert pages == rights.NEEDS.keys() | for_all | by_verb


def test_every_resource_is_one_that_a_role_can_have(shop):
    known = set(shop.client.get("/_sim/roles").get_json()["resources"])
    by_verb = {f"Magento_Sales::{verb}" for verb in ("cancel", "hold", "unhold")}
    assert {*rights.NEEDS.values(), *by_verb} <= known
