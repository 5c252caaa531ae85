"""Pages among many orders: an index alone answers which orders stand on them, wherever they lie."""

from __future__ import annotations

import contextlib
import itertools
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from commerce_shop import Shop
from sqlalchemy import event, insert, select

from mock_commerce import create_app
from mock_commerce.models import Order, db
from simkit import postgresql
from simkit.clock import VirtualClock
from simkit.program import ServerConfig

ORDERS, SIZE = 600, 10
STATUSES, STATES = ("pending", "processing", "complete", None), ("new", "processing", "complete")


def filled(shop):
    """A shop with 600 orders whose times and e-mails repeat."""
    number = shop.post("orders", {"entity": {"grand_total": 30}})["entity_id"]
    with shop.client.application.app_context():
        table = Order.__table__
        row = dict(db.session.execute(select(table).where(table.c.entity_id == number)).mappings().one())
        keys = [row.pop(key) for key in ("entity_id", *(key for key in row if key.endswith("_key")))]
        assert len(keys) == 5
        db.session.execute(insert(table), [row | changed(row["created_at"], i) for i in range(1, ORDERS)])
        db.session.commit()
    forget_counts(shop)
    return shop


@pytest.fixture(scope="module")
def many():
    """For tests that read only."""
    clock = VirtualClock()
    shop = Shop(create_app(ServerConfig(clock=clock)).test_client(), clock)
    shop.sign_in()
    yield filled(shop)
    shop.client.application.extensions["simulation"].close()


@pytest.fixture
def growing(shop):
    return filled(shop)


def forget_counts(shop):
    """After any call that may write, orders are counted anew."""
    shop.sim("clock", {"advance": "1s"})


