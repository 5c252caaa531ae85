"""Submitting feeds and fetching reports, as tests do it."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Any

from amazon_seller import US, SellerClient
from defusedxml.ElementTree import fromstring
from werkzeug.test import TestResponse

FEEDS, REPORTS = "/feeds/2021-06-30", "/reports/2021-06-30"
XML = "text/xml; charset=UTF-8"
FULFILLMENT, FLAT = "POST_ORDER_FULFILLMENT_DATA", "POST_FLAT_FILE_FULFILLMENT_DATA"
ACKNOWLEDGEMENT, ADJUSTMENT = "POST_ORDER_ACKNOWLEDGEMENT_DATA", "POST_PAYMENT_ADJUSTMENT_DATA"
TYPES = {
    "OrderFulfillment": FULFILLMENT,
    "OrderAcknowledgement": ACKNOWLEDGEMENT,
    "OrderAdjustment": ADJUSTMENT,
}
BY_ORDER_DATE = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
BY_LAST_UPDATE = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"


def envelope(message_type: str, *messages: str, merchant: str = "SELLER-1") -> bytes:
    inside = "".join(
        f"<Message><MessageID>{number}</MessageID><{message_type}>{message}</{message_type}></Message>"
        for number, message in enumerate(messages, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><AmazonEnvelope>'
        f"<Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>{merchant}</MerchantIdentifier>"
        f"</Header><MessageType>{message_type}</MessageType>{inside}</AmazonEnvelope>"
    ).encode()


def shipment(number: str, *items: tuple[str, int], tracking: str = "1Z999AA10123456784", **more: str) -> str:
    """The inside of an OrderFulfillment by UPS, of these (item code, units); ``more`` replaces elements."""
    parts = {
        "AmazonOrderID": number,
        "FulfillmentDate": "2026-03-01T08:30:00+00:00",
        "CarrierCode": "UPS",
        "ShippingMethod": "Ground",
        "ShipperTrackingNumber": tracking,
    } | more
    data = ("CarrierCode", "CarrierName", "ShippingMethod", "ShipperTrackingNumber")
    outer = "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts.items() if tag not in data)
    inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts.items() if tag in data)
    listed = "".join(
        f"<Item><AmazonOrderItemCode>{code}</AmazonOrderItemCode><Quantity>{units}</Quantity></Item>"
        for code, units in items
    )
    return f"{outer}<FulfillmentData>{inner}</FulfillmentData>{listed}"


class FeedDesk:
    """A seller who submits feeds and asks for reports."""

    def __init__(self, seller: SellerClient) -> None:
        self.seller = seller

    def document(self, content_type: str = XML) -> dict[str, Any]:
        answer = self.call("createFeedDocument", "POST", f"{FEEDS}/documents", {"contentType": content_type})
        assert answer.status_code == 201, answer.get_json()
        return answer.get_json()  # type: ignore[no-any-return]

    def put(self, url: str, content: bytes, content_type: str = XML) -> TestResponse:
        return self.seller.client.put(url, data=content, headers={"Content-Type": content_type})

    def uploaded(self, content: bytes, content_type: str = XML) -> str:
        document = self.document(content_type)
        assert self.put(document["url"], content, content_type).status_code == 200
        return str(document["feedDocumentId"])

    def create(
        self, document_id: str, kind: str, markets: Sequence[str] = (US,), **more: Any
    ) -> TestResponse:
        body = {"feedType": kind, "marketplaceIds": list(markets), "inputFeedDocumentId": document_id, **more}
        return self.call("createFeed", "POST", f"{FEEDS}/feeds", body)

    def submit(self, kind: str, content: bytes, content_type: str = XML) -> str:
        answer = self.create(self.uploaded(content, content_type), kind)
        assert answer.status_code == 202, answer.get_json()
        return str(answer.get_json()["feedId"])

    def feed(self, feed_id: str) -> dict[str, Any]:
        answer = self.call("getFeed", "GET", f"{FEEDS}/feeds/{feed_id}")
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()  # type: ignore[no-any-return]

    def done(self, kind: str, content: bytes, content_type: str = XML) -> str:
        """Submit, wait until it is done, and answer the text of the result."""
        feed_id = self.submit(kind, content, content_type)
        self.seller.later(minutes=2)
        feed = self.feed(feed_id)
        assert feed["processingStatus"] == "DONE", feed
        return self.text("getFeedDocument", f"{FEEDS}/documents/{feed['resultFeedDocumentId']}").decode()

    def fulfil(self, *messages: str) -> dict[str, Any]:
        return self.report("OrderFulfillment", *messages)

    def report(self, message_type: str, *messages: str) -> dict[str, Any]:
        """The result of an XML feed: its counts, and (message, result, code, text) of each note."""
        text = self.done(TYPES[message_type], envelope(message_type, *messages))
        return read_report(text)

    def text(self, operation: str, path: str) -> bytes:
        answer = self.call(operation, "GET", path)
        assert answer.status_code == 200, answer.get_json()
        told = answer.get_json()
        content = self.seller.client.get(told["url"]).get_data()
        return gzip.decompress(content) if told.get("compressionAlgorithm") == "GZIP" else content

    def ask(self, kind: str = BY_ORDER_DATE, **body: Any) -> TestResponse:
        wish = {"reportType": kind, "marketplaceIds": [US], "dataStartTime": "2026-02-20"} | body
        return self.call("createReport", "POST", f"{REPORTS}/reports", wish)

    def asked(self, kind: str = BY_ORDER_DATE, **body: Any) -> str:
        answer = self.ask(kind, **body)
        assert answer.status_code == 202, answer.get_json()
        return str(answer.get_json()["reportId"])

    def report_of(self, report_id: str) -> dict[str, Any]:
        answer = self.call("getReport", "GET", f"{REPORTS}/reports/{report_id}")
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()  # type: ignore[no-any-return]

    def rows(self, kind: str = BY_ORDER_DATE, **body: Any) -> list[dict[str, str]]:
        """Have a report made and read it."""
        report_id = self.asked(kind, **body)
        self.seller.later(minutes=2)
        report = self.report_of(report_id)
        assert report["processingStatus"] == "DONE", report
        return read_rows(self.text("getReportDocument", f"{REPORTS}/documents/{report['reportDocumentId']}"))

    def call(self, operation: str, method: str, path: str, body: Any = None, **query: Any) -> TestResponse:
        more = {} if body is None else {"json": body}
        return self.seller.call(operation, method, path, query_string=query, **more)


def read_report(text: str) -> dict[str, Any]:
    root = fromstring(text)
    assert root.findtext("MessageType") == "ProcessingReport"
    (report,) = root.iter("ProcessingReport")
    counts = {each.tag.removeprefix("Messages"): int(each.text) for each in report.find("ProcessingSummary")}
    tags = ("MessageID", "ResultCode", "ResultMessageCode", "ResultDescription")
    notes = [tuple(result.findtext(tag) for tag in tags) for result in report.iter("Result")]
    return {**counts, "notes": notes}


def read_rows(content: bytes, charset: str = "cp1252") -> list[dict[str, str]]:
    heading, *lines = content.decode(charset).splitlines()
    names = heading.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]
