"""Where answers differ from Amazon's own models while the default quirks are on: a closed list.

One tour asks every operation of every model, for every kind of order too. Each entry names the quirk that
makes the difference; one that the tour does not meet any more has to go.
"""

import hostile
import pytest
from amazon_seller import LONG_AGO, PARTS_V0, US, SellerClient
from feed_desk import ACKNOWLEDGEMENT, BY_ORDER_DATE, FEEDS, REPORTS, FeedDesk, envelope
from notification_tools import Notifications
from rare_orders import full_order
from vendor_models import FILES, VendorModels

from mock_amazon.access.grantless import GRANTLESS
from mock_amazon.quirks import QUIRKS

DIFFERENCES = {
    ("getOrderV0", 200, "payload required"): "unknown_order_empty",
    ("getOrderAddress", 200, "payload required"): "unknown_order_empty",
    ("getOrderBuyerInfo", 200, "payload required"): "unknown_order_empty",
    ("getOrderItems", 200, "payload required"): "unknown_order_empty",
    ("getOrderItemsBuyerInfo", 200, "payload required"): "unknown_order_empty",
    ("getOrders", 200, "payload.Orders.[].IsReplacementOrder type"): "replacement_flag_text",
    ("getOrders", 400, "errors.[].message type"): "raw_token_without_message",
}
RARE = 5
"""So many orders of the tour have what few have."""
INCLUDED = (
    *("summaries", "attributes", "issues", "offers", "fulfillmentAvailability"),
    *("procurement", "relationships", "productTypes"),
)
NEVER_WRONG = {"getAccount", "getMarketplaceParticipations", "getDestinations"}
"""Operations without parameters."""
UNKNOWN = "112-0000000-0000000"
RESTRICTED = {"method": "GET", "dataElements": ["buyerInfo", "shippingAddress", "buyerTaxInformation"]}


