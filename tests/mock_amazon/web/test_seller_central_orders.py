import re

import pytest


def numbers(page):
    return re.findall(r'href="/orders-v3/order/([^"/]+)"', page)


@pytest.fixture
def many(amazon):
    """Thirty orders, an hour apart, of five statuses in turn; the newest is the first."""
    statuses = ["Pending", "Unshipped", "Shipped", "Canceled", "PendingAvailability"]
    return [amazon.place(status=statuses[i % 5], placed=f"-{i}h") for i in range(30)]


def test_the_front_page_leads_to_the_orders(visitor):
    answer = visitor.client.get("/")
    assert (answer.status_code, answer.location) == (302, "/orders-v3")


def test_an_empty_account_says_so(visitor):
    assert "There are no orders here" in visitor.look("/orders-v3")


def test_an_order_is_listed_with_what_a_seller_looks_for(visitor, amazon):
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    line = {"sku": "MUG", "title": "A red mug", "qty": 2, "unit_price": "19.99", "tax": "6.38"}
    number = amazon.place(marketplace="DE", channel="AFN", buyer={"name": "Ada Example"}, lines=[line])
    page = visitor.look("/orders-v3")
    for text in (number, "Ada Example", "A red mug", "MUG", "Fulfilled by Amazon", "Pending", "EUR 39.98"):
        assert text in page


def test_the_newest_orders_come_first_and_the_rest_on_later_pages(visitor, many):
    first, second = visitor.look("/orders-v3"), visitor.look("/orders-v3?page=2")
    assert numbers(first) == many[:25]
    assert numbers(second) == many[25:]
    assert "26 to 30 of 30" in second
    assert 'href="/orders-v3?page=2"' in first
    assert 'href="/orders-v3"' in second
    assert "page=3" not in second


def test_a_page_behind_the_last_one_is_empty(visitor, many):
    assert numbers(visitor.look("/orders-v3?page=9")) == []


@pytest.mark.parametrize(
    ("tab", "status"),
    [("pending", 0), ("unshipped", 1), ("shipped", 2), ("canceled", 3), ("pending", 4)],
)
def test_a_tab_has_the_orders_of_its_status(visitor, many, tab, status):
    assert many[status] in numbers(visitor.look(f"/orders-v3?tab={tab}"))
    assert many[(status + 2) % 5] not in numbers(visitor.look("/orders-v3?tab=part-shipped"))


def test_tabs_tell_how_many_orders_they_have(visitor, many):
    counts = re.findall(r'>([^<>]+) <span class="count">(\d+)</span>', visitor.look("/orders-v3?tab=shipped"))
    assert counts == [
        ("All", "30"),
        ("Pending", "12"),
        ("Unshipped", "6"),
        ("Part shipped", "0"),
        ("Shipped", "6"),
        ("Canceled", "6"),
    ]


def test_orders_are_chosen_by_seller_and_marketplace(visitor, amazon, other):
    mine = amazon.place()
    american, japanese = (
        amazon.place(seller="SELLER-2", marketplace=code, lines=[{"sku": "M", "qty": 1, "unit_price": "5"}])
        for code in ("US", "JP")
    )
    assert numbers(visitor.look("/orders-v3?account=SELLER-2:JP")) == [japanese]
    assert numbers(visitor.look("/orders-v3?account=SELLER-1:US")) == [mine]
    assert sorted(numbers(visitor.look("/orders-v3"))) == sorted([mine, american, japanese])


def test_an_order_is_found_by_its_number_a_part_of_it_and_its_name(visitor, many, amazon):
    named = amazon.place(id="A-7")
    for text in (many[7], "A-7"):
        wanted = named if text == "A-7" else many[7]
        assert numbers(visitor.look(f"/orders-v3?number={text}")) == [wanted]
    assert numbers(visitor.look(f"/orders-v3?number={many[7][-7:]}")) == [many[7]]
    assert numbers(visitor.look("/orders-v3?number=%25")) == []


def test_a_choice_goes_along_to_the_next_page_and_the_tabs(visitor, many):
    page = visitor.look("/orders-v3?account=SELLER-1:US&number=1")
    assert 'href="/orders-v3?account=SELLER-1:US&amp;number=1&amp;page=2"' in page
    assert "tab=unshipped&amp;account=SELLER-1:US&amp;number=1" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tab=lost", "is not one of all, pending"),
        ("page=0", "is not a number from 1"),
        ("page=x", "is not a number from 1"),
        ("page=99999999999999999999", "is not a number from 1"),
        ("account=NOBODY:US", "is not one of SELLER-1:US"),
        ("number=" + "1" * 41, "no order number"),
    ],
)
def test_a_choice_that_there_is_not_is_told_on_a_page(visitor, query, words):
    assert words in visitor.look(f"/orders-v3?{query}", 400)
