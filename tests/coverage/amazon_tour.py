"""A tour of the Selling Partner API: every operation, with all that it reads and all that it can answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amazon_post import STRANGER, tour_of_notifications
from amazon_seller import EVERYTHING, LONG_AGO, ORDERS_V0, PARTS_V0, US, SellerClient
from amazon_shop import tour_of_shop
from listening import Ear
from notification_tools import ARN, Notifications
from rare_orders import place_all_facts

from mock_amazon import create_app
from mock_amazon.marketplaces import BY_CODE
from mock_amazon.quirks import QUIRKS
from simkit.clock import DEFAULT_START, VirtualClock
from simkit.program import ServerConfig

ELEMENTS = ["buyerInfo", "shippingAddress", "buyerTaxInformation"]
QUEUE = f"{ARN}-3"
UNKNOWN = "112-0000000-0000000"
WHO = {"externalReviewerId": "reviewer1234"}


@dataclass(frozen=True)
class Tour:
    """What was heard on it, and the seller who went."""

    ear: Ear
    seller: SellerClient


def tour() -> Tour:
    clock = VirtualClock()
    clock.freeze()
    clock.set(DEFAULT_START)
    app = create_app(ServerConfig(clock=clock))
    ear = Ear(app)
    seller = SellerClient(app.test_client(), clock, lambda *_: None)
    with ear.listening():
        seller.sign_in()
        seller.sim("sellers", {"seller": "SELLER-1", "marketplaces": list(BY_CODE)}, 201)
        seller.sim("account", {"quirks": dict.fromkeys(QUIRKS, "off"), "throttling": "off"})
        tour_of_notifications(seller)
        post = Notifications(seller)
        post.subscription(post.destination(QUEUE))
        for part in (_sellers, _tokens, _orders, _regulated, tour_of_shop):
            part(seller)
    ear.answers += [("ORDER_CHANGE", 200, message) for message in post.read(QUEUE)]
    return Tour(ear, seller)


def _sellers(seller: SellerClient) -> None:
    for headers in ({}, STRANGER):
        seller.participations(headers=headers)
        seller.call("getAccount", "GET", "/sellers/v1/account", headers=headers)


def _tokens(seller: SellerClient) -> None:
    resource = {"method": "GET", "path": f"{ORDERS_V0}/{{orderId}}", "dataElements": ELEMENTS}
    application = "amzn1.sp.solution.sim"
    assert seller.restricted_token(resource, targetApplication=application).status_code == 200
    assert seller.restricted_token().status_code == 400


def _orders(seller: SellerClient) -> None:
    numbers = place_all_facts(seller)
    for number in (*numbers, UNKNOWN):
        seller.get(number, f"{EVERYTHING},FULFILLMENT_ORDERS")
    paths = [f"{ORDERS_V0}/{{orderId}}{part}" for part in PARTS_V0]
    opened = seller.restrict(*({"method": "GET", "path": path, "dataElements": ELEMENTS} for path in paths))
    for number in (*numbers, UNKNOWN):
        for part in PARTS_V0:
            opened.read_v0(number, part)
    _long_order(opened, seller)
    seller.later(minutes=3)
    _searches(seller)
    _store(seller)


def _long_order(opened: SellerClient, seller: SellerClient) -> None:
    """One whose items need a second page."""
    line = {"qty": 1, "unit_price": "1.00"}
    number = seller.place_unshipped(lines=[{"sku": f"MUG-{each}", **line} for each in range(60)])
    for part in ("/orderItems", "/orderItems/buyerInfo"):
        page = opened.payload(opened.read_v0(number, part))
        assert opened.read_v0(number, part, NextToken=page["NextToken"]).status_code == 200
    seller.sim(f"orders/{number}/ship", {"lines": [{"sku": "MUG-1", "qty": 1}]})


def _searches(seller: SellerClient) -> None:
    page = seller.search(maxResultsPerPage=1, includedData=f"{EVERYTHING},FULFILLMENT_ORDERS").get_json()
    again = {"maxResultsPerPage": 1, "paginationToken": page["pagination"]["nextToken"]}
    assert seller.search(**again).status_code == 200
    assert seller.search(createdAfter=LONG_AGO).status_code == 200
    assert seller.search(createdAfter=LONG_AGO, lastUpdatedAfter=LONG_AGO).status_code == 400
    token = seller.payload(seller.orders_v0(LastUpdatedAfter=LONG_AGO, MaxResultsPerPage=1))["NextToken"]
    assert seller.orders_v0(NextToken=token, MaxResultsPerPage=1).status_code == 200
    assert seller.orders_v0(CreatedAfter=LONG_AGO).status_code == 200
    assert seller.orders_v0(CreatedAfter=LONG_AGO, LastUpdatedAfter=LONG_AGO).status_code == 400


def _store(seller: SellerClient) -> None:
    """An order that is picked up in a store, unit by unit."""
    number = seller.place_unshipped(facts={"in_store_pickup": True})
    items = [{"orderItemId": seller.state(number)["lines"][0]["order_item_id"], "quantity": 1}]
    body = {"marketplaceId": US, "shipmentStatus": "PickedUp", "orderItems": items}
    assert seller.update_shipment(number, body).status_code == 204
    assert seller.update_shipment(UNKNOWN, body).status_code == 404
    in_japan = seller.place_unshipped(marketplace="JP", lines=[{"sku": "MUG", "qty": 1, "unit_price": "100"}])
    package = seller.package(in_japan, 1, carrierCode="Other", carrierName="Takkyubin")
    package |= {"marketplaceId": "A1VC38T7YXB528", "codCollectionMethod": "DirectPayment"}
    package["packageDetail"]["shipFromSupplySourceId"] = "SOURCE-1"
    assert seller.confirm_shipment(in_japan, package).status_code == 204
    seller.confirm_shipment(UNKNOWN, package)


def _regulated(seller: SellerClient) -> None:
    opened = seller.restrict({"method": "GET", "path": f"{ORDERS_V0}/{{orderId}}/regulatedInfo"})
    for verdict in _verdicts():
        fields = [{"id": "pet_name", "label": "Name", "value": "Ruffus"}]
        number = seller.place_unshipped(regulated={"fields": fields, "dosage_label": True})
        path, body = f"{ORDERS_V0}/{number}/regulatedInfo", {"regulatedOrderVerificationStatus": verdict}
        opened.call("getOrderRegulatedInfo", "GET", path)
        answer = seller.call("updateVerificationStatus", "PATCH", path, json=body)
        assert answer.status_code == 204, answer.get_json()
        opened.call("getOrderRegulatedInfo", "GET", path)
    path = f"{ORDERS_V0}/{UNKNOWN}/regulatedInfo"
    seller.call("getOrderRegulatedInfo", "GET", path)
    seller.call("updateVerificationStatus", "PATCH", path, json={"regulatedOrderVerificationStatus": WHO})


def _verdicts() -> list[dict[str, Any]]:
    names = ("prescriptionId", "usageInstructions", "clinicId")
    counts = ("writtenQuantity", "totalRefillsAuthorized", "refillsRemaining")
    prescription = {**dict.fromkeys(names, "1"), **dict.fromkeys(counts, 3)}
    alternative = {"attributeName": "asin", "originalValue": "B00DOG", "approvedValue": "B00CAT"}
    interim = {"statusCode": "vet_contacted", "statusDateTime": "2026-02-26T10:00:00Z"}
    told = {
        "Approved": {"prescriptionDetail": {**prescription, "expirationDate": "2027-01-01T00:00:00Z"}},
        "Rejected": {"approvedAlternativeDetails": [alternative]},
        "Pending": {"interimStatusDetail": interim},
    }
    verdicts = [{"status": status, "verificationDetails": details, **WHO} for status, details in told.items()]
    verdicts[1]["rejectionReasonId"] = "incorrect_weight"
    return verdicts
