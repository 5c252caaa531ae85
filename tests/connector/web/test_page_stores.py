"""Store cards, the dashboard, and a run on demand."""

from datetime import timedelta
from decimal import Decimal

import pytest
import responses
from builders import document
from page_builders import BLOCKED, CONNECTED, NOW, Merchant, new_store

from connector.database import db
from connector.models import OrderRow, Run, Store
from connector.sync.lease import Lease


def test_a_world_without_stores_says_how_to_add_one(connector, merchant):
    with connector.app.app_context():
        db.session.query(Store).delete()
        db.session.commit()
    assert "No store yet. Add one on the command line" in merchant.text("/")


def test_a_card_tells_where_its_store_stands(merchant, add, add_order):
    add_order()
    add_order("112-0000002-0000002", **BLOCKED)
    add_order("112-0000003-0000003", table_status=None, amazon_status="Unshipped", phase="ignored")
    add(Run(store_id=1, sync=1, started_at=NOW, ended_at=NOW))
    text = merchant.text("/")  # V-02, V-04
    for words in (
        "Main US US Status Active Magento Website base Import Amazon Orders Enabled",
        "Created Mar 1, 2026, 9:00 AM UTC Last Updated Mar 5, 2026, 12:00 PM UTC",
        "2 Amazon orders 1 blocked",
        "View Store",
    ):
        assert words in text


def test_a_store_that_is_not_connected_says_so_and_cannot_be_run(merchant, add):
    add(new_store("Later", marketplace="CA", state="incomplete", connected_at=None, website_id=None))
    text = merchant.text("/")
    assert (
        "Status Not connected Magento Website base Import Amazon Orders Enabled Created — Last Updated —"
        in text
    )
    assert '<button class="btn btn-outline-secondary" disabled>Run now' in merchant.get("/stores/2").text
    answer = merchant.post("/stores/2/run", on="/stores/1/matches")
    assert "Nothing was done: the store is not connected." in answer.text


def test_the_dashboard_shows_its_header_and_menu(merchant):
    text = merchant.text("/stores/1")
    header = "Marketplace US Store Name Main US Magento Website base Status Active Created Mar 1, 2026"
    assert header in text  # V-10
    for entry in ("Amazon orders", "Order settings", "Technical settings", "Product matches", "All Orders"):
        assert entry in text
    assert "No orders yet." in text


def test_recent_orders_are_the_ten_newest(merchant, add_order):
    for minute in range(12):
        add_order(f"112-0000000-00000{minute:02}", purchased_at=CONNECTED + timedelta(minutes=minute))
    page = merchant.get("/stores/1").text
    shown = [number for number in range(12) if f">112-0000000-00000{number:02}<" in page]
    assert shown == list(range(2, 12))
    assert page.index("0000011<") < page.index("0000002<")  # V-28


def test_recent_orders_have_the_columns_of_the_sales_channel_and_no_commerce_number(merchant, add_order):
    add_order(phase="imported", commerce_order_id=7, commerce_number="000000077", note="Status updated to X.")
    text = merchant.text("/stores/1")
    assert "Purchase Date Order Number Status Buyer's Name Grand Total Order Notes" in text  # V-20
    row = "Mar 1, 2026 112-0000001-0000001 Details Unshipped Ann Lee $ 39.98 Status updated to X."
    assert row in text  # V-36
    assert "000000077" not in text  # V-22, X-25


@pytest.mark.parametrize(
    ("status", "colour"),
    [
        ("Shipped", "blue"),
        ("Completed", "blue"),
        ("Unshipped", "yellow"),
        ("PartiallyShipped", "yellow"),
        ("Error", "orange"),
        ("Pending", "grey"),
        ("Canceled", "grey"),
    ],
)
def test_the_dot_has_the_colour_of_its_status(merchant, add_order, status, colour):
    add_order(table_status=status)
    assert f'<span class="dot {colour}" aria-hidden="true"></span> {status}' in merchant.get("/stores/1").text


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1234.50", "USD", "$ 1,234.50"),
        ("12.00", "GBP", "£ 12.00"),
        ("1200", "JPY", "JPY 1,200"),
        ("0.00", "USD", "$ 0.00"),
    ],
)
def test_amounts_are_written_with_their_currency(merchant, add_order, amount, currency, shown):
    add_order(total=Decimal(amount), currency=currency)
    assert f'<td class="number">{shown}</td>' in merchant.get("/stores/1").text


