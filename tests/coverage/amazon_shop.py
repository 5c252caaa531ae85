"""The other half of the tour: listings, stock, feeds and reports."""

from __future__ import annotations

from amazon_seller import US, SellerClient
from feed_desk import ACKNOWLEDGEMENT, BY_LAST_UPDATE, BY_ORDER_DATE, FEEDS, REPORTS, FeedDesk, envelope

from mock_amazon.listings.fba import REASONS
from mock_amazon.wire.listings_requests import DATA_SETS

ITEMS = "/fba/inventory/v1/items"
OFFER = [
    {"audience": audience, "currency": "USD", "our_price": [{"schedule": [{"value_with_tax": 19.99}]}]}
    for audience in ("ALL", "B2B")
]
ATTRIBUTES = {
    "item_name": [{"value": "Mug"}],
    "condition_type": [{"value": "new_new"}],
    "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 5}],
    "purchasable_offer": OFFER,
}
SUBMISSION = {"includedData": "identifiers,issues", "issueLocale": "en_US"}


def tour_of_shop(seller: SellerClient) -> None:
    for part in (_listings, _searches, _inventory, _feeds, _reports, _schedules):
        part(seller)


def _listings(seller: SellerClient) -> None:
    body = {"productType": "MUG", "requirements": "LISTING"}
    for sku, attributes in (("MUG", ATTRIBUTES), ("CUP", {"item_name": [{"value": "Cup"}]}), ("BAD", {})):
        seller.listing("PUT", sku, query=SUBMISSION, json=body | {"attributes": attributes})
    bare = {"op": "replace", "path": "/attributes/item_name", "value": [{"value": "Bare"}]}
    parent = {"child_relationship_type": "variation", "parent_sku": "MUG"}
    changes = {
        "BARE": [bare],
        "CUP": [{"op": "add", "path": "/attributes/child_parent_sku_relationship", "value": [parent]}],
        "MUG": [{"op": "add", "path": "/attributes/variation_theme", "value": [{"name": "COLOR/SIZE"}]}],
    }
    for sku, patches in changes.items():
        seller.listing("PATCH", sku, query=SUBMISSION, json={"productType": "MUG", "patches": patches})
    seller.sim("fba-stock", {"sku": "MUG", "fulfillable": 1}, 201)
    preview = SUBMISSION | {"mode": "VALIDATION_PREVIEW"}
    seller.listing("PUT", "MUG", query=preview, json=body | {"attributes": ATTRIBUTES})
    for sku in ("MUG", "CUP", "BARE", "NONE"):
        seller.listing("GET", sku, query={"includedData": ",".join(DATA_SETS), "issueLocale": "en_US"})
    seller.search_listings(includedData=",".join(DATA_SETS))
    seller.listing("DELETE", "BARE", query={"issueLocale": "en_US"})


def _searches(seller: SellerClient) -> None:
    for number in range(3):
        seller.sim("listings", {"sku": f"S-{number}"}, 201)
    page = seller.search_listings(pageSize=2).get_json()
    token = page["pagination"]["nextToken"]
    assert seller.search_listings(pageSize=2, pageToken=token).status_code == 200
    assert seller.search_listings(pageSize=50).status_code == 400


def _inventory(seller: SellerClient) -> None:
    units = {"fulfillable": 10, "transshipment": 1, "processing": 2, "researching": 3}
    inbound = {"inbound_working": 4, "inbound_shipped": 5, "inbound_receiving": 6}
    wrong = {"unfulfillable": dict.fromkeys(REASONS, 1)}
    seller.sim("fba-stock", {"sku": "MUG", "name": "A mug", **units, **inbound, **wrong}, 201)
    for number in range(50):
        item = {"sellerSku": f"NEW-{number}", "marketplaceId": US, "productName": "New"}
        assert seller.call("createInventoryItem", "POST", ITEMS, json=item).status_code == 200
    addition = {"inventoryItems": [{"sellerSku": "NEW-1", "marketplaceId": US, "quantity": 3}]}
    token = {"x-amzn-idempotency-token": "1"}
    answer = seller.call("addInventory", "POST", f"{ITEMS}/inventory", json=addition, headers=token)
    assert answer.status_code == 200
    token = seller.summaries(details="true").get_json()["pagination"]["nextToken"]
    assert seller.summaries(nextToken=token).status_code == 200
    assert seller.summaries(granularityType="Country").status_code == 400
    seller.call("createInventoryItem", "POST", ITEMS, json={})
    seller.call("addInventory", "POST", f"{ITEMS}/inventory", json=addition)
    for _ in range(2):
        path, query = f"{ITEMS}/NEW-1", {"marketplaceId": US}
        seller.call("deleteInventoryItem", "DELETE", path, query_string=query)


