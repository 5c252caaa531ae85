"""Amazon orders: links, filters, chips, pages and sorting."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from page_builders import BLOCKED, CONNECTED

NUMBER = "112-0000001-0000001"
LIST = "/stores/1/orders"


def numbers(page):
    return re.findall(r">(112-\d+-\d+)</a>", page.text)


def link(page, number=NUMBER):
    return re.search(rf'<a [^>]*href="([^"]+)"[^>]*>{number}</a>', page.text)[1]


@pytest.fixture
def three(add_order):
    """Three orders that differ in everything."""
    rows = (
        (1, "Ann Lee", "10.00", "Unshipped", 1),
        (2, "Bob 100% Real", "25.50", "Shipped", 2),
        (3, "Cid O'Test", "75.00", "Canceled", 3),
    )
    for number, buyer, total, status, day in rows:
        add_order(
            f"112-0000000-000000{number}",
            buyer_name=buyer,
            total=Decimal(total),
            table_status=status,
            purchased_at=datetime.fromisoformat(f"2026-03-0{day}T23:59:59+00:00"),
        )


def found(merchant, query):
    return [int(number[-1]) for number in numbers(merchant.get(f"{LIST}?{query}"))]


@pytest.mark.parametrize("page", ["/stores/1", LIST])
@pytest.mark.parametrize(
    "managed",
    [
        (
            "enabled",
            {"phase": "imported", "commerce_order_id": 7, "commerce_number": "000000012"},
            "https://shop.test/admin/sales/order/view/order_id/7",
        ),
        ("enabled", BLOCKED, f"/stores/1/orders/{NUMBER}"),
        ("enabled", {"phase": "waiting", "table_status": "Pending"}, f"/stores/1/orders/{NUMBER}"),
        (
            "disabled",
            {"phase": "waiting"},
            f"https://sellercentral.amazon.com/orders-v3/order/{NUMBER}",
        ),
        (
            "disabled",
            {"phase": "imported", "commerce_order_id": 7},
            f"https://sellercentral.amazon.com/orders-v3/order/{NUMBER}",
        ),
    ],
    ids=["imported", "blocked", "pending", "import off", "import off, imported before"],
)
def test_the_order_number_leads_where_the_order_is_managed(merchant, add_order, settings, page, managed):
    imports, row, target = managed
    settings(import_orders=imports)  # X-03, source document
    add_order(**row)
    answer = merchant.get(page)
    assert link(answer) == target
    assert f'href="/stores/1/orders/{NUMBER}">Details</a>' in answer.text
    assert ("orders are view-only here" in answer.text) == (imports == "disabled")  # V-33


def test_the_order_number_leads_to_the_seller_central_of_its_marketplace(connector, merchant, add_order):
    from connector.links import Links

    links = Links("https://shop.test/admin")
    assert (
        links.seller_central_order("UK", "1/2") == "https://sellercentral.amazon.co.uk/orders-v3/order/1%2F2"
    )
    own = Links("https://x.test/backend/", seller_central="http://127.0.0.1:8081/")
    assert own.seller_central_order("UK", "1") == "http://127.0.0.1:8081/orders-v3/order/1"
    assert own.commerce_order(7) == "https://x.test/backend/sales/order/view/order_id/7"


def test_the_columns_stand_in_the_sales_channels_order(merchant, three):
    page = merchant.get(LIST).text
    headers = re.findall(r'<th scope="col"[^>]*><a [^>]*>([^<]+)</a>', page)
    assert headers == [
        *("Purchase Date", "Order Number", "Status", "Buyer&#39;s Name", "Grand Total", "Order Notes")
    ]  # V-20


def test_the_newest_purchase_stands_first_then_the_newest_record(merchant, add_order):
    add_order("112-0000000-0000001")
    add_order("112-0000000-0000002")
    add_order("112-0000000-0000003", purchased_at=CONNECTED)
    assert found(merchant, "") == [2, 1, 3]  # V-28


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("purchased_from=&purchased_to=&number=&buyer=&total_from=&total_to=", [3, 2, 1]),
        ("purchased_from=2026-03-02", [3, 2]),
        ("purchased_to=2026-03-02", [2, 1]),  # the whole day
        ("purchased_from=2026-03-02&purchased_to=2026-03-02", [2]),
        ("number=0000002", [2]),
        ("number=+0000002+", [2]),
        ("number=_", []),
        ("buyer=ann", [1]),
        ("buyer=%25", [2]),
        ("buyer=O%27Test", [3]),
        ("total_from=25.50", [3, 2]),  # decimals are exact
        ("total_from=25&total_to=75", [3, 2]),
        ("total_to=25.49", [1]),
        ("status=Shipped", [2]),
        ("status=Shipped&status=Canceled", [3, 2]),
        ("status=Error", []),
        ("status=Shipped&status=Canceled&buyer=bob", [2]),  # V-26
        ("status=Shipped&purchased_to=2026-03-01", []),
    ],
)
def test_filters_are_joined_by_and_and_statuses_by_or(merchant, three, query, expected):
    assert found(merchant, query) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("purchased_from=yesterday", "'yesterday' is not a date: write yyyy-mm-dd"),
        ("purchased_from=2026-02-30", "'2026-02-30' is not a date: write yyyy-mm-dd"),
        ("purchased_from=2026-03-02&purchased_to=2026-03-01", "2026-03-01 is before 2026-03-02"),
        ("total_from=cheap", "'cheap' is not an amount: write 25 or 25.50"),
        ("total_from=NaN", "NaN is not between 0 and 999999999.99"),
        ("total_to=-1", "-1 is not between 0 and 999999999.99"),
        ("total_to=1e99", "1E+99 is not between 0 and 999999999.99"),
        ("total_from=9&total_to=8", "8 is less than 9"),
        ("status=Lost", "'Lost' is not one of Error, Pending, Shipped"),
        ("buyer=%00", "cannot contain control characters"),
        ("number=" + "1" * 31, "longer than 30 characters"),
    ],
)
def test_a_wrong_filter_is_told_at_its_field_and_nothing_is_filtered(merchant, three, query, message):
    page = merchant.get(f"{LIST}?{query}&status=Shipped", 400)
    assert message in page.text.replace("&#39;", "'")
    assert "Nothing is filtered: correct what is marked." in page.text
    assert len(numbers(page)) == 3
    assert 'class="chip' not in page.text
    assert page.text.count("invalid-feedback") == 1


def test_what_was_typed_stays_in_the_form(merchant, three):
    page = merchant.get(f"{LIST}?total_from=cheap&buyer=Ann&status=Shipped", 400).text
    assert 'value="cheap"' in page
    assert 'value="Ann"' in page
    assert re.search(r"<input checked [^>]*value=\"Shipped\"", page)


def test_the_check_boxes_stand_in_the_pictures_order(merchant):
    labels = re.findall(r'for="status-\d">([^<]+)<', merchant.get(LIST).text)
    assert labels == [
        *("Error", "Pending", "Shipped", "Canceled", "Completed", "Unshipped"),
        *("Partially Shipped", "Pending Availability"),
    ]  # V-24


def chips(page):
    found = re.findall(r'<span class="chip breaks">([^<]+) <a href="([^"]+)"', page.text)
    return {text.replace("&#39;", "'"): url.replace("&amp;", "&") for text, url in found}


def test_each_chip_takes_its_own_filter_away(merchant, three):
    query = "total_from=25&total_to=75&status=Shipped&status=Canceled&buyer=bob&sort=total&per_page=50"
    page = merchant.get(f"{LIST}?{query}")
    shown = chips(page)
    assert list(shown) == [
        "Total: 25 – 75",
        "Buyer's name: bob",
        "Status: Shipped",
        "Status: Canceled",
    ]  # V-25
    assert len(numbers(merchant.get(shown["Buyer's name: bob"]))) == 2
    assert len(numbers(merchant.get(shown["Status: Shipped"]))) == 0
    left = chips(merchant.get(shown["Total: 25 – 75"]))
    assert list(left) == ["Buyer's name: bob", "Status: Shipped", "Status: Canceled"]
    assert "sort=total" in shown["Status: Shipped"]
    assert "per_page=50" in shown["Status: Shipped"]
    assert f'<a href="{LIST}">Clear all filters</a>' in page.text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("purchased_from=2026-03-01", "Purchase date: from 2026-03-01"),
        ("purchased_to=2026-03-01", "Purchase date: up to 2026-03-01"),
        ("status=PartiallyShipped", "Status: Partially Shipped"),
    ],
)
def test_a_chip_says_what_it_filters(merchant, query, text):
    page = merchant.get(f"{LIST}?{query}")
    assert list(chips(page)) == [text]
    assert "No order fits these filters." in page.text


@pytest.fixture
def forty_five(add_order):
    for minute in range(45):
        add_order(
            f"112-0000000-00000{minute:02}",
            purchased_at=CONNECTED + timedelta(minutes=minute),
            total=Decimal(100 - minute % 20),
            buyer_name=f"Buyer {minute % 7}",
        )


def test_twenty_orders_stand_on_a_page(merchant, forty_five):
    first, last = merchant.get(LIST), merchant.get(f"{LIST}?page=3")
    assert len(numbers(first)) == 20
    assert numbers(last) == [f"112-0000000-00000{minute:02}" for minute in (4, 3, 2, 1, 0)]
    assert "1 of 3 pages" in first.text  # V-29
    assert f'rel="next" aria-label="Next page" href="{LIST}?page=2"' in first.text
    assert 'rel="prev"' not in first.text
    assert 'rel="next"' not in last.text
    assert len(numbers(merchant.get(f"{LIST}?per_page=100"))) == 45


def test_the_pages_of_a_filtered_list_stay_filtered(merchant, forty_five):
    page = merchant.get(f"{LIST}?total_from=85&status=Unshipped&sort=total&order=down")
    target = re.search(r'rel="next"[^>]*href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    for part in ("total_from=85", "status=Unshipped", "sort=total", "order=down", "page=2"):
        assert part in target
    merchant.get(target)


@pytest.mark.parametrize("order", ["up", "down"])
def test_a_column_sorts_only_the_rows_of_the_page(merchant, forty_five, order):
    unsorted = set(numbers(merchant.get(f"{LIST}?page=2")))
    page = merchant.get(f"{LIST}?page=2&sort=total&order={order}")
    assert set(numbers(page)) == unsorted  # V-27
    totals = [Decimal(text) for text in re.findall(r'<td class="number">\$ ([\d.]+)</td>', page.text)]
    assert totals == sorted(totals, reverse=order == "down")
    assert f'aria-sort="{"descending" if order == "down" else "ascending"}"' in page.text


@pytest.mark.parametrize("column", ["date", "number", "status", "buyer", "total", "notes"])
def test_every_column_can_be_sorted_even_with_gaps(merchant, add_order, three, column):
    add_order("112-0000000-0000009", total=None, currency="", buyer_name="", note=None)
    up = numbers(merchant.get(f"{LIST}?sort={column}&order=up"))
    down = numbers(merchant.get(f"{LIST}?sort={column}&order=down"))
    assert sorted(up) == sorted(down)
    assert len(up) == 4


def test_a_second_click_on_a_column_turns_its_order_round(merchant, three):
    page = merchant.get(f"{LIST}?sort=total&order=up").text.replace("&amp;", "&")
    header = re.search(r'aria-sort="ascending"[^>]*><a href="([^"]+)"', page)[1]
    assert "order=down" in header


def test_an_order_older_than_the_integration_is_in_no_list(merchant, add_order):
    add_order(table_status=None, amazon_status="Unshipped", phase="ignored")
    assert numbers(merchant.get(LIST)) == []  # T-25
    merchant.get(f"{LIST}/{NUMBER}", 404)


def test_blocked_and_troubled_orders_are_marked(merchant, add_order):
    add_order("112-0000000-0000001", **BLOCKED)
    add_order("112-0000000-0000002", error="Commerce failed with 503", note="Status updated to Unshipped.")
    text = merchant.text(LIST)
    assert 'Blocked Cannot create sales order: Product "SKU-RED" does not exist' in text  # B-24
    assert "Problem Status updated to Unshipped." in text


def test_a_page_asks_the_database_for_its_own_rows_only(connector, merchant, forty_five):
    from sqlalchemy import event

    from connector.database import db

    statements = []
    with connector.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append((call[2], call[3])))
    merchant.get(f"{LIST}?page=2&buyer=Buyer&status=Unshipped")
    rows = [statement for statement, _ in statements if "LIMIT" in statement]
    assert len(rows) == 1
    assert "document" not in rows[0]  # the largest column stays where it is
    assert len(statements) < 8
