"""The whole flow of Amazon's own client for Python in one go, from the orders to a bucket that runs dry."""

import json

import pytest
import requests
from live_amazon import LINE
from saleweaver_steps import ARN, DIRECTIVE, FULFILLMENT, REPORT, US, XML, fulfillment
from spapi import (
    FeedsApi,
    ListingsApi,
    NotificationsApi,
    OrdersV0Api,
    ReportsApi,
    SearchOrdersApi,
    SPAPIClient,
    SPAPIConfig,
    TokensApi,
)
from spapi.rest import ApiException

from mock_amazon import defaults

pytestmark = pytest.mark.sockets

SINCE = "2026-03-01T00:00:00Z"
SELLER = {"refresh_token": defaults.REFRESH_TOKEN}
APPLICATION = {"scope": "sellingpartnerapi::notifications", "grant_type": "client_credentials"}


def client_at(mock, access):
    login = {"client_id": defaults.CLIENT_ID, "client_secret": defaults.CLIENT_SECRET}
    config = SPAPIConfig(region="NA", **login, **access)
    return SPAPIClient(config, oauth_endpoint=f"{mock.url}/auth/o2/token", endpoint=mock.url).api_client


def test_the_whole_flow(mock):
    client, application = client_at(mock, SELLER), client_at(mock, APPLICATION)
    notifications = NotificationsApi(client)
    destination = subscribe(notifications, NotificationsApi(application))
    orders = OrdersV0Api(client)
    number, by_feed = mock.place("A1"), mock.place("A2")
    mock.wait(minutes=3)
    assert {
        order.amazon_order_id for order in orders.get_orders([US], created_after=SINCE).payload.orders
    } == {
        number,
        by_feed,
    }
    assert len(SearchOrdersApi(client).search_orders(created_after=SINCE).orders) == 2
    resource = {"method": "GET", "path": f"/orders/v0/orders/{number}/address"}
    assert TokensApi(client).create_restricted_data_token({"restrictedResources": [resource]}).expires_in
    ship(orders, number)
    ship_by_feed(mock, FeedsApi(client), by_feed)
    assert {orders.get_order(each).payload.order_status for each in (number, by_feed)} == {"Shipped"}
    mock.wait(minutes=1)  # on its way
    changed = [each["AmazonOrderId"] for each in received(mock)]
    assert set(changed) == {number, by_feed}
    assert [changed.count(number), changed.count(by_feed)] == [3, 2]  # placed, in part, whole; placed, whole
    notifications.delete_subscription_by_id(destination, "ORDER_CHANGE")
    read_report(mock, ReportsApi(client), number)
    set_quantity(mock, ListingsApi(client))
    run_dry(mock, orders, number)


def subscribe(notifications, of_application):
    wish = {"name": "orders", "resourceSpecification": {"sqs": {"arn": ARN}}}
    destination = of_application.create_destination(wish).payload.destination_id
    body = {"destinationId": destination, "payloadVersion": "1.0", "processingDirective": DIRECTIVE}
    return notifications.create_subscription("ORDER_CHANGE", body).payload.subscription_id


def ship(orders, number):
    (item,) = orders.get_order_items(number).payload.order_items
    for reference, status in (("1", "PartiallyShipped"), ("2", "Shipped")):
        package = {
            "packageReferenceId": reference,
            "carrierCode": "UPS",
            "trackingNumber": "1ZTEST",
            "shipDate": "2026-03-01T09:00:00Z",
            "orderItems": [{"orderItemId": item.order_item_id, "quantity": 1}],
        }
        orders.confirm_shipment(number, {"marketplaceId": US, "packageDetail": package})
        assert orders.get_order(number).payload.order_status == status


def ship_by_feed(mock, feeds, number):
    document = feeds.create_feed_document({"contentType": XML})
    requests.put(document.url, data=fulfillment(number), headers={"Content-Type": XML}, timeout=10)
    wish = {"feedType": FULFILLMENT, "marketplaceIds": [US], "inputFeedDocumentId": document.feed_document_id}
    feed_id = feeds.create_feed(wish).feed_id
    mock.wait(minutes=2)
    result = feeds.get_feed_document(feeds.get_feed(feed_id).result_feed_document_id)
    assert "<MessagesSuccessful>1<" in requests.get(result.url, timeout=10).text


def received(mock):
    """The changes that wait in the queue."""
    messages = mock.sim("notifications/messages/receive", destination=ARN)["messages"]
    return [json.loads(each["body"])["Payload"]["OrderChangeNotification"] for each in messages]


def read_report(mock, reports, number):
    wish = {"reportType": REPORT, "marketplaceIds": [US], "dataStartTime": "2026-02-25T00:00:00Z"}
    report_id = reports.create_report(wish).report_id
    mock.wait(minutes=2)
    document = reports.get_report_document(reports.get_report(report_id).report_document_id)
    assert number in requests.get(document.url, timeout=10).text


def set_quantity(mock, listings):
    mock.sim("listings", sku="CUP", seller_sku="CUP")
    value = [{"fulfillment_channel_code": "DEFAULT", "quantity": 7}]
    patch = {"op": "replace", "path": "/attributes/fulfillment_availability", "value": value}
    body = {"productType": "PRODUCT", "patches": [patch]}
    assert listings.patch_listings_item("SELLER-1", "CUP", [US], body).status == "ACCEPTED"
    mock.place("A3", lines=[{**LINE, "sku": "CUP"}])
    item = listings.get_listings_item("SELLER-1", "CUP", [US], included_data=["fulfillmentAvailability"])
    assert item.fulfillment_availability[0].quantity == 7 - LINE["qty"]


def run_dry(mock, orders, number):
    with pytest.raises(ApiException) as refused:
        ask_often(orders, number)
    assert refused.value.status == 429
    mock.wait(seconds=2)
    assert orders.get_order_items(number).payload.order_items


def ask_often(orders, number):
    for _ in range(31):
        orders.get_order_items(number)