class Tour:
    """Calls whose answers are judged, and what the judge found."""

    def __init__(self, seller: SellerClient, models: VendorModels) -> None:
        self.found: set[tuple[str, int, str]] = set()
        self.answers: set[tuple[str, int]] = set()
        self._models = models
        self.seller = SellerClient(seller.client, seller.clock, self._judge)
        self.seller.headers = seller.headers

    def go(self) -> set[tuple[str, int, str]]:
        numbers = [*self._orders(), UNKNOWN]
        self.seller.later(days=8)  # late enough for all that depends on time
        self.seller.sign_in()
        for number in numbers:
            self.seller.get(number)
            for part in PARTS_V0:
                self.seller.read_v0(number, part)
        self._lists(numbers[:-1])
        self._regulated()
        self._listings()
        self._inventory()
        self._feeds()
        self._reports()
        self._notifications()
        self._account()
        self._errors(numbers[0])
        self._refusals()
        return self.found

    def _judge(self, operation, response):
        self.answers.add((operation, response.status_code))
        self.found |= self._models.differences(operation, response)

    def _orders(self):
        seller = self.seller
        for channel in ("MFN", "AFN"):
            yield seller.place(channel=channel)
            yield seller.place_unshipped(channel=channel, business=True, prime=True)
            for verb in ("ship", "cancel"):
                number = seller.place_unshipped(channel=channel)
                seller.sim(f"orders/{number}/{verb}")
                yield number
        part = seller.place_unshipped()
        seller.confirm_shipment(part, seller.package(part, 1))
        yield part
        gift = {
            "sku": "MUG",
            "qty": 1,
            "unit_price": "5.00",
            "gift_wrap": "1.00",
            "gift_message": "All the best",
        }
        yield seller.place_unshipped(lines=[gift])
        original = seller.place_unshipped()
        yield seller.place_unshipped(replacement_of=original)
        yield seller.place(status="PendingAvailability")
        yield from self._rare()

    def _rare(self):
        """All that few orders have, of every status and both channels."""
        seller = self.seller
        for status in ("Unshipped", "Shipped", "Pending"):
            yield seller.place(status=status, **full_order())
        yield seller.place(status="Shipped", **full_order(channel="AFN"))
        picked_up = seller.place_unshipped(facts={"in_store_pickup": True})
        seller.update_shipment(picked_up, {"marketplaceId": US, "shipmentStatus": "PickedUp"})
        seller.update_shipment(picked_up, {"marketplaceId": "1", "shipmentStatus": "ReadyForPickup"})
        yield picked_up

    def _lists(self, numbers):
        seller = self.seller
        seller.search(), seller.search(createdAfter=LONG_AGO), seller.search(maxResultsPerPage=3)
        (
            seller.orders_v0(CreatedAfter=LONG_AGO),
            seller.orders_v0(LastUpdatedAfter=LONG_AGO, MaxResultsPerPage=3),
        )
        opened = seller.restrict({**RESTRICTED, "path": "/orders/v0/orders"})
        opened.orders_v0(CreatedAfter=LONG_AGO)
        paths = {part: f"/orders/v0/orders/{{orderId}}{part}" for part in PARTS_V0}
        resources = [{**RESTRICTED, "path": path} for path in paths.values()]
        opened = seller.restrict(*resources)
        for number in numbers[-RARE:]:
            for part in paths:
                opened.read_v0(number, part)

    def _regulated(self):
        seller = self.seller
        number = seller.place_unshipped(regulated={})
        path = f"/orders/v0/orders/{number}/regulatedInfo"
        seller.call("getOrderRegulatedInfo", "GET", path)
        opened = seller.restrict({"method": "GET", "path": path})
        opened.call("getOrderRegulatedInfo", "GET", path)
        verdict = {"status": "Approved", "externalReviewerId": "R1"}
        body = {"regulatedOrderVerificationStatus": verdict}
        seller.call("updateVerificationStatus", "PATCH", path, json=body)

    def _listings(self):
        seller = self.seller
        bodies = hostile.good_bodies(seller, seller.place_unshipped())
        included = ",".join(INCLUDED)
        for method in ("put", "patch", "get", "delete"):
            body = bodies.get(f"{method}ListingsItem")
            seller.listing(method.upper(), "CUP", **({"json": body} if body else {}))
            seller.listing(method.upper(), "MUG", json={})
        seller.listing("GET", "MUG", query={"includedData": included})
        seller.search_listings(), seller.search_listings(pageSize=1, includedData=included)
        seller.search_listings(pageSize="x")

    def _inventory(self):
        seller, path = self.seller, "/fba/inventory/v1/items"
        bodies = hostile.good_bodies(seller, seller.place_unshipped())
        seller.call("createInventoryItem", "POST", path, json=bodies["createInventoryItem"])
        headers = {"x-amzn-idempotency-token": "T1"}
        added = bodies["addInventory"]
        seller.call("addInventory", "POST", f"{path}/inventory", json=added, headers=headers)
        seller.summaries(details="true"), seller.later(seconds=1), seller.summaries(details="x")
        for _ in range(2):
            query = {"marketplaceId": US}
            seller.call("deleteInventoryItem", "DELETE", f"{path}/NEW", query_string=query)

    def _feeds(self):
        desk = FeedDesk(self.seller)
        desk.done(ACKNOWLEDGEMENT, envelope("OrderAcknowledgement"))
        cancelled = desk.submit(ACKNOWLEDGEMENT, envelope("OrderAcknowledgement"))
        desk.call("cancelFeed", "DELETE", f"{FEEDS}/feeds/{cancelled}")
        desk.call("getFeeds", "GET", f"{FEEDS}/feeds", feedTypes=ACKNOWLEDGEMENT, pageSize=1)

    def _reports(self):
        desk = FeedDesk(self.seller)
        desk.rows(BY_ORDER_DATE)
        desk.call("cancelReport", "DELETE", f"{REPORTS}/reports/{desk.asked()}")
        desk.call("getReports", "GET", f"{REPORTS}/reports", reportTypes=BY_ORDER_DATE, pageSize=1)
        wish = {"reportType": BY_ORDER_DATE, "marketplaceIds": [US], "period": "PT1H"}
        made = desk.call("createReportSchedule", "POST", f"{REPORTS}/schedules", wish)
        path = f"{REPORTS}/schedules/{made.get_json()['reportScheduleId']}"
        desk.call("getReportSchedules", "GET", f"{REPORTS}/schedules", reportTypes=BY_ORDER_DATE)
        desk.call("getReportSchedule", "GET", path), desk.call("cancelReportSchedule", "DELETE", path)

    def _notifications(self):
        notes = Notifications(self.seller)
        destination = notes.destination()
        subscription = notes.subscription(destination)
        notes.destinations(), notes.read_destination(destination), notes.read_subscription()
        notes.subscriptions(notificationTypes="ORDER_CHANGE"), notes.subscription_by_id(subscription)
        test = {"payloadVersion": "1.0", "testScenario": "ORDER_CHANGE"}
        notes.send_test({"destinationId": destination, "testNotification": test})
        notes.unsubscribe(subscription), notes.drop_destination(destination)

    def _account(self):
        self.seller.participations()
        self.seller.call("getAccount", "GET", "/sellers/v1/account")

    def _refusals(self):
        """Every operation, without a token and with nothing that it needs."""
        for name, (_, path, method) in FILES.items():
            self.seller.later(minutes=5)
            self.seller.sign_in()
            application = Notifications(self.seller).application
            known = application.headers if name in GRANTLESS else self.seller.headers
            for headers in ({}, known):
                self.seller.headers = headers
                self.seller.call(name, method.upper(), path, data=b"[")

    def _errors(self, number):
        seller = self.seller
        seller.search(createdAfter="yesterday"), seller.orders_v0(CreatedAfter="yesterday")
        seller.orders_v0(CreatedAfter=LONG_AGO, NextToken="a b+c/d=")
        seller.confirm_shipment(number, {}), seller.restricted_token()
        for call in (seller.search, lambda: seller.orders_v0(CreatedAfter=LONG_AGO)):
            while call().status_code != 429:
                pass
        seller.headers = {}
        seller.get(number), seller.read_v0(number)


@pytest.fixture
def tour(amazon, contracts):
    return Tour(amazon, VendorModels(contracts))


def test_by_default_answers_differ_from_the_model_by_named_quirks_only(tour):
    assert tour.go() == set(DIFFERENCES)


@pytest.mark.parametrize("quirk", sorted(set(DIFFERENCES.values())))
def test_a_difference_goes_with_its_quirk(tour, quirk):
    tour.seller.sim("account", {"quirks": {quirk: "off"}})
    assert tour.go() == {place for place, name in DIFFERENCES.items() if name != quirk}


def test_with_quirks_off_every_answer_is_as_the_model_says(tour):
    tour.seller.sim("account", {"quirks": dict.fromkeys(QUIRKS, "off")})
    assert tour.go() == set()


def test_the_tour_sees_every_operation_succeed_and_fail(tour):
    tour.go()
    statuses = {}
    for operation, status in tour.answers:
        statuses.setdefault(operation, set()).add(status)
    assert set(statuses) == set(FILES)
    for operation, seen in statuses.items():
        assert any(status < 300 for status in seen), operation
        assert 403 in seen, operation
        assert {400, 404} & seen or operation in NEVER_WRONG, operation
    assert statuses["getOrders"] >= {200, 400, 429}
    assert statuses["searchOrders"] >= {200, 400, 429}
