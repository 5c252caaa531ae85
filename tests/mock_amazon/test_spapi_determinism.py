"""The same calls with the same seed give the same bytes, whatever the database, and also after a snapshot."""

import pytest
from amazon_seller import LONG_AGO, US, SellerClient
from feed_desk import BY_ORDER_DATE, FULFILLMENT, REPORTS, FeedDesk, envelope, shipment
from flask.testing import FlaskClient
from notification_tools import Notifications

from mock_amazon import create_app
from simkit import postgresql
from simkit.clock import VirtualClock
from simkit.postgresql import schema_of
from simkit.program import ServerConfig

LIFE = {"confirm": "30m", "ship": "2h"}


class Listener(FlaskClient):
    """Keeps the answers as they arrive, with all their headers."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.answers = []

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        self.answers.append((answer.status_code, list(answer.headers), answer.get_data()))
        return answer


class Recorder:
    """A new server and a seller, and every byte that the server has answered."""

    def __init__(self, database="sqlite://", seed=7):
        clock = VirtualClock()
        self.app = create_app(ServerConfig(database, clock, seed))
        self.app.test_client_class = Listener
        client = self.app.test_client()
        self.answers = client.answers
        self.seller = SellerClient(client, clock, lambda *_: None)

    def head(self):
        """Up to the middle: a feed in progress, a notification that waits, a life that is planned."""
        seller = self.seller
        seller.sim("reset", {"seed": 7})
        seller.sign_in()
        desk, notes = FeedDesk(seller), Notifications(seller)
        destination = notes.destination()
        notes.subscription(destination)
        notes.switch(delay="10m", duplicates="on", reorder="on")
        self.numbers = [seller.place_unshipped() for _ in range(3)]
        self.numbers.append(seller.place(life=LIFE))
        seller.place(channel="AFN")
        desk.submit(FULFILLMENT, envelope("OrderFulfillment", shipment(self.numbers[0])))
        self.report = desk.asked()
        schedule = {"reportType": BY_ORDER_DATE, "marketplaceIds": [US], "period": "PT1H"}
        desk.call("createReportSchedule", "POST", f"{REPORTS}/schedules", schedule)
        seller.search(maxResultsPerPage=2)
        seller.later(seconds=70)
        state = seller.client.get("/_sim/state").get_json()
        assert [feed["status"] for feed in state["feeds"]] == ["IN_PROGRESS"]
        assert not notes.take()

    def tail(self):
        """From there to the end, and what was answered on the way."""
        del self.answers[:]
        seller, desk, notes = self.seller, FeedDesk(self.seller), Notifications(self.seller)
        seller.confirm_shipment(self.numbers[1], seller.package(self.numbers[1], 1))
        seller.restricted_token({"method": "GET", "path": "/orders/v0/orders/{orderId}/address"})
        for minutes in (2, 10, 30, 200):
            seller.later(minutes=minutes)
            seller.sign_in()
            seller.search(maxResultsPerPage=2), seller.orders_v0(LastUpdatedAfter=LONG_AGO)
            notes.read()
            for number in self.numbers:
                seller.get(number), seller.read_v0(number, "/orderItems")
            state = seller.client.get("/_sim/state").get_json()
        told = desk.report_of(self.report)
        desk.text("getReportDocument", f"{REPORTS}/documents/{told['reportDocumentId']}")
        seller.listing("PUT", "MUG", json={"productType": "PRODUCT", "attributes": {}})
        seller.place()
        assert [feed["status"] for feed in state["feeds"]] == ["DONE"]
        assert seller.state(self.numbers[3])["status"] == "Shipped"
        return list(self.answers)

    def disturb(self):
        """What a restored snapshot has to undo; the clock stands still."""
        seller = self.seller
        for number in self.numbers[:2]:
            seller.sim(f"orders/{number}/cancel")
        seller.place_unshipped(), seller.search(), seller.token(grant_type="x")
        FeedDesk(seller).submit(FULFILLMENT, envelope("OrderFulfillment"))
        Notifications(seller).switch(delay="0s")
        Notifications(seller).read()


@pytest.fixture(scope="module")
def undisturbed():
    recorder = Recorder()
    recorder.head()
    return list(recorder.answers), recorder.tail()


def compare(recorder, undisturbed):
    before, after = undisturbed
    recorder.head()
    assert recorder.answers == before
    recorder.seller.sim("snapshots", {"name": "middle"}, 201)
    recorder.disturb()
    recorder.seller.sim("snapshots/middle/restore")
    assert recorder.tail() == after


def test_the_same_calls_give_the_same_bytes_and_go_on_after_a_snapshot(undisturbed):
    compare(Recorder(), undisturbed)


def test_so_they_do_in_a_file(undisturbed, tmp_path):
    recorder = Recorder(f"sqlite:///{tmp_path / 'amazon.db'}")
    compare(recorder, undisturbed)
    recorder.app.extensions["simulation"].close()


def test_so_they_do_on_postgresql(undisturbed, own_world):
    recorder = Recorder(own_world)
    try:
        compare(recorder, undisturbed)
    finally:
        recorder.app.extensions["simulation"].close()
        postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "amazon")])
