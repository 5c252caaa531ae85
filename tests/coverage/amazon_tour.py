"""A tour of the Selling Partner API: every operation, with all that it reads and all that it can answer."""

from __future__ import annotations

from typing import Any

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
UNKNOWN = "112-0000000-0000000"
WHO = {"externalReviewerId": "reviewer1234"}
STRANGER = {"x-amz-access-token": "unknown"}
PARCEL = {
    **dict.fromkeys(("id", "acsin", "aftn", "containerNumber", "houseBillOfLadingNumber"), "1"),
    "carrierTracking": {"trackingNumber": "1Z999AA10123456784", "carrierCode": "UPS"},
}


def tour() -> Ear:
    """Everything that was heard on it."""
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
        for part in (_sellers, _tokens, _notifications, _orders, _regulated, tour_of_shop):
            part(seller)
    return ear


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


def _notifications(seller: SellerClient) -> None:
    post = Notifications(seller)
    bus = {"eventBridge": {"region": "us-east-1", "accountId": "123456789012"}}
    assert post.make_destination({"name": "bus", "resourceSpecification": bus}).status_code == 200
    queue = post.destination(ARN)
    post.destinations()
    post.read_destination(queue)
    post.read_destination("unknown")
    filters = {"marketplaceIds": [US], "orderChangeTypes": ["OrderStatusChange", "BuyerRequestedChange"]}
    subscription = post.subscription(queue, **filters)
    offers = {
        "eventFilterType": "ANY_OFFER_CHANGED",
        "marketplaceIds": [US],
        "aggregationSettings": {"aggregationTimePeriod": "FiveMinutes"},
    }
    assert post.subscribe(queue, "ANY_OFFER_CHANGED", offers).status_code == 200
    assert post.subscribe(queue, "FEED_PROCESSING_FINISHED", None).status_code == 200
    kind = "SHIPMENT_TRACKING_MILESTONE_CHANGED"
    parcel = {"eventFilterType": kind, "trackingIdentifier": PARCEL}
    assert post.subscribe(queue, kind, parcel).status_code == 200
    expression = {"processingDirective": {"filterExpression": "true"}}
    assert post.subscribe(queue, "REPORT_PROCESSING_FINISHED", None, **expression).status_code == 400
    for kind in ("ORDER_CHANGE", "ANY_OFFER_CHANGED", kind, "FEED_PROCESSING_FINISHED", "PRICING_HEALTH"):
        post.read_subscription(kind)
    post.read_subscription(payloadVersion="1.0")
    for number in range(2, 33):
        post.subscribe(queue, "FEE_PROMOTION", None, payloadVersion=f"{number}.0")
    page = seller.payload(post.subscriptions(notificationTypes="FEE_PROMOTION"))
    again = post.subscriptions(notificationTypes="FEE_PROMOTION", nextToken=page["nextToken"])
    assert again.status_code == 200
    post.subscription_by_id(subscription)
    test = {"payloadVersion": "1.0", "testScenario": "OrderStatusChange"}
    assert post.send_test({"destinationId": queue, "testNotification": test}).status_code == 200
    post.unsubscribe(subscription)
    post.drop_destination(queue)
    other = post.destination(f"{ARN}-2")
    for status in (200, 404):
        assert post.drop_destination(other).status_code == status
    _refused(post)


def _refused(post: Notifications) -> None:
    assert post.make_destination({}).status_code == 400
    assert post.subscriptions().status_code == 400
    for kind, status in (("ORDER_CHANGE", 404), ("NOPE", 400)):
        assert post.subscription_by_id("unknown", kind).status_code == status
    assert post.unsubscribe("unknown").status_code == 404
    assert post.send_test({}).status_code == 400
    post.application.headers = STRANGER
    assert post.destinations().status_code == 403