def test_an_order_without_a_price_shows_none(merchant, add_order):
    add_order(total=None, currency="", buyer_name="", table_status="Pending")
    assert '<td class="number"></td>' in merchant.get("/stores/1").text  # L-04


def test_orders_of_another_store_are_not_shown(merchant, add, add_order):
    add(new_store("Main CA", marketplace="CA"))
    add_order(store_id=2)
    assert "112-0000001-0000001" not in merchant.get("/stores/1").text
    merchant.get("/stores/1/orders/112-0000001-0000001", 404)
    assert "112-0000001-0000001" in merchant.get("/stores/2").text


def test_an_order_that_could_not_be_read_is_not_lost_from_sight(merchant, add_order):
    unreadable = {"table_status": None, "amazon_status": "", "phase": "needs_attention"}
    add_order(sent={"orderItems": "?"}, error="unreadable fields: orderItems", **unreadable)
    assert "could not be read; they are not in the table: 112-0000001-0000001" in merchant.text("/stores/1")
    text = merchant.text("/stores/1/orders/112-0000001-0000001")  # F16
    assert "unreadable fields: orderItems" in text
    assert "could not be read. It is read again when Amazon sends it anew." in text


def test_run_now_runs_the_store_and_tells_the_counts(connector, merchant, amazon, catalog):
    amazon(document(createdTime="2026-03-02T09:00:00Z"))
    catalog()
    answer = merchant.post("/stores/1/run", on="/stores/1")
    assert "Run finished: 1 seen, 0 imported, 1 blocked, 0 failed." in answer.text
    assert "Your Amazon store(s) has orders that cannot be imported" in answer.text
    with connector.app.app_context():
        assert db.session.query(OrderRow).one().phase == "blocked"


def test_run_now_tells_the_problem_of_the_run(merchant, shop):
    shop.post("https://lwa.test/auth/o2/token", status=400, json={"error": "invalid_grant"})
    answer = merchant.post("/stores/1/run", on="/stores/1")
    assert "The run had a problem: Login with Amazon refuses: invalid_grant" in answer.text
    assert "Access failed" in answer.text  # the problem of the store, at the top
    assert "The last run had a problem" in merchant.get("/stores/1").text


def test_run_now_leaves_a_store_alone_on_which_a_run_is_at_work(connector, merchant, amazon):
    amazon()
    with connector.app.app_context():
        assert Lease(1, connector._config.clock).take()  # F57
    assert (
        "Nothing was done: another run is at work on this store."
        in merchant.post("/stores/1/run", on="/stores/1").text
    )


def test_run_now_runs_no_other_store(connector, merchant, add, shop):
    add(new_store("Main CA", marketplace="CA"))
    shop.post("https://lwa.test/auth/o2/token", status=400, json={"error": "invalid_grant"})
    merchant.post("/stores/2/run", on="/stores/2")
    with connector.app.app_context():
        assert [run.store_id for run in db.session.query(Run)] == [2]


def test_a_page_and_a_cron_take_turns(connector, merchant, monkeypatch):
    taken = []
    monkeypatch.setattr(connector, "_run", lambda _store, _number: taken.append(connector._running.locked()))
    monkeypatch.setattr("connector.sync.banner.show", lambda _commerce: None)
    merchant.post("/stores/1/run", on="/stores/1")
    assert taken == [True]
    assert not connector._running.locked()


def test_the_pages_of_a_second_program_on_the_same_app_are_its_own(connector):
    from connector.program import Connector
    from connector.web.access import program

    second = Connector(connector._config, app=connector.app)
    with connector.app.app_context():
        assert program() is second


def test_a_page_needs_no_answer_from_anywhere_to_show_the_orders(connector, add_order):
    add_order()
    with responses.RequestsMock():  # any call would fail
        for address in ("/", "/stores/1", "/stores/1/orders", "/stores/1/orders/112-0000001-0000001"):
            Merchant(connector.app).get(address)
