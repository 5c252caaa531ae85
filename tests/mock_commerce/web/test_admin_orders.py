"""The order grid, the page of an order, its comments and its simple changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from commerce_shop import ADDRESS

URL = "https://sellercentral.amazon.com/orders-v3/order/112-0000000-0000001"


def _view(order_id):
    return f"/admin/sales/order/view/order_id/{order_id}"


def _rows(page):
    return [row.split("</tr>")[0] for row in page.html.split("<tbody>")[1].split("<tr>")[1:]]


def test_the_grid_shows_an_order_as_commerce_does(admin, placed):
    placed(currency_code="EUR")
    (row,) = _rows(admin.open("/admin/sales/order"))
    for text in (
        "000000001",
        "Main Website\nMain Website Store\nDefault Store View",
        "Mar 1, 2026 9:00:00 AM",
        "Ann Lee",
        "€39.98",
        "$43.46",
        "Processing",
        "112-0000000-0000001",
        "/admin/sales/order/view/order_id/1",
    ):
        assert text in row


def test_the_newest_order_comes_first(admin, shop, placed):
    placed()
    shop.clock.advance(timedelta(hours=4))
    shop.sign_in()
    placed()
    first, second = _rows(admin.open("/admin/sales/order"))
    assert "000000002" in first
    assert "Mar 1, 2026 1:00:00 PM" in first
    assert "000000001" in second


def test_an_order_without_a_status_is_not_in_the_grid(admin, shop, placed):
    order_id = placed()
    shop.sim("config", {"version": "2.4.6"})
    shop.post(f"orders/{order_id}/comments", {"statusHistory": {"comment": "no status"}})
    assert "We couldn't find any records." in admin.open("/admin/sales/order").html
    assert admin.open(_view(order_id)).status == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("keyword=000000002", 1),
        ("keyword=ANN+LEE", 2),
        ("keyword=zoe@example", 1),
        ("keyword=112-0000000-0000001", 1),
        ("keyword=%25", 0),
        ("keyword=nobody", 0),
        ("status=processing", 2),
        ("status=canceled", 1),
        ("status=nonsense", 0),
        ("amazon=0000003", 1),
        ("amazon=%25", 0),
        ("amazon=0000003&status=canceled", 0),
        ("limit=7&page=99", 0),
        ("limit=x&page=-1", 3),
        ("page=99999999999999999999999", 0),
    ],
)
def test_the_grid_is_searched_and_filtered(admin, shop, placed, query, found):
    placed()
    shop.post(f"orders/{placed()}/cancel")
    other = ADDRESS | {"firstname": "Zoe", "lastname": "Example"}
    customer = {"email": "zoe@example.com", "firstname": "Zoe", "lastname": "Example"}
    placed(billing_address=other, shipping_address=other, customer=customer)
    page = admin.open(f"/admin/sales/order?{query}")
    assert page.status == 200
    assert len([row for row in _rows(page) if "order_id" in row]) == found


def test_the_grid_is_paged(admin, shop, amazon_order):
    shop.product("MUG", qty=100)
    shop.place(*(amazon_order() for _ in range(21)))
    first = admin.open("/admin/sales/order?status=processing")
    assert len(_rows(first)) == 20
    assert "21 records found" in first.html
    second = admin.open(first.links["2"])
    assert "status=processing" in second.address
    assert [row for row in _rows(second) if "000000001" in row] == _rows(second)
    assert len(_rows(admin.open("/admin/sales/order?limit=30"))) == 21


def test_the_page_of_an_order_shows_what_people_need(admin, placed):
    order_id = placed(
        {"tax_amount": "1.60"}, grand_total="41.58", gift_message="All the best", seller_central_url=URL
    )
    page = admin.open(_view(order_id))
    assert page.title == "#000000001 (112-0000000-0000001) · Commerce Admin"
    for text in (
        "(The order confirmation email is not sent)",
        "Amazon Channel Payment",
        "Amazon Order Number: 112-0000000-0000001",
        "The order was placed using USD.",
        "Amazon Standard",
        "1 Main St",
        "Austin, Texas, 78701",
        "All the best",
        "$41.58",
        "Total Due",
    ):
        assert text in page.html, text


def test_the_page_links_to_the_order_and_all_orders_at_amazon(admin, placed):
    links = admin.open(_view(placed(seller_central_url=URL))).links
    assert links["View or Cancel Amazon Order"] == URL
    assert links["View all Amazon Orders"] == "https://sellercentral.amazon.com/orders-v3"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "nonsense"])
def test_only_web_addresses_become_links(admin, placed, address):
    page = admin.open(_view(placed(seller_central_url=address)))
    assert f'href="{address}' not in page.html
    assert "View or Cancel Amazon Order" not in page.links


def test_names_and_texts_are_shown_as_text(admin, shop, placed):
    evil = "<script>alert(1)</script>"
    address = ADDRESS | {"firstname": evil, "company": evil}
    order_id = placed({"name": evil}, billing_address=address, shipping_address=address, gift_message=evil)
    shop.product("MUG", name=evil)
    shop.put("amazon-sales-channel/system-message", {"text": evil})
    addresses = (
        "/admin/sales/order",
        _view(order_id),
        "/admin/catalog/product",
        "/admin/catalog/product/edit/id/1",
    )
    for address in addresses:
        page = admin.open(address)
        assert evil not in page.html
        assert "&lt;script&gt;" in page.html


@pytest.mark.parametrize(
    "entity",
    [
        {},
        {
            "state": "processing",
            "status": "processing",
            "extension_attributes": {"payment_additional_info": "x"},
        },
        {"extension_attributes": {"gift_message": "x", "payment_additional_info": [1, {"key": None}]}},
        {"billing_address": {"firstname": None, "street": ["one line"]}, "payment": {"method": None}},
    ],
    ids=["empty", "text for a list", "odd rows", "odd address"],
)
def test_whatever_a_client_saved_can_be_looked_at(admin, shop, entity):
    base = {"customer_email": "a@example.com", "base_grand_total": 0, "grand_total": 0, "items": []}
    order_id = shop.post("orders", {"entity": base | entity})["entity_id"]
    assert admin.open(_view(order_id)).status == 200
    assert admin.open("/admin/sales/order").status == 200


BUTTONS = ("Cancel", "Hold", "Unhold", "Credit Memo", "Invoice", "Ship")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), "Cancel Hold Invoice Ship"),
        (("hold",), "Unhold"),
        (("cancel",), ""),
        (("ship",), "Cancel Hold Invoice"),
        (("invoice",), "Hold Credit Memo Ship"),
        (("invoice", "ship"), "Credit Memo"),
    ],
)
def test_the_state_decides_on_the_buttons(admin, shop, placed, steps, expected):
    order_id = placed()
    for step in steps:
        shop.sim(f"orders/{order_id}/{step}")
    links = admin.open(_view(order_id)).links
    assert " ".join(name for name in BUTTONS if name in links) == expected


@pytest.mark.parametrize(
    ("steps", "verb", "text", "state"),
    [
        ((), "cancel", "You canceled the order.", "canceled"),
        (("cancel",), "cancel", "You have not canceled the item.", "canceled"),
        ((), "hold", "You put the order on hold.", "holded"),
        (("hold",), "hold", "A hold action is not available.", "holded"),
        (("hold",), "unhold", "You released the order from holding status.", "processing"),
        ((), "unhold", "You cannot remove the hold.", "processing"),
        (("hold",), "cancel", "You have not canceled the item.", "holded"),
    ],
)
def test_changes_go_by_the_rules_of_the_api(  # noqa: PLR0917 - a table
    admin, shop, placed, steps, verb, text, state
):
    order_id = placed()
    for step in steps:
        shop.sim(f"orders/{order_id}/{step}")
    question = admin.open(f"/admin/sales/order/{verb}/order_id/{order_id}")
    assert "Are you sure" in question.html
    page = admin.follow(admin.send(question))
    assert text in page.html
    assert shop.state()["orders"][0]["state"] == state


def test_asking_changes_nothing(admin, shop, placed):
    order_id = placed()
    before = shop.state()
    for verb in ("cancel", "hold", "unhold"):
        admin.open(f"/admin/sales/order/{verb}/order_id/{order_id}")
    assert shop.state() == before


def test_a_cancel_gives_the_units_back_as_by_rest(admin, shop, placed):
    order_id = placed()
    assert shop.stock() == (10, 8, 2)
    admin.send(admin.open(f"/admin/sales/order/cancel/order_id/{order_id}"))
    assert shop.stock() == (10, 10, 0)


def test_a_comment_sets_the_status_and_never_the_state(admin, shop, placed):
    order_id = placed()
    page = admin.open(_view(order_id))
    assert page.form.choices["status"] == ["processing", "fraud", "shipped"]
    admin.send(page, status="fraud", comment=" Looks odd ", is_visible_on_front="y")
    order = shop.get(f"orders/{order_id}")
    assert (order["state"], order["status"]) == ("processing", "fraud")
    (history,) = order["status_histories"]
    assert (history["comment"], history["status"]) == ("Looks odd", "fraud")
    assert (history["is_visible_on_front"], history["is_customer_notified"]) == (1, 0)
    assert "Customer Not Notified" in admin.open(_view(order_id)).html


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"comment": "   "}, "The comment is missing. Enter and try again."),
        (
            {"comment": "x", "status": "complete"},
            "&#39;complete&#39; is not one of processing, fraud, shipped.",
        ),
    ],
)
def test_a_wrong_comment_is_said_at_its_field_and_kept(admin, shop, placed, changes, text):
    order_id = placed()
    before = shop.state()
    page = admin.send(admin.open(_view(order_id)), **changes)
    assert page.status == 400
    assert text in page.html
    assert page.form.fields["comment"] == [changes["comment"].strip()]
    assert shop.state() == before


def test_a_merchants_own_status_is_offered_and_named(admin, placed):
    page = admin.open(_view(placed(status="wait_for_pickup")))
    assert "Wait For Pickup" in page.html
    assert "wait_for_pickup" in page.form.choices["status"]


def test_the_system_message_stands_on_every_page(admin, shop, placed):
    """M-01, M-02."""
    order_id = placed()
    text = "Your Amazon store(s) has orders that cannot be imported into Commerce."
    shop.put("amazon-sales-channel/system-message", {"text": text})
    for address in ("/admin/sales/order", _view(order_id), "/admin/catalog/product", "/admin/nowhere"):
        page = admin.open(address)
        assert text in page.html, address
        assert "System Messages: 1" in page.html
    shop.put("amazon-sales-channel/system-message", {"text": ""})
    assert "System Messages" not in admin.open("/admin/sales/order").html


def test_an_address_in_the_system_message_is_a_link(admin, shop):
    """M-03."""
    shop.put("amazon-sales-channel/system-message", {"text": "See https://connector.example/stores/1"})
    assert "https://connector.example/stores/1" in admin.open("/admin/sales/order").links


def test_a_module_that_is_off_shows_no_message(admin, shop):
    shop.put("amazon-sales-channel/system-message", {"text": "Your Amazon store(s)"})
    shop.sim("config", {"module": "disabled"})
    assert "System Messages" not in admin.open("/admin/sales/order").html
    assert "disabled" in admin.open("/admin/system_config").html