def changed(start, number):
    return {
        "increment_id": f"A-{number:05d}",
        "ext_order_id": f"112-0000000-{number:07d}",
        "status": STATUSES[number % 4],
        "state": STATES[number % 3],
        "created_at": start + timedelta(seconds=number // 3),
        "updated_at": start + timedelta(seconds=number * 7 % 200),
        "customer_email": f"Buyer{number % 50}@example.com",
        "customer_id": number % 50,
        "grand_total": Decimal(number % 13),
        "document": b'{"entity_id":%d}' % (number + 1),
    }


@contextlib.contextmanager
def statements(shop, seen, table="sales_order"):
    """Calls ``seen`` with connection, statement and parameters of every read of the table."""

    def note(connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT") and re.search(rf"FROM {table}\b", statement):
            seen(connection.connection.driver_connection, statement, parameters)

    with shop.client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plans_of(shop, filters, path="orders", table="sales_order", **query):
    """The steps of the plans that SQLite has for a list: of the count, and of the page's ids."""
    plans = []

    def explain(connection, statement, parameters):
        if ".document " in statement and "(SELECT" not in statement:  # by ids that were read before
            return
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        lists = {row[0] for row in rows if row[3].startswith("LIST SUBQUERY")}
        plans.append([row[3] for row in rows if row[1] in lists or not lists])

    with statements(shop, explain, table):
        shop.search(path, *filters, **query)
    return plans


def asked(page, sort=None, direction=None, size=SIZE):
    """The query of a page."""
    start = "searchCriteria[sortOrders][0]"
    query = {"searchCriteria[pageSize]": str(size), "searchCriteria[currentPage]": str(page)}
    query |= {f"{start}[field]": sort} if sort else {}
    return query | ({f"{start}[direction]": direction} if direction else {})


LONG_AGO, LATELY = "2026-01-01 00:00:00", "2026-03-01 09:03:00"
PENDING, IN = ("status", "Pending"), ("status", "pending,processing", "in")
CHANGED, NEW = ("updated_at", LONG_AGO, "gt"), ("created_at", LONG_AGO, "gteq")
WINDOW = (("updated_at", LONG_AGO, "from"), ("updated_at", "2027-01-01 00:00:00", "to"))
STATE, STORE = ("state", "new"), ("store_id", "1")
LISTS = [
    ((), None),
    ((), "entity_id"),
    ((), "created_at"),
    ((), "updated_at"),
    ((), "increment_id"),
    ((PENDING,), None),
    ((IN,), "created_at"),
    ((PENDING, NEW), None),
    ((PENDING, CHANGED), None),
    ((PENDING, CHANGED), "updated_at"),
    ((IN, CHANGED), "updated_at"),
    ((IN, *WINDOW), "updated_at"),
    ((PENDING, STORE), None),
    ((("status", "closed", "neq"), NEW), "created_at"),
    ((CHANGED,), None),
    ((CHANGED,), "updated_at"),
    ((CHANGED, STORE, IN), "updated_at"),
    ((NEW,), "created_at"),
    ((STATE,), None),
    ((STATE, NEW), "created_at"),
    ((STATE, CHANGED), "updated_at"),
    ((STORE,), None),
    ((("entity_id", "5", "gt"),), "entity_id"),
    ((("grand_total", "5", "gt"),), None),
    ((("customer_email", "%@EXAMPLE.com", "like"),), None),
    ((("increment_id", "a-0%", "like"),), "increment_id"),
]
FEW = [
    (("customer_email", "Buyer7@example.com"),),
    (("customer_id", "7"),),
    (("increment_id", "a-00007"),),
    (("increment_id", "a-00007,a-00008", "in"),),
    (("ext_order_id", "112-0000000-0000007"),),
]


@pytest.mark.parametrize(("filters", "sort"), LISTS, ids=str)
def test_the_ids_of_a_page_and_their_number_come_from_covering_indexes(many, filters, sort):
    forget_counts(many)
    plans = plans_of(many, filters, **asked(1, sort))
    assert len(plans) == 2
    for page, way in (
        [(1, "ASC"), (2, "DESC"), (10, "ASC"), (10, "DESC")] if sort else [(5, None), (10, None)]
    ):
        plans += plans_of(many, filters, **asked(page, sort, way))
    for plan in plans:
        (step,) = plan  # a second step would be a sort
        assert "COVERING INDEX" in step


@pytest.mark.parametrize("filters", FEW, ids=str)
def test_few_orders_among_many_are_sought_in_an_index(many, filters):
    forget_counts(many)
    for plan in plans_of(many, filters, **asked(1)):
        assert plan[0].startswith("SEARCH sales_order USING COVERING INDEX")


@pytest.mark.parametrize("sort", [None, "updated_at", "entity_id"])
@pytest.mark.parametrize("filters", [(), (PENDING,), (IN,), (STATE,), (STORE, IN)], ids=str)
def test_what_changed_lately_is_sought_by_its_time(many, filters, sort):
    lately = ("updated_at", LATELY, "gteq")
    forget_counts(many)
    for plan in plans_of(many, (*filters, lately), **asked(1, sort, size=300)):
        assert plan == ["SEARCH sales_order USING COVERING INDEX ix_sales_order_updated (updated_at>?)"]


@pytest.mark.parametrize("path", ["invoices", "shipments", "creditmemos"])
@pytest.mark.parametrize(
    ("filters", "sort"),
    [
        ((), None),
        ((NEW,), "created_at"),
        ((STORE, CHANGED), "updated_at"),
        ((("increment_id", "000000001"),), None),
        ((("order_id", "1"),), None),
    ],
    ids=str,
)
def test_the_same_holds_for_documents(shop, path, filters, sort):
    shop.sim("products", {"sku": "MUG", "qty": 9})
    shop.sim("orders", {"id": "A", "lines": [{"sku": "MUG", "qty": 9}]})
    line = shop.get("orders/1")["items"][0]["item_id"]
    parts = {"items": [{"order_item_id": line, "qty": 1}]}
    for call in ("order/1/invoice", "order/1/ship", "order/1/refund") * 2:
        shop.post(call, parts)
    table = f"sales_{path.removesuffix('s')}"
    for plan in plans_of(shop, filters, path, table, **asked(1, sort, size=1)):
        assert [step for step in plan if "COVERING INDEX" in step] == plan


def steps_of(shop, page, filters, sort):
    """How many instructions SQLite carries out for a page, whose number of orders is known."""
    count = 0

    def tick():
        nonlocal count
        count += 1

    def watch(connection, _statement, _parameters):
        connection.set_progress_handler(tick, 1)
        connections.append(connection)

    connections = []
    shop.search("orders", *filters, **asked(30, sort))
    with statements(shop, watch):
        shop.search("orders", *filters, **asked(page, sort))
    connections[-1].set_progress_handler(None, 1)
    return count


@pytest.mark.parametrize(
    ("filters", "sort"), [((), None), ((CHANGED,), "updated_at"), ((STORE, CHANGED), "updated_at")], ids=str
)
def test_the_last_page_costs_what_the_first_one_does(many, filters, sort):
    first, last = (steps_of(many, page, filters, sort) for page in (1, ORDERS // SIZE))
    assert last <= first * 1.2


SORTS = [None, "entity_id", "created_at", "status", "customer_email", "grand_total"]


def assert_pages_are_the_list(shop, filters, sort, direction, size):
    def ids(page, size):
        query = asked(page, sort, direction if sort else None, size)
        return [row["entity_id"] for row in shop.search("orders", *filters, **query)["items"]]

    whole = ids(1, 0)
    pages = [ids(page, size) for page in range(1, len(whole) // size + 3)]
    assert [one for page in pages for one in page] == whole
    assert all(len(page) == size for page in pages[: len(whole) // size])
    return len(whole)


@pytest.mark.parametrize("size", [7, 100, ORDERS, ORDERS + 1])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("sort", SORTS)
def test_page_by_page_stands_what_the_whole_list_has(many, sort, direction, size):
    assert assert_pages_are_the_list(many, (NEW,), sort, direction, size) == ORDERS


def test_pages_of_postgresql_are_those_of_sqlite(many, own_world, clock):
    shop = Shop(create_app(ServerConfig(own_world, clock)).test_client(), clock)
    try:
        shop.sign_in()
        filled(shop)
        for sort, direction in itertools.product(SORTS, ["ASC", "DESC"]):
            assert assert_pages_are_the_list(shop, (NEW,), sort, direction, 100) == ORDERS
        for filters, sort in [*LISTS, *((few, None) for few in FEW)]:
            query = asked(3, sort, "DESC" if sort else None)
            found, expected = (one.search("orders", *filters, **query) for one in (shop, many))
            assert found["total_count"] == expected["total_count"]
            assert [row["entity_id"] for row in found["items"]] == [
                row["entity_id"] for row in expected["items"]
            ]
    finally:
        shop.client.application.extensions["simulation"].close()
        postgresql.drop(own_world, [postgresql.schema_of(postgresql.parsed(own_world), "commerce")])


@pytest.mark.parametrize("field", ["created_at", "updated_at", "status"])
def test_equal_orders_stand_in_the_direction_of_the_sort(many, field):
    """MySQL reads its index of these columns, in which the key comes last, forwards or backwards."""
    one_way, other = (
        [row["entity_id"] for row in many.search("orders", **asked(1, field, way, 0))["items"]]
        for way in ("ASC", "DESC")
    )
    assert one_way == other[::-1]


def test_whoever_reads_page_by_page_is_read_ahead_for(many):
    asked_for = []
    forget_counts(many)
    with statements(many, lambda *_: asked_for.append(1)):
        for page in range(1, ORDERS // SIZE + 1):
            many.search("orders", CHANGED, **asked(page, "updated_at"))
    assert len(asked_for) < ORDERS // SIZE * 1.2


def test_what_was_read_ahead_is_forgotten_when_something_is_written(growing):
    def ids(page, size=SIZE):
        return [
            row["entity_id"] for row in growing.search("orders", PENDING, **asked(page, size=size))["items"]
        ]

    before = [one for page in (1, 2, 3) for one in ids(page)]
    growing.post("orders/5/hold")
    after = ids(1, 0)
    assert (before[:1], before[1:]) == ([5], after[:29])
    assert ids(4) == after[30:40]  # it was read with page 3


@pytest.mark.parametrize("page", [1, 30, 60])
def test_a_page_knows_the_orders_placed_since_the_last_one(growing, page):
    before = growing.search("orders", **asked(page))
    growing.post("orders", {"entity": {"grand_total": 1}})
    after = growing.search("orders", **asked(page))
    assert (before["total_count"], after["total_count"]) == (ORDERS, ORDERS + 1)
    assert after["items"] == before["items"]
    (newest,) = growing.search("orders", **asked(61))["items"]
    assert newest["grand_total"] == 1


def test_a_negative_page_size_is_one(many):
    """Zend's limitPage, by which Magento asks for pages, makes 1 of it."""
    found = many.search("orders", **asked(2, size=-5))
    assert [row["entity_id"] for row in found["items"]] == [2]
    assert found["search_criteria"]["page_size"] == -5


def test_a_file_that_is_continued_plans_as_a_new_one_does(tmp_path, clock):
    for _ in range(2):
        config = ServerConfig(f"sqlite:///{tmp_path / 'shop.db'}", clock)
        shop = Shop(create_app(config).test_client(), clock)
        shop.sign_in()
        shop.post("orders", {"entity": {"status": "pending"}})
        (plan, _) = plans_of(shop, (IN, CHANGED), **asked(1))
        assert plan == ["SEARCH sales_order USING COVERING INDEX ix_sales_order_updated (updated_at>?)"]
        shop.client.application.extensions["simulation"].close()
