"""The run of one store, with both sides played by ten-line fakes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from builders import document

from connector.amazon.orders import Page, TokenRefused
from connector.commerce.client import Stock
from connector.config import ConnectorConfig
from connector.database import db
from connector.domain.assessment import Product
from connector.domain.statuses import Phase
from connector.errors import GiveUpOnOrder, RetryLater
from connector.links import Links
from connector.models import Command, OrderRow, Run, Store
from connector.program import Connector
from connector.sync.backoff import wait_after
from connector.sync.context import Context
from connector.sync.discover import discover, recheck
from connector.sync.importing import _follow_setting
from connector.sync.lease import LIFE, Lease, LeaseLost
from connector.sync.outbox import send
from connector.sync.rows import receive
from connector.sync.stock import StockLedger

NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.time = NINE

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.time += timedelta(seconds=seconds)


class Amazon:
    """Answers the pages it was given, in turn; an exception among them is raised."""

    def __init__(self, *pages):
        self.pages = list(pages)
        self.windows = []
        self.known = {}

    def orders(self, version):
        return self

    def with_details(self, document):
        return self.get_order(document["orderId"])

    def search_orders(self, marketplace_id, after, before, token):
        del marketplace_id
        self.windows.append((after, before, token))
        page = self.pages.pop(0) if self.pages else Page([], None)
        if isinstance(page, Exception):
            raise page
        return page

    def get_order(self, amazon_order_id):
        return self.known.get(amazon_order_id)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def context(clock):
    connector = Connector(ConnectorConfig(commerce_url="http://commerce.test", clock=clock))
    with connector.app.app_context():
        store = Store(name="Main US", seller="S", marketplace="US", website="base", state="active")
        store.connected_at, store.website_id, store.stock_id = NINE, 1, 1
        store.settings_json = {}
        db.session.add(store)
        db.session.commit()
        run = Run(store_id=1, sync=1, started_at=NINE)
        run.seen = run.imported = run.blocked = run.failed = 0
        db.session.add(run)
        db.session.commit()
        lease = Lease(store.id, clock)
        assert lease.take()
        yield Context(store, run, lease, Amazon(), None, clock, Links("https://shop.example/admin"))
    connector.close()


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def only_row():
    return db.session.query(OrderRow).one()


def test_the_first_window_starts_at_the_connection(context, clock):
    clock.time = at(5)
    discover(context)
    assert context.amazon.windows == [(NINE, at(3), None)]
    assert context.store.watermark == at(3)


def test_nothing_is_asked_before_the_lag_is_over(context, clock):
    clock.time = at(1)
    discover(context)
    assert context.amazon.windows == []
    assert context.store.watermark is None


def test_later_windows_reach_back_by_the_overlap_but_not_behind_the_connection(context, clock):
    clock.time = at(5)
    discover(context)
    clock.time = at(30)
    discover(context)
    clock.time = at(60)
    discover(context)
    assert [after for after, _, _ in context.amazon.windows] == [NINE, NINE, at(18)]


def test_import_switched_on_makes_orders_due_that_waited_loaded_ones_too(context):
    """S-13; the statement has parameters, which SQLAlchemy does not look at when it compares loaded rows."""
    receive(context, document())
    row = only_row()
    row.phase = Phase.WAITING
    db.session.commit()
    _follow_setting(context)
    assert row.phase == Phase.DUE


def test_an_unfinished_window_goes_on_with_its_bounds_and_token(context, clock):
    """F18: the bucket ran dry after the first page."""
    clock.time = at(5)
    context.amazon.pages = [Page([document()], "t1"), RetryLater("429")]
    with pytest.raises(RetryLater):
        discover(context)
    assert context.store.watermark is None
    clock.time = at(10)
    discover(context)
    assert context.amazon.windows == [
        (NINE, at(3), None),
        (NINE, at(3), "t1"),
        (NINE, at(3), "t1"),
        (NINE, at(8), None),
    ]
    assert context.store.watermark == at(8)


def test_a_refused_token_halves_the_window(context, clock):
    clock.time = at(6)
    context.amazon.pages = [Page([], "t1"), TokenRefused("no")]
    discover(context)
    assert [(after, before) for after, before, token in context.amazon.windows if token is None] == [
        (NINE, at(4)),
        (NINE, at(2)),
        (NINE, at(4)),
    ]
    assert context.store.watermark == at(4)


def test_a_token_that_never_ends_is_not_followed_for_ever(context, clock):
    """F06."""
    clock.time = at(5)
    context.amazon.pages = [Page([], "same")] * 100
    with pytest.raises(RetryLater, match="page tokens"):
        discover(context)
    assert context.store.watermark is None


def test_an_older_version_never_overwrites_a_newer_one(context):
    """F68."""
    receive(context, document(lastUpdatedTime="2026-03-01T09:05:00Z"))
    stale = document(status="PENDING", lastUpdatedTime="2026-03-01T09:04:00Z")
    assert receive(context, stale) is False
    assert only_row().amazon_status == "Unshipped"


def test_a_cancel_that_does_not_bump_the_date_is_taken_over(context):
    """F12."""
    receive(context, document())
    receive(context, document(status="CANCELLED"))
    assert only_row().table_status == "Canceled"
    assert only_row().phase == "cancelled_before_import"


def asked(reason="Changed mind", **changes):
    sent = document(**changes)
    sent["orderItems"][0]["cancellation"] = {"cancellationRequest": {"cancelReason": reason}}
    return sent


def test_a_buyers_wish_to_cancel_is_noted_once(context):
    """F81: it is for a person to read, and forbids nothing."""
    receive(context, document())
    receive(context, asked(lastUpdatedTime="2026-03-01T09:02:00Z"))
    assert only_row().note.startswith("The buyer asks to cancel: Changed mind.")
    assert only_row().phase == "due"
    only_row().note = "Something newer."
    receive(context, asked(lastUpdatedTime="2026-03-01T09:03:00Z"))
    assert only_row().note == "Something newer."
    receive(context, asked("", lastUpdatedTime="2026-03-01T09:04:00Z"))
    assert only_row().note.startswith("The buyer asks to cancel. ")


def test_a_wish_is_news_after_a_document_that_could_not_be_read(context):
    receive(context, document(fulfillment={}))
    receive(context, asked(lastUpdatedTime="2026-03-01T09:02:00Z"))
    assert only_row().note.startswith("The buyer asks to cancel")


def test_an_order_that_is_cancelled_needs_no_word_of_the_wish(context):
    receive(context, asked(status="CANCELLED"))
    assert only_row().note == "Status updated to Canceled."


def test_a_line_that_amazon_cancels_is_noted_where_there_is_a_commerce_order(context):
    """F23."""
    two = document()
    two["orderItems"].append(
        {**two["orderItems"][0], "orderItemId": "12", "product": {"sellerSku": "SKU-BLUE"}}
    )
    receive(context, two)
    only_row().commerce_order_id, only_row().phase = 7, "imported"
    gone = document(lastUpdatedTime="2026-03-01T09:02:00Z")
    gone["orderItems"] = [two["orderItems"][0], {**two["orderItems"][1], "quantityOrdered": 0}]
    receive(context, gone)
    assert only_row().note.startswith("Amazon cancelled SKU-BLUE after the import")


def test_an_unreadable_order_is_kept_and_others_go_on(context, clock):
    """F15, F16."""
    clock.time = at(5)
    broken = document(number="112-0000009-0000009", fulfillment={})
    context.amazon.pages = [Page([broken, document()], None)]
    discover(context)
    rows = {row.amazon_order_id: row for row in db.session.query(OrderRow)}
    assert rows["112-0000009-0000009"].phase == "needs_attention"
    assert "fulfillment" in rows["112-0000009-0000009"].error
    assert rows["112-0000001-0000001"].phase == "due"
    mended = document(number="112-0000009-0000009", lastUpdatedTime="2026-03-01T09:02:00Z")
    receive(context, mended)
    assert rows["112-0000009-0000009"].phase == "due"
    assert rows["112-0000009-0000009"].error is None


def test_orders_unseen_for_long_are_read_by_id(context, clock):
    """F04, F12."""
    receive(context, document())
    clock.time = at(6 * 60 - 1)
    recheck(context)
    assert only_row().amazon_status == "Unshipped"
    clock.time = at(6 * 60)
    context.amazon.known = {"112-0000001-0000001": document(status="CANCELLED")}
    recheck(context)
    assert only_row().table_status == "Canceled"


def test_the_lease_keeps_a_second_run_out_until_it_ends(context, clock):
    second = Lease(context.store.id, clock)
    assert not second.take()
    clock.time = NINE + LIFE - timedelta(seconds=1)
    assert not second.take()
    clock.time = NINE + LIFE
    assert second.take()
    with pytest.raises(LeaseLost):
        context.lease.renew()


def test_a_lease_given_back_is_free(context, clock):
    context.lease.give_back()
    assert Lease(context.store.id, clock).take()


def test_waits_between_tries():
    minutes = [wait_after(attempt).total_seconds() / 60 for attempt in range(1, 8)]
    assert minutes == [0, 10, 20, 40, 60, 60, 60]


class Commerce:
    """Knows one product; counts the look-ups."""

    def __init__(self, physical=10, salable=8):
        self._physical, self._salable = Decimal(physical), Decimal(salable)
        self.asked = []

    def physical(self, skus):
        self.asked.append(("physical", *skus))
        return dict.fromkeys(skus, self._physical)

    def stock(self, sku, stock_id, needed, *, thorough=False):
        self.asked.append(("stock", sku, needed))
        return Stock(self._salable)

    def products(self, skus):
        return [Product(sku, enabled=True, type="simple", website_ids=frozenset({1})) for sku in skus]


def test_a_fresh_order_costs_no_stock_call_of_its_own():
    commerce = Commerce()
    ledger = StockLedger(commerce, 1)
    ledger.look_at_sources(["A", "B"])
    assert ledger.available({"A": 2}, exactly=False) == {"A": 10}
    ledger.take({"A": 9})
    assert commerce.asked == [("physical", "A", "B")]
    assert ledger.available({"A": 2}, exactly=False) == {"A": Decimal(-1)}  # 8 salable, 9 taken
    assert commerce.asked[1:] == [("stock", "A", 11)]


def test_one_salable_look_up_serves_all_waiting_orders():
    commerce = Commerce()
    ledger = StockLedger(commerce, 1)
    for left in (8, 5, 2):
        assert ledger.available({"A": 3}, exactly=True) == {"A": left}
        ledger.take({"A": 3})
    assert commerce.asked == [("stock", "A", 3)]


def test_what_commerce_has_seen_is_not_counted_off_twice():
    commerce = Commerce(salable=5)
    ledger = StockLedger(commerce, 1)
    ledger.look_at_sources(["A"])
    ledger.take({"A": 3})
    ledger.sent()
    assert ledger.look_again({"A": 1}) == {"A": 5}


def linked_row(context):
    receive(context, document())
    row = only_row()
    row.commerce_order_id, row.commerce_items, row.phase = 1, {"11": 7}, "imported"
    return row


class Confirming(Amazon):
    def __init__(self, error=None):
        super().__init__()
        self.error = error
        self.confirmed = []

    def confirm_shipment(self, amazon_order_id, body):
        self.confirmed.append((amazon_order_id, body))
        if self.error:
            raise self.error


PAYLOAD = {
    "reference": "900000003",
    "units": {"11": 2},
    "shipped_at": "2026-03-01 09:04:00",
    "carrier_code": "UPS",
    "carrier_name": "UPS",
    "tracking": "1Z",
}


def confirm_command(row):
    command = Command(key="confirm:1", store_id=1, order_id=row.id, kind="confirm", payload=PAYLOAD)
    db.session.add(command)
    db.session.commit()
    return command


def test_a_confirmation_is_sent_once(context):
    row = linked_row(context)
    command = confirm_command(row)
    context.amazon = Confirming()
    send(context)
    send(context)
    ((number, body),) = context.amazon.confirmed
    assert number == row.amazon_order_id
    assert body["packageDetail"]["packageReferenceId"] == "900000003"
    assert body["packageDetail"]["shipDate"] == "2026-03-01T09:04:00Z"
    assert command.state == "done"


def test_after_a_lost_answer_it_looks_first(context, clock):
    """F58."""
    row = linked_row(context)
    command = confirm_command(row)
    context.amazon = Confirming(RetryLater("no answer", perhaps_done=True))
    send(context)
    assert command.state == "open"
    context.amazon.known = {row.amazon_order_id: document(packages=[{"packageReferenceId": "900000003"}])}
    send(context)
    assert len(context.amazon.confirmed) == 1
    assert command.state == "done"


def test_a_refused_confirmation_stays_visible_and_backs_off(context, clock):
    """F72, B-15."""
    row = linked_row(context)
    command = confirm_command(row)
    context.amazon = Confirming(GiveUpOnOrder("OrderItemId 11 is invalid"))
    for minutes in (0, 5, 10, 15):
        clock.time = at(minutes)
        context.lease.renew()
        send(context)
    assert len(context.amazon.confirmed) == 3  # at 0, 5 and 15: the second failure waits 10 minutes
    assert command.state == "open"
    assert command.error == "OrderItemId 11 is invalid"
    assert row.note.startswith("Transmission of tracking information failed.")


def test_read_only_keeps_confirmations_back(context):
    """S-33."""
    row = linked_row(context)
    command = confirm_command(row)
    context.store.settings_json = {"read_only": "on"}
    context.amazon = Confirming()
    send(context)
    assert context.amazon.confirmed == []
    context.store.settings_json = {}
    send(context)
    assert command.state == "done"


def test_an_unforeseen_error_of_one_order_stops_no_other(context, caplog):
    """B-17: it leaves a note, and no message of the error gets into the log."""
    row = linked_row(context)
    confirm_command(row)
    context.amazon = Confirming(KeyError("Ann Lee, 1 Main St"))
    send(context)
    assert only_row().error == "unexpected KeyError"
    assert "KeyError" in caplog.text
    assert "Ann Lee" not in caplog.text
