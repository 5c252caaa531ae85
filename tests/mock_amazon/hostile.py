"""What a client may send by mistake or on purpose, and what would be right for every operation."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from amazon_seller import LONG_AGO, US, SellerClient
from feed_desk import ACKNOWLEDGEMENT, BY_ORDER_DATE
from notification_tools import ARN, FILTER
from vendor_models import FILES

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
TEXTS = {
    "NUL": "%00",
    "a NUL inside": "a%00b",
    "emoji": quote("😀👩‍👩‍👧"),
    "10 kB": "A" * 10_240,
    "traversal": "..%2F..%2F..%2Fetc%2Fpasswd",
    "raw traversal": "../../etc/passwd",
    "a slash": "a%2Fb",
    "a lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "broken percents": "%zz%",
    "a new line": "a%0D%0AX-Injected:%20yes",
    "quotes": quote("' OR 1=1; --\"<script>", safe=""),
    "spaces": "%20%20",
    "right to left": quote("\u202e112-1234567-1234567"),
    "other digits": quote("٣١٢-1234567-1234567"),
    "a large number": "9" * 400,
    "a negative number": "-1",
    "a float": "1e999",
    "a format": quote("{0.__class__}%s${7*7}", safe=""),
}
"""Percent-encoded already."""
VALUES = {
    **TEXTS,
    "nothing": "",
    "no such day": "2026-02-30T00:00:00Z",
    "year 0": "0000-01-01T00:00:00Z",
    "year 9999": "9999-12-31T23:59:59.999Z",
    "before all time": "0001-01-01T00:00:00%2B14:00",
    "an offset unescaped": "2026-01-01T00:00:00+09:00",
    "many commas": ",,,," * 500,
    "many values": ",".join(["A"] * 1000),
    "a token": quote("eyJhIjoxfQ==.AAAA+/=", safe=""),
}
"""Values of parameters of the query."""
DEEP = 100_000
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"<html>no JSON</html>",
    "a list": b"[]",
    "text": b'"text"',
    "a number": b"1",
    "null": b"null",
    "an empty object": b"{}",
    "a deep list": b"[" * DEEP + b"]" * DEEP,
    "a deep object": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": 1e999}',
    "a huge number": b'{"a": ' + b"9" * 5_000 + b"}",
    "no UTF-8": b'{"a": "\xff\xfe"}',
    "a lone surrogate": b'{"a": "\\ud800"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a mark of the byte order": b"\xef\xbb\xbf{}",
    "half of an object": b'{"a": ',
    "two objects": b"{}{}",
    "gzip": gzip.compress(b'{"a": 1}', mtime=0),
}
LARGE = b" " * (20 * 1024 * 1024)
WRONG: dict[str, Any] = {
    "null": None,
    "a flag": True,
    "a number": 7,
    "a negative number": -1,
    "a float": 1.5,
    "64 bits": 2**63 - 1,
    "more than 64 bits": 2**70,
    "no text": "",
    "a NUL": "a\0b",
    "emoji": "😀",
    "long": "A" * 10_240,
    "a list": [],
    "a list of lists": [[[]]],
    "a list of nulls": [None],
    "an object": {},
    "an object with odd keys": {"": {"\0": None}},
    "other digits": "٣",
}
"""What may stand in place of each value of a body that is right."""
CONTENT_TYPES = (
    *("", "text/plain", "application/xml", "application/json; charset=utf-16", "application/json;;;="),
    *("multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "\xff"),
)
SLOTS = {"sku": "MUG", "sellerSku": "MUG", "sellerId": "SELLER-1", "notificationType": "ORDER_CHANGE"}
QUERIES: dict[str, dict[str, str]] = {
    "searchOrders": {"createdAfter": LONG_AGO},
    "getOrders": {"MarketplaceIds": US, "CreatedAfter": LONG_AGO},
    "getInventorySummaries": {"granularityType": "Marketplace", "granularityId": US, "marketplaceIds": US},
    "deleteInventoryItem": {"marketplaceId": US},
    "getFeeds": {"feedTypes": ACKNOWLEDGEMENT},
    "getReports": {"reportTypes": BY_ORDER_DATE},
    "getReportSchedules": {"reportTypes": BY_ORDER_DATE},
    "getSubscriptions": {"notificationTypes": "ORDER_CHANGE"},
    **{name: {"marketplaceIds": US} for name in FILES if "ListingsItem" in name},
}
"""The parameters that an operation does not go without."""


def good_bodies(seller: SellerClient, number: str) -> dict[str, dict[str, Any]]:
    """A body that is right, or nearly, of every operation that takes one."""
    shipment = seller.package(number, 1, carrierName="UPS", shippingMethod="Ground")
    shipment["packageDetail"]["orderItems"][0]["transparencyCodes"] = ["AZ:1"]
    value = {"value": "Mug", "marketplace_id": US}
    detail = {
        "prescriptionId": "1",
        "expirationDate": "2027-01-01T00:00:00Z",
        "writtenQuantity": 1,
        "totalRefillsAuthorized": 1,
        "refillsRemaining": 1,
        "clinicId": "1",
        "usageInstructions": "None",
    }
    return {
        "createRestrictedDataToken": {
            "restrictedResources": [
                {"method": "GET", "path": "/orders/v0/orders", "dataElements": ["buyerInfo"]}
            ],
            "targetApplication": "amzn1.sp.solution.other",
        },
        "confirmShipment": shipment,
        "updateShipmentStatus": {
            "marketplaceId": US,
            "shipmentStatus": "ReadyForPickup",
            "orderItems": [{"orderItemId": "1", "quantity": 1}],
        },
        "updateVerificationStatus": {
            "regulatedOrderVerificationStatus": {
                "status": "Approved",
                "externalReviewerId": "R1",
                "rejectionReasonId": "1",
                "verificationDetails": {"prescriptionDetail": detail},
            }
        },
        "putListingsItem": {
            "productType": "PRODUCT",
            "requirements": "LISTING",
            "attributes": {"item_name": [value], "fulfillment_availability": [{"quantity": 5}]},
        },
        "patchListingsItem": {
            "productType": "PRODUCT",
            "patches": [
                {
                    "op": "replace",
                    "path": "/attributes/fulfillment_availability",
                    "value": [{"fulfillment_channel_code": "DEFAULT", "quantity": 5}],
                }
            ],
        },
        "createInventoryItem": {"sellerSku": "NEW", "marketplaceId": US, "productName": "Mug"},
        "addInventory": {"inventoryItems": [{"sellerSku": "NEW", "marketplaceId": US, "quantity": 1}]},
        "createDestination": {"name": "orders", "resourceSpecification": {"sqs": {"arn": ARN}}},
        "createSubscription": {
            "destinationId": UNKNOWN_ID,
            "payloadVersion": "1.0",
            "processingDirective": {"eventFilter": {**FILTER, "orderChangeTypes": ["OrderStatusChange"]}},
        },
        "sendTestNotification": {
            "destinationId": UNKNOWN_ID,
            "testNotification": {"payloadVersion": "1.0", "testScenario": "ORDER_CHANGE"},
        },
        "createFeedDocument": {"contentType": "text/xml"},
        "createFeed": {
            "feedType": ACKNOWLEDGEMENT,
            "marketplaceIds": [US],
            "inputFeedDocumentId": "amzn1.tortuga.4.na.none",
            "feedOptions": {"a": "b"},
        },
        "createReport": {
            "reportType": BY_ORDER_DATE,
            "marketplaceIds": [US],
            "dataStartTime": "2026-02-20T00:00:00Z",
            "dataEndTime": "2026-02-21T00:00:00Z",
            "reportOptions": {"a": "b"},
        },
        "createReportSchedule": {
            "reportType": BY_ORDER_DATE,
            "marketplaceIds": [US],
            "period": "PT1H",
            "nextReportCreationTime": "2026-04-01T00:00:00Z",
            "reportOptions": {"a": "b"},
        },
    }


def spoilt(content: Any) -> Iterator[tuple[str, Any]]:
    """The same content, with each wrong thing at each place, and each field twice or gone."""
    for name, wrong in WRONG.items():
        yield name, wrong
    if isinstance(content, dict):
        for key, inner in content.items():
            yield f"without {key}", {name: value for name, value in content.items() if name != key}
            yield from ((f"{key}: {name}", {**content, key: other}) for name, other in spoilt(inner))
    elif isinstance(content, list):
        yield "twice", content * 2
        yield "very often", content * 2_000
        for name, other in spoilt(content[0]):
            yield f"[]: {name}", [other]


def written(content: Any) -> bytes:
    """JSON as lenient writers write it: numbers as large as they are, and a key twice."""
    return json.dumps(content).encode()


def doubled(content: dict[str, Any]) -> bytes:
    """The object with every key twice."""
    inner = json.dumps(content)[1:-1]
    return f"{{{inner}, {inner}}}".encode()


def parameters(contracts: Path, name: str, place: str) -> list[str]:
    """The names of the parameters of an operation that stand in its path, query or header."""
    file, path, method = FILES[name]
    model = json.loads((contracts / "amazon" / file).read_text())
    listed = [
        *model["paths"][path].get("parameters", []),
        *model["paths"][path][method].get("parameters", []),
    ]
    whole = [
        model["parameters"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in listed
    ]
    return [each["name"] for each in whole if each["in"] == place]
