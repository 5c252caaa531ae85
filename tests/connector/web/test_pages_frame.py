"""What holds for every page: headers, titles, tokens, escaping, and what is shown when something is wrong."""

import re

import pytest
from page_builders import BLOCKED, new_store

from connector.database import db
from connector.models import Match

ARGUMENTS = {"store_id": 1, "amazon_order_id": "112-0000001-0000001", "match_id": 1}
NOT_PAGES = {"static", "bootstrap.static", "health"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def addresses(app, method):
    """The address of every page of the app that knows this method: a new page cannot be forgotten."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, {name: ARGUMENTS[name] for name in rule.arguments}, method)
            for rule in app.url_map.iter_rules()
            if rule.endpoint not in NOT_PAGES and method in rule.methods
        ]


@pytest.fixture
def furnished(add, add_order, catalog):
    catalog("SKU-RED")
    add_order()
    add(Match(store_id=1, seller_sku="SKU-OLD", sku="SKU-RED"))


def assert_whole(page):
    title = re.search(r"<title>(.+?) · Amazon Sales Channel</title>", page.text)
    assert title
    assert title[1].strip()
    assert page.text.count("<h1") == 1
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page.text)
    for name, value in HEADERS.items():
        assert page.headers[name] == value


def test_every_page_has_a_title_and_the_headers(connector, merchant, furnished):
    pages = addresses(connector.app, "GET")
    assert len(pages) >= 7
    for address in pages:
        assert_whole(merchant.get(address))


def test_what_is_not_a_page_has_the_headers_too(merchant):
    for address in ("/health", "/static/pages.css", "/bootstrap/static/css/bootstrap.min.css"):
        with merchant.get(address) as answer:
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_every_form_without_its_token_is_refused_and_changes_nothing(
    connector, merchant, furnished, settings
):
    before = connector.state()
    forms = addresses(connector.app, "POST")
    assert len(forms) >= 5
    sent = {"import_orders": "disabled", "read_only": "on", "seller_sku": "A", "sku": "SKU-RED"}
    for address in forms:
        for token in ({}, {"csrf_token": "invented"}):
            page = merchant.client.post(address, data=sent | token)
            assert page.status_code == 400
            assert "CSRF" in page.text
            assert_whole(page)
    assert connector.state() == before
    with connector.app.app_context():
        assert db.session.query(Match).count() == 1


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/nowhere", "not found"),
        ("/stores/99", "There is no store with the number 99."),
        ("/stores/99999999999999999999", "not found"),
        ("/stores/one", "not found"),
        ("/stores/1/orders/112-9999999-9999999", "Main US has no Amazon order"),
        ("/stores/1/orders/a%00b", "has no Amazon order"),
        ("/stores/1/orders/%3Cscript%3E", "&lt;script&gt;"),
        ("/stores/1/orders?page=2", "There is no page 2: the list has 0."),
        ("/stores/1/orders?page=0", "page: &#39;0&#39; is not a number from 1 on."),
        ("/stores/1/orders?page=99999999999999999999", "is not a number from 1 on"),
        ("/stores/1/orders?per_page=7", "There are lists of 20, 50, 100 rows, not of 7."),
        ("/stores/1/orders?sort=colour", "is not one of date, number, status, buyer, total, notes"),
    ],
)
def test_a_wrong_address_is_a_friendly_page(merchant, address, text):
    page = merchant.get(address, 404)
    assert text in page.text
    assert_whole(page)


def test_a_failure_of_the_program_is_a_page_without_its_reason(connector, merchant):
    with connector.app.app_context():
        db.drop_all()
    page = merchant.get("/", 500)
    assert_whole(page)
    assert "no such table" not in page.text


def test_the_cookie_is_the_connectors_own_and_hidden_from_scripts_and_other_sites(merchant):
    cookie = merchant.get("/stores/1/matches").headers["Set-Cookie"]
    assert cookie.startswith("connector_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_names_are_shown_as_text_wherever_they_come_from(merchant, add, add_order, furnished):
    evil = "<script>alert('x')</script>"
    blocker = {"code": "item_not_in_catalog", "data": {"sku": evil, "product": evil}}
    number = "112-0000002-0000002"
    blocked = BLOCKED | {"blockers": [blocker], "note": evil, "error": evil}
    buyer = {"buyerName": evil, "buyerEmail": evil}
    add_order(number, buyer_name=evil, sent={"buyer": buyer}, **blocked)
    add(
        new_store(evil, problem="auth_failed", problem_text=evil, problem_resolution=evil),
        Match(store_id=1, seller_sku=evil, sku=evil),
    )
    for address in (
        *("/", "/stores/1", "/stores/2", "/stores/1/orders", f"/stores/1/orders/{number}"),
        *("/stores/1/matches", "/stores/1/settings", "/stores/1/matches?seller_sku=%3Cscript%3E"),
        "/stores/1/orders?buyer=%3Cscript%3E&status=%3Cscript%3E",
    ):
        page = merchant.client.get(address)
        assert "<script" not in page.text
        assert "&lt;script&gt;" in page.text


def test_the_system_message_names_each_store_with_blocked_orders_on_every_page(merchant, add, add_order):
    add(new_store("Main CA", marketplace="CA"), new_store("Calm", marketplace="MX"))
    add_order(**BLOCKED)
    add_order("112-0000002-0000002", store_id=2, **BLOCKED)
    for address in ("/", "/stores/3", "/stores/3/matches"):  # M-02
        page = merchant.get(address)
        message = re.search(r'<div class="notice critical".*?</div>', page.text, re.DOTALL)[0]
        assert (
            "Your Amazon store(s) has orders that cannot be imported into Commerce. "
            "See Recent Orders in the store dashboard(s):"
        ) in message  # M-01, X-20
        links = re.findall(r'<a href="(/stores/\d)">([^<]+)</a>(,?)', message)
        assert links == [("/stores/1", "Main US", ","), ("/stores/2", "Main CA", "")]  # M-03


@pytest.mark.parametrize(
    "change", [{"state": "incomplete"}, {"settings_json": {"import_orders": "disabled"}}]
)
def test_a_store_that_imports_nothing_is_not_in_the_system_message(merchant, add, add_order, change):
    add(new_store("Other", marketplace="CA", **change))
    add_order(store_id=2, **BLOCKED)
    assert "cannot be imported" not in merchant.get("/").text  # M-07, B-27


def test_a_problem_of_a_store_is_told_on_every_page_with_what_to_do(merchant, add):
    problem = {
        "problem": "auth_failed",
        "problem_text": "Access failed: no",
        "problem_resolution": "Renew it.",
    }
    add(new_store("Other", marketplace="CA", **problem))
    for address in ("/", "/stores/1/orders"):
        assert "Other : Access failed: no. Renew it." in merchant.text(address)