def _feeds(seller: SellerClient) -> None:
    desk = FeedDesk(seller)
    number = seller.place_unshipped()
    said = f"<AmazonOrderID>{number}</AmazonOrderID><StatusCode>Success</StatusCode>"
    desk.done(ACKNOWLEDGEMENT, envelope("OrderAcknowledgement", said))
    options = {"feedOptions": {"key": "value"}}
    desk.create(desk.uploaded(b"{}"), "JSON_LISTINGS_FEED", **options)
    seller.later(minutes=2)
    page = desk.call("getFeeds", "GET", f"{FEEDS}/feeds", feedTypes="JSON_LISTINGS_FEED").get_json()
    for feed in page["feeds"]:
        desk.text("getFeedDocument", f"{FEEDS}/documents/{feed['resultFeedDocumentId']}")
    token = _paged(desk, "getFeeds", f"{FEEDS}/feeds", feedTypes=f"{ACKNOWLEDGEMENT},JSON_LISTINGS_FEED")
    assert desk.call("getFeeds", "GET", f"{FEEDS}/feeds", nextToken=token).status_code == 200
    waiting = desk.submit(ACKNOWLEDGEMENT, b"")
    assert desk.call("cancelFeed", "DELETE", f"{FEEDS}/feeds/{waiting}").status_code == 200
    desk.call("getFeed", "GET", f"{FEEDS}/feeds/0")


def _reports(seller: SellerClient) -> None:
    desk = FeedDesk(seller)
    for number in range(80):
        seller.place_unshipped(id=f"row-{number}")
    desk.rows(dataEndTime="2026-03-01T09:00:00Z", reportOptions={"key": "value"})
    ids = desk.asked(BY_LAST_UPDATE), desk.asked(BY_LAST_UPDATE)
    seller.later(minutes=2)
    desk.report_of(ids[0])
    both = f"{BY_ORDER_DATE},{BY_LAST_UPDATE}"
    token = _paged(desk, "getReports", f"{REPORTS}/reports", reportTypes=both)
    assert desk.call("getReports", "GET", f"{REPORTS}/reports", nextToken=token).status_code == 200
    waiting = desk.asked()
    assert desk.call("cancelReport", "DELETE", f"{REPORTS}/reports/{waiting}").status_code == 200
    desk.call("getReport", "GET", f"{REPORTS}/reports/0")


def _schedules(seller: SellerClient) -> None:
    desk, path = FeedDesk(seller), f"{REPORTS}/schedules"
    wish = {
        "reportType": BY_ORDER_DATE,
        "marketplaceIds": [US],
        "period": "PT1H",
        "reportOptions": {"key": "value"},
        "nextReportCreationTime": "2026-03-01T12:00:00Z",
    }
    schedule = desk.call("createReportSchedule", "POST", path, wish).get_json()["reportScheduleId"]
    seller.later(hours=12)
    seller.sign_in()
    desk.call("getReportSchedules", "GET", path, reportTypes=BY_ORDER_DATE)
    desk.call("getReportSchedule", "GET", f"{path}/{schedule}")
    desk.call("getReports", "GET", f"{REPORTS}/reports", reportTypes=BY_ORDER_DATE, pageSize=100)
    desk.call("cancelReportSchedule", "DELETE", f"{path}/{schedule}")
    desk.call("getReportSchedule", "GET", f"{path}/0")


def _paged(desk: FeedDesk, operation: str, path: str, **query: str) -> str:
    answer = desk.call(operation, "GET", path, **query, pageSize=1).get_json()
    return str(answer["nextToken"])
