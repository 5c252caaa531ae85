"""Who may see the Admin: sign-in, session, form tokens, the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from admin_browser import Browser
from commerce_shop import Shop
from flask import Flask

from mock_commerce.models import AdminUser, db
from mock_commerce.web.access import LIFE
from simkit import pages

REFUSED = (
    "The account sign-in was incorrect or your account is disabled temporarily. "
    "Please wait and try again later."
)
ORDERS = "/admin/sales/order"
VALUES = {
    "uuid": "6e2c404a-813c-4ed7-99dd-be8e311ff10d",
    "order_id": "1",
    "product_id": "1",
    "entity_id": "1",
    "customer_id": "1",
    "store_id": "1",
    "verb": "cancel",
    "rest": "no/such",
}


def _addresses(app: Flask, method: str) -> list[str]:
    """Every address below /admin that takes the method, but for the sheet."""
    adapter = app.url_map.bind("localhost")
    return sorted(
        adapter.build(rule.endpoint, {name: VALUES[name] for name in rule.arguments}, method=method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin")
        and method in (rule.methods or ())
        and "filename" not in rule.arguments
    )


def test_every_page_but_the_sign_in_needs_a_session_and_leads_back(visitor, world):
    addresses = [address for address in _addresses(world[0], "GET") if address != "/admin"]
    assert len(addresses) > 8
    for address in addresses:
        page = visitor.open(address)
        assert (page.status, page.location) == (303, f"/admin?next={address}"), address


def test_every_page_has_a_title_a_policy_and_no_script(admin, world, shop, placed):
    placed()
    for address in _addresses(world[0], "GET"):
        page = admin.open(address)
        if page.status == 303:
            continue
        assert page.title.endswith("· Commerce Admin"), address
        assert len(page.title) > len("· Commerce Admin") + 3, address
        assert page.headers["Content-Security-Policy"] == pages.POLICY
        assert page.headers["Cache-Control"] == "no-store"
        assert "<script" not in page.html
        assert " style=" not in page.html
        assert " onclick=" not in page.html


def test_no_form_is_taken_without_its_token(admin, world, shop, placed):
    placed()
    before = shop.state()
    addresses = _addresses(world[0], "POST")
    assert len(addresses) > 8
    for address in addresses:
        assert admin.post(address, {"save": "1"}).status == 400, address
    assert shop.state() == before


def test_a_token_of_another_session_is_refused(admin, world, shop, placed):
    order_id = placed()
    other = Browser(world[0].test_client())
    other.sign_in()
    page = admin.post(f"/admin/sales/order/cancel/order_id/{order_id}", {"csrf_token": other.token()})
    assert page.status == 400
    assert shop.state()["orders"][0]["state"] == "processing"


def test_a_form_that_comes_after_the_session_is_not_carried_out(admin, shop, placed):
    order_id = placed()
    token = admin.token()
    shop.clock.advance(LIFE)
    page = admin.post(f"/admin/sales/order/cancel/order_id/{order_id}", {"csrf_token": token})
    assert (page.status, page.location) == (303, "/admin")
    assert shop.state()["orders"][0]["state"] == "processing"


def test_signing_in_leads_to_the_orders(visitor):
    page = visitor.follow(visitor.sign_in())
    assert visitor.follow(page).title == "Orders · Commerce Admin"


def test_signing_in_leads_back_to_the_wanted_page(visitor, placed):
    wanted = f"/admin/sales/order/view/order_id/{placed()}?from=connector"
    login = visitor.follow(visitor.open(wanted))
    answer = visitor.send(login, username="admin", password="admin123")
    assert visitor.follow(answer).location == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/admin/",
        "//evil.example/admin/",
        "/\\evil.example",
        "/admin//evil.example/../..",
        "/rest/V1/orders",
        "/adminevil",
        "javascript:alert(1)",
        "http://[",
        "/admin/../rest/V1/orders",
        "/admin/x%0d%0aSet-Cookie:%20a=b",
        "",
    ],
)
def test_the_way_back_never_leaves_the_admin(admin, wanted):
    page = admin.open("/admin?next=" + wanted)
    assert page.location is not None
    assert page.location.startswith("/admin/")
    assert ".." not in page.location
    assert "a=b" not in page.headers.get("Set-Cookie", "")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"password": "wrong"}, REFUSED),
        ({"username": "nobody"}, REFUSED),
        ({"username": ""}, "This is a required field."),
        ({"password": ""}, "This is a required field."),
        ({"username": "x" * 300}, "Field cannot be longer than 255 characters."),
    ],
    ids=["password", "user", "no user", "no password", "long"],
)
def test_a_wrong_sign_in_is_refused_in_commerces_words(visitor, changes, text):
    page = visitor.sign_in(**changes)
    assert page.status == 400
    assert text in page.html
    assert "admin123" not in page.form.fields.get("password", [""])
    assert visitor.open(ORDERS).status == 303


def test_wrong_passwords_lock_the_account_here_and_at_the_api(visitor, shop: Shop):
    for _ in range(6):
        visitor.sign_in(password="wrong")
    assert visitor.sign_in().status == 400
    answer = shop.client.post(
        "/rest/V1/integration/admin/token", json={"username": "admin", "password": "admin123"}
    )
    assert answer.status_code == 401
    shop.clock.advance(timedelta(minutes=30))
    assert visitor.sign_in().status == 303


def test_the_session_ends_by_the_virtual_clock_and_lives_on_with_use(admin, clock):
    clock.advance(LIFE - timedelta(seconds=1))
    assert admin.open(ORDERS).status == 200
    clock.advance(LIFE - timedelta(seconds=1))
    assert admin.open(ORDERS).status == 200
    clock.advance(LIFE)
    assert admin.open(ORDERS).status == 303


def test_the_cookie_holds_the_users_id_and_no_name(admin):
    admin.open(ORDERS)
    with admin.client.session_transaction() as session:
        assert set(session) <= {"user", "until", "csrf_token"}
        assert session["user"] == 1


def test_signing_out_ends_the_session(admin):
    frame = admin.open(ORDERS).forms[0]
    assert frame.action == "/admin/auth/logout"
    page = admin.follow(admin.send(admin.open(ORDERS), form=frame))
    assert "You have logged out." in page.html
    assert admin.open(ORDERS).status == 303


def test_a_disabled_user_is_out_at_once(admin, world):
    with world[0].app_context():
        db.session.get_one(AdminUser, 1).is_active = False
        db.session.commit()
    assert admin.open(ORDERS).status == 303


def test_the_root_leads_to_the_admin(visitor):
    page = visitor.open("/")
    assert (page.status, page.location) == (302, "/admin")


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/admin/sales/order/view/order_id/999", "This order no longer exists."),
        ("/admin/sales/order/view/order_id/0", "This order no longer exists."),
        ("/admin/sales/order/view/order_id/99999999999999999999", "This order no longer exists."),
        ("/admin/order_shipment/new/order_id/999", "This order no longer exists."),
        ("/admin/sales/order/hold/order_id/999", "This order no longer exists."),
        ("/admin/catalog/product/edit/id/999", "This product no longer exists."),
        ("/admin/catalog/product/edit/id/99999999999999999999", "This product no longer exists."),
        ("/admin/no/such/<page>", "There is no page &#39;no/such/&lt;page&gt;&#39; in this Admin."),
    ],
)
def test_what_is_not_there_is_said_inside_the_admin(admin, address, text):
    page = admin.open(address)
    assert page.status == 404
    assert text in page.html
    assert "Orders" in page.links


def test_an_unknown_store_view_is_said_inside_the_admin(admin, shop):
    shop.product("MUG")
    assert admin.open("/admin/catalog/product/edit/id/1/store/7").status == 404


@pytest.mark.parametrize(
    "path", ["/rest/V1/admin", "/rest/V1/orders/1", "/rest/admin", "/administrator", "/x"]
)
def test_other_addresses_keep_commerces_json(visitor, path):
    answer = visitor.client.get(path)
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert set(answer.get_json()) <= {"message", "parameters"}


def test_pages_are_no_calls_of_the_journal(admin: Browser, shop: Shop, placed: Any):
    order_id = placed()
    shop.client.delete("/_sim/journal")
    admin.send(admin.open(f"/admin/order_shipment/new/order_id/{order_id}"))
    assert shop.client.get("/_sim/journal").get_json()["calls"] == []


@pytest.mark.parametrize("address", ["/admin/sales/order?keyword=%00", "/admin/catalog/product?keyword=a%00"])
def test_a_text_that_no_database_keeps_is_refused(admin, address):
    page = admin.open(address)
    assert page.status == 400
    assert "may not contain the character NUL" in page.html


def test_a_failure_of_the_program_is_a_page_of_the_admin(admin, shop, placed, monkeypatch):
    order_id = placed()

    def fail(order):
        order.increment_id = None
        db.session.flush()

    monkeypatch.setattr("mock_commerce.sales.changes.hold", fail)
    page = admin.send(admin.open(f"/admin/sales/order/hold/order_id/{order_id}"))
    assert page.status == 500
    assert page.title == "Internal Server Error · Commerce Admin"
    assert shop.state()["orders"][0]["state"] == "processing"
