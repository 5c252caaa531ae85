"""The part of the tour that is about notifications."""

from __future__ import annotations

from amazon_seller import US, SellerClient
from notification_tools import ARN, Notifications

STRANGER = {"x-amz-access-token": "unknown"}
PARCEL = {
    **dict.fromkeys(("id", "acsin", "aftn", "containerNumber", "houseBillOfLadingNumber"), "1"),
    "carrierTracking": {"trackingNumber": "1Z999AA10123456784", "carrierCode": "UPS"},
}


def tour_of_notifications(seller: SellerClient) -> None:
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
    for each in ("ORDER_CHANGE", "ANY_OFFER_CHANGED", kind, "FEED_PROCESSING_FINISHED", "PRICING_HEALTH"):
        post.read_subscription(each)
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
