"""The details phase: items of orders whose list had none, paced, resumable, never half an order."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import document
from builders_v0 import item_v0, money, order_v0

from connector.amazon import stored
from connector.amazon.orders import Page
from connector.config import ConnectorConfig
from connector.database import db
from connector.domain.blockers import Blocker, Code
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater, Throttled
from connector.links import Links
from connector.models import Command, OrderRow, Run, ShipmentRow, Store
from connector.program import Connector
from connector.sync.context import Context
from connector.sync.details import WAITS, read_details
from connector.sync.lease import Lease
from connector.sync.lifecycle import _shipped_at_amazon
from connector.sync.outbox import send
from connector.sync.rows import block, order_of, receive
from connector.sync.run import run_store

NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = (f"112-0000001-000000{number}" for number in (1, 2, 3))


class Clock:
    def __init__(self):
        self.time = NINE

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.time += timedelta(seconds=seconds)


class AmazonV0:
    """Items by order number, a list of them answered in turn; exceptions are raised."""

    def __init__(self):
        self.items = {}
        self.known = {}
        self.read = []
        self.confirmed = []
        self.confirming = None

    def orders(self, version):
        assert version == "v0"
        return self

    def search_orders(self, *window):
        return Page([], None)

    def get_order(self, number):
        self.read.append(("order", number))
        return _answer(self.known.get(number))

    def with_details(self, document):
        number = stored.order_id(document)
        self.read.append(("items", number))
        answers = self.items.get(number, [[item_v0()]])
        return stored.with_items(document, _answer(answers.pop(0) if len(answers) > 1 else answers[0]))

    def confirm_shipment(self, number, body):
        self.confirmed.append(body["packageDetail"])
        if self.confirming:
            raise self.confirming


def _answer(value):
    if isinstance(value, Exception):
        raise value
    return value


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def context(clock):
    connector = Connector(ConnectorConfig(commerce_url="http://commerce.test", clock=clock))
    with connector.app.app_context():
        store = Store(name="Main US", seller="S", marketplace="US", website="base", state="active")
        store.connected_at, store.website_id, store.stock_id = NINE, 1, 1
        store.settings_json = {"orders_api_version": "v0"}
        run = Run(store_id=1, sync=1, started_at=NINE)
        run.seen = run.imported = run.blocked = run.failed = 0
        for thing in (store, run):
            db.session.add(thing)
            db.session.commit()
        lease = Lease(store.id, clock)
        assert lease.take()
        yield Context(store, run, lease, AmazonV0(), None, clock, Links("https://shop.example/admin"))
    connector.close()


def seen(context, number=FIRST, **changes):
    receive(context, stored.of_v0(order_v0(number, **changes)))
    db.session.commit()
    return row_of(number)


def row_of(number=FIRST):
    return db.session.query(OrderRow).filter_by(amazon_order_id=number).one()


def test_an_order_of_the_list_is_stored_first_and_gets_its_items_then(context):
    row = seen(context)
    assert (row.phase, order_of(row).detailed, order_of(row).lines) == ("due", False, ())
    read_details(context)
    assert order_of(row).detailed
    assert [line.item_id for line in order_of(row).lines] == ["11"]
    read_details(context)
    assert context.amazon.read == [("items", FIRST)]


def test_items_are_kept_while_the_order_stays_as_it_is(context):
    seen(context)
    read_details(context)
    assert receive(context, stored.of_v0(order_v0())) is False
    receive(context, stored.of_v0(order_v0(LastUpdateDate="2026-03-01T09:05:00Z", OrderStatus="Shipped")))
    assert not order_of(row_of()).detailed
    assert order_of(row_of()).lines, "what was read is still shown"
    read_details(context)
    assert context.amazon.read == [("items", FIRST)] * 2


def test_a_used_up_rate_ends_the_phase_and_is_nobodys_failure(context):
    """F18."""
    for number in (FIRST, SECOND, THIRD):
        seen(context, number)
    context.amazon.items[SECOND] = [Throttled("429"), [item_v0()]]
    read_details(context)
    assert context.amazon.read == [("items", FIRST), ("items", SECOND)]
    assert (context.run.failed, row_of(SECOND).attempts, row_of(THIRD).error) == (0, 0, WAITS)
    assert row_of(SECOND).next_try_at == context.now
    assert row_of(SECOND).blockers == []
    read_details(context)
    assert [row_of(number).error for number in (FIRST, SECOND, THIRD)] == [None] * 3


def test_orders_that_can_be_imported_come_before_those_that_wait(context):
    """F10."""
    seen(context, FIRST, OrderStatus="Pending", PurchaseDate="2026-03-01T09:00:10Z")
    seen(context, SECOND, PurchaseDate="2026-03-01T09:02:00Z")
    read_details(context)
    assert [number for _, number in context.amazon.read] == [SECOND, FIRST]


@pytest.mark.parametrize(
    "changes",
    [
        {"OrderStatus": "Canceled"},
        {"PurchaseDate": "2026-02-01T09:00:00Z"},
    ],
    ids=["cancelled", "older than the integration"],
)
def test_nothing_is_read_of_an_order_that_is_not_needed(context, changes):
    seen(context, **changes)
    read_details(context)
    assert context.amazon.read == []


@pytest.mark.parametrize("error", [RetryLater("502"), GiveUpOnOrder("not valid")])
def test_one_order_that_fails_stops_no_other_and_backs_off(context, clock, error):
    """F15, F19."""
    seen(context, FIRST)
    seen(context, SECOND)
    context.amazon.items[FIRST] = [error]
    read_details(context)
    assert order_of(row_of(SECOND)).detailed
    assert (row_of(FIRST).error, context.run.failed) == (str(error), 1)
    read_details(context)
    clock.time += timedelta(minutes=5)
    context.lease.renew()
    read_details(context)
    assert [number for _, number in context.amazon.read].count(FIRST) == 2  # then ten minutes later


def test_an_amazon_that_does_not_answer_ends_the_phase(context):
    for number in (FIRST, SECOND, THIRD):
        seen(context, number)
        context.amazon.items[number] = [RetryLater("no answer")]
    with pytest.raises(RetryLater):
        read_details(context)
    assert len(context.amazon.read) == 2


def test_items_newer_than_their_order_bring_the_order_along(context):
    """A line was cancelled between the list and the look at the items: no blocker for a moment."""
    seen(context)
    context.amazon.items[FIRST] = [[item_v0(QuantityOrdered=1, ItemPrice=money("19.99"))]]
    newer = order_v0(LastUpdateDate="2026-03-01T09:03:00Z", OrderTotal=money("19.99"))
    context.amazon.known[FIRST] = stored.of_v0(newer)
    read_details(context)
    order = order_of(row_of())
    assert (order.detailed, str(order.total), order.lines[0].quantity) == (True, "19.99", 1)
    assert [what for what, _ in context.amazon.read] == ["items", "order", "items"]


def test_amounts_that_contradict_for_good_are_left_to_the_assessment(context):
    seen(context)
    context.amazon.items[FIRST] = [[item_v0(ItemPrice=money("1.00"))]]
    context.amazon.known[FIRST] = stored.of_v0(order_v0())
    read_details(context)
    assert order_of(row_of()).detailed
    assert [what for what, _ in context.amazon.read] == ["items", "order"]


def test_an_order_without_items_is_told_the_second_time(context):
    """F19: once may be chance."""
    row = seen(context)
    context.amazon.items[FIRST] = [[], [], [], [item_v0()]]
    read_details(context)
    assert (row.phase, row.blockers, row.error) == ("due", [], "Amazon sent no items")
    for _ in range(2):
        read_details(context)
        assert (row.phase, row.blockers[0]["code"]) == ("blocked", Code.DETAILS_INCOMPLETE)
    read_details(context)
    assert order_of(row).detailed


def test_a_line_that_cannot_be_read_is_asked_for_again(context):
    """F16."""
    row = seen(context)
    context.amazon.items[FIRST] = [[item_v0(QuantityOrdered="many")], [item_v0()]]
    read_details(context)
    assert row.error == "unreadable fields: items"
    read_details(context)
    assert (order_of(row).detailed, row.error) == (True, None)


def withheld(context, number):
    row = seen(context, number, ShippingAddress={"CountryCode": "US"})
    context.amazon.known[number] = stored.of_v0(order_v0(number, ShippingAddress={"CountryCode": "US"}))
    read_details(context)
    block(context, row, [Blocker(Code.PII_UNAVAILABLE)])
    db.session.commit()
    return row


def test_one_look_tells_whether_addresses_are_granted_now(context):
    """F21."""
    rows = [withheld(context, number) for number in (FIRST, SECOND)]
    context.amazon.read.clear()
    read_details(context)
    assert context.amazon.read == [("order", FIRST)]
    context.amazon.known = {number: stored.of_v0(order_v0(number)) for number in (FIRST, SECOND)}
    read_details(context)
    assert not any(order_of(row).address_withheld for row in rows)
    assert all(order_of(row).detailed for row in rows), "the items stay"


def test_both_versions_of_one_change_are_one(context):
    """v0 counts in whole seconds, and tells less."""
    moment = "2026-03-01T09:01:00.250Z"
    newer = document(FIRST, lastUpdatedTime=moment, packages=[{"packageReferenceId": "7"}])
    receive(context, newer)
    assert receive(context, stored.of_v0(order_v0())) is False
    assert order_of(row_of()).packages_told
    receive(context, stored.of_v0(order_v0(OrderStatus="Canceled")))  # F12: no new date
    assert row_of().amazon_status == "Canceled"


def test_2026_replaces_what_v0_told_of_the_same_change(context):
    seen(context)
    assert receive(context, document(FIRST)) is True
    assert order_of(row_of()).packages_told


def linked(context, **changes):
    row = seen(context, **changes)
    read_details(context)
    row.commerce_order_id, row.commerce_items, row.phase = 1, {"11": 7}, "imported"
    db.session.commit()
    return row


PAYLOAD = {
    "reference": "900000003",
    "shipped_at": "2026-03-01 09:04:00",
    "carrier_code": "UPS",
    "carrier_name": "UPS",
    "tracking": "1Z",
}


def confirmation(row, number, units):
    reference = str(900_000_000 + number)
    db.session.add(
        ShipmentRow(
            order_id=row.id, origin="commerce", reference=reference, units=units, commerce_shipment_id=number
        )
    )
    command = Command(
        key=f"confirm:{row.amazon_order_id}:{number}",
        store_id=1,
        order_id=row.id,
        kind="confirm",
        payload=PAYLOAD | {"reference": reference, "units": units},
        state="open",
    )
    db.session.add(command)
    db.session.commit()
    return command


def test_a_confirmation_is_sent_without_reading_anything_before(context):
    row = linked(context)
    command = confirmation(row, 3, {"11": 2})
    context.amazon.read.clear()
    send(context)
    assert (command.state, context.amazon.read) == ("done", [])
    assert not order_of(row).detailed, "the order has changed by it"


@pytest.mark.parametrize(("shipped", "sent"), [(0, 2), (1, 2), (2, 1)], ids=["nothing", "too few", "arrived"])
def test_after_a_lost_answer_the_shipped_units_tell(context, shipped, sent):
    """F58, F70."""
    row = linked(context)
    command = confirmation(row, 3, {"11": 2})
    context.amazon.confirming = RetryLater("no answer", perhaps_done=True)
    send(context)
    context.amazon.confirming = None
    context.amazon.items[FIRST] = [[item_v0(QuantityShipped=shipped)]]
    send(context)
    assert (len(context.amazon.confirmed), command.state) == (sent, "done")


def test_units_that_left_before_the_call_are_not_taken_for_the_package(context):
    context.amazon.items[FIRST] = [[item_v0(QuantityOrdered=3, ItemPrice=money("39.98"), QuantityShipped=1)]]
    row = linked(context, OrderStatus="PartiallyShipped")
    confirmation(row, 3, {"11": 1})
    context.amazon.confirming = RetryLater("no answer", perhaps_done=True)
    send(context)
    context.amazon.confirming = None
    send(context)
    assert len(context.amazon.confirmed) == 2


def test_what_died_before_the_call_is_sent(context):
    row = linked(context)
    command = confirmation(row, 3, {"11": 2})
    command.tried_at = context.now  # the process ended here
    db.session.commit()
    send(context)
    assert (len(context.amazon.confirmed), command.state) == (1, "done")


def test_the_second_of_two_packages_counts_the_first(context):
    row = linked(context)
    confirmation(row, 3, {"11": 1})
    second = confirmation(row, 4, {"11": 1})
    context.amazon.items[FIRST] = [[item_v0(QuantityShipped=1)]]
    context.amazon.read.clear()
    send(context)
    assert (second.payload["before"], context.amazon.read) == ({"11": 1}, [("items", FIRST)])


def test_no_shipment_is_made_from_items_that_are_out_of_date(context):
    context.amazon.items[FIRST] = [[item_v0(QuantityShipped=1)], [item_v0(QuantityShipped=2)]]
    row = linked(context, OrderStatus="PartiallyShipped")
    seen(context, OrderStatus="Shipped", LastUpdateDate="2026-03-01T09:05:00Z")
    _shipped_at_amazon(context, row)
    assert db.session.query(Command).count() == 0
    read_details(context)
    _shipped_at_amazon(context, row)
    (command,) = db.session.query(Command)
    assert (command.kind, command.payload["units"]) == ("ship", {"11": 2})


class Removed(AmazonV0):
    """Answers no read any more."""

    def search_orders(self, *window):
        raise AbortRun(Code.ORDERS_API_REMOVED, "gone")

    def get_order(self, number):
        raise AssertionError("no other read is tried then")


class QuietShop:
    """Has nothing to tell."""

    def __getattr__(self, name):
        return lambda *_, **__: []


def test_removed_reads_are_told_once_and_stop_only_the_reading(context, clock):
    row = linked(context)
    command = confirmation(row, 3, {"11": 2})
    row.seen_at -= timedelta(days=1)
    row.commerce_state = "processing"
    context.amazon, context.commerce = Removed(), QuietShop()
    clock.time += timedelta(minutes=3)
    run_store(context)
    assert context.store.problem == "orders_api_removed"
    assert "orders_api_version" in context.store.problem_resolution
    assert command.state == "done"
