"""What python-amazon-sp-api does after orders: feeds, notifications, reports and listings, sync and async.

A step is given the client of its section, and the mock's address for what only the simulator has.
"""

import inspect
import io
import json

import requests

US = "ATVPDKIKX0DER"
XML = "text/xml; charset=UTF-8"
FULFILLMENT = "POST_ORDER_FULFILLMENT_DATA"
REPORT = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
ARN = "arn:aws:sqs:us-east-1:123456789012:orders"
DIRECTIVE = {"eventFilter": {"eventFilterType": "ORDER_CHANGE"}}
LINE = {"sku": "MUG", "qty": 1, "unit_price": "5.00"}
PAID = {"status": "Unshipped", "lines": [LINE]}


async def settled(answer):
    """What a call answers, whether it has to be awaited or not."""
    return await answer if inspect.isawaitable(answer) else answer


def sim(url, path, **body):
    answer = requests.post(f"{url}/_sim/{path}", json=body, timeout=10)
    assert answer.ok, answer.text
    return answer.json()


def fulfillment(number):
    return (
        "<AmazonEnvelope><MessageType>OrderFulfillment</MessageType><Message><MessageID>1</MessageID>"
        f"<OrderFulfillment><AmazonOrderID>{number}</AmazonOrderID>"
        "<FulfillmentDate>2026-03-01T09:00:00Z</FulfillmentDate></OrderFulfillment></Message></AmazonEnvelope>"
    )


async def ships_by_feed(feeds, orders, url):
    """Document, upload, feed, wait, result; then the order is shipped."""
    number = sim(url, "orders", **PAID)["amazon_order_id"]
    document = io.StringIO(fulfillment(number))
    _, made = await settled(feeds.submit_feed(FULFILLMENT, document, XML, marketplaceIds=[US]))
    feed_id = made.payload["feedId"]
    assert (await settled(feeds.get_feed(feed_id))).payload["processingStatus"] == "IN_QUEUE"
    sim(url, "clock", advance="2m")
    told = (await settled(feeds.get_feed(feed_id))).payload
    assert told["processingStatus"] == "DONE"
    result = await settled(feeds.get_feed_document(told["resultFeedDocumentId"]))
    assert "<MessagesSuccessful>1<" in result
    assert (await settled(orders.get_order(number))).payload["OrderStatus"] == "Shipped"


async def is_notified(notifications, url):
    """Destination, subscription, a change of an order, and its message in the queue."""
    made = await settled(notifications.create_destination("orders", arn=ARN))
    destination = made.payload["destinationId"]
    made = await settled(
        notifications.create_subscription("ORDER_CHANGE", destination, processingDirective=DIRECTIVE)
    )
    known = await settled(notifications.get_subscription("ORDER_CHANGE"))
    assert known.payload["subscriptionId"] == made.payload["subscriptionId"]
    number = sim(url, "orders", **PAID)["amazon_order_id"]
    sim(url, "clock", advance="1m")
    (message,) = sim(url, "notifications/messages/receive", destination=ARN)["messages"]
    body = json.loads(message["body"])
    assert body["NotificationType"] == "ORDER_CHANGE"
    assert body["Payload"]["OrderChangeNotification"]["AmazonOrderId"] == number
    subscription = made.payload["subscriptionId"]
    await settled(notifications.delete_notification_subscription("ORDER_CHANGE", subscription))
    await settled(notifications.delete_destination(destination))


async def reads_a_report(reports, number, url):
    made = await settled(reports.create_report(reportType=REPORT, dataStartTime="2026-02-25T00:00:00Z"))
    sim(url, "clock", advance="2m")
    told = (await settled(reports.get_report(made.payload["reportId"]))).payload
    assert told["processingStatus"] == "DONE"
    read = await settled(reports.get_report_document(told["reportDocumentId"], download=True))
    assert any(line.startswith(number) for line in read.payload["document"].splitlines())


async def sets_a_quantity(listings, url):
    sim(url, "listings", sku="CUP", seller_sku="CUP")
    value = [{"fulfillment_channel_code": "DEFAULT", "quantity": 7}]
    patch = {"op": "replace", "path": "/attributes/fulfillment_availability", "value": value}
    body = {"productType": "PRODUCT", "patches": [patch]}
    done = await settled(listings.patch_listings_item("SELLER-1", "CUP", marketplaceIds=[US], body=body))
    assert done.payload["status"] == "ACCEPTED"
    wish = {"marketplaceIds": [US], "includedData": ["fulfillmentAvailability"]}
    item = (await settled(listings.get_listings_item("SELLER-1", "CUP", **wish))).payload
    assert item["fulfillmentAvailability"][0]["quantity"] == 7
