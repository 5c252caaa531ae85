"""Where answers differ from Amazon's own models while the default quirks are on: a closed list.

One tour asks every operation of both versions for every kind of order. Each entry names the quirk that makes
the difference; one that the tour does not meet any more has to go.
"""

import pytest
from amazon_seller import LONG_AGO, PARTS_V0, US, SellerClient
from rare_orders import full_order
from vendor_models import VendorModels

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
        self._errors(numbers[0])
        self.seller.participations()
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
    assert set(statuses) >= {
        "searchOrders",
        "getOrder",
        "getOrders",
        "confirmShipment",
        "updateShipmentStatus",
        *PARTS_V0.values(),
    }
    assert statuses["getOrders"] >= {200, 400, 429}
    assert statuses["searchOrders"] >= {200, 400, 429}
    assert statuses["getOrderV0"] >= {200, 403}
