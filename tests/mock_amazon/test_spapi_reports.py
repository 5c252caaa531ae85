import gzip

import pytest
from amazon_seller import US, assert_spapi_error
from feed_desk import BY_LAST_UPDATE, BY_ORDER_DATE, REPORTS, read_rows

from mock_amazon.ordering.lifecycle import Status
from mock_amazon.reports.all_orders import _STATUSES, COLUMNS

DE, JP = "A1PA6795UKMFR9", "A1VC38T7YXB528"
BUYER = {"name": "Jane Sample", "email": "jane@example.com"}
TO = {"name": "Jane Sample", "line1": "1 Main St", "phone": "5125550100", "city": "Austin", "region": "TX"}
LINE = {"sku": "MUG", "qty": 2, "unit_price": "19.99", "title": "Red\tmug", "tax": "3.20"}


def by_sku(rows):
    return {row["sku"]: row for row in rows}


def test_the_report_has_a_row_for_each_item_and_names_nobody(desk):
    more = {
        "sku": "CUP",
        "qty": 1,
        "unit_price": "4.00",
        "shipping": "5.00",
        "gift_wrap": "2.50",
        "discount": "1.00",
    }
    number = desk.seller.place_unshipped(
        placed="-1h", buyer=BUYER, ship_to={**TO, "postal_code": "73301"}, lines=[LINE, more], business=True
    )
    rows = desk.rows()
    assert list(rows[0]) == list(COLUMNS)
    mug, cup = rows
    assert {name: value for name, value in mug.items() if value} == {
        "amazon-order-id": number,
        "purchase-date": "2026-03-01T08:00:00+00:00",
        "last-updated-date": "2026-03-01T09:00:00+00:00",
        "order-status": "Unshipped",
        "fulfillment-channel": "Merchant",
        "sales-channel": "Amazon.com",
        "ship-service-level": "Standard",
        "product-name": "Red mug",
        "sku": "MUG",
        "asin": mug["asin"],
        "item-status": "Unshipped",
        "quantity": "2",
        "currency": "USD",
        "item-price": "39.98",
        "item-tax": "3.20",
        "ship-city": "Austin",
        "ship-state": "TX",
        "ship-postal-code": "73301",
        "ship-country": "US",
        "is-business-order": "true",
    }
    parts = ("shipping-price", "gift-wrap-price", "item-promotion-discount", "item-tax")
    assert [cup[part] for part in parts] == ["5.00", "2.50", "1.00", ""]
    for secret in ("Jane", "1 Main St", "5125550100", "example.com"):
        assert secret not in str(rows)


def test_a_pending_order_has_no_amounts_and_no_place(desk):
    desk.seller.place(status="Pending")
    (row,) = desk.rows()
    empty = ("item-price", "currency", "item-tax", "ship-city", "ship-country", "item-status")
    assert [row[name] for name in empty] == [""] * 6
    assert row["order-status"] == "Pending"


def test_statuses_have_the_words_of_the_report(desk):
    assert set(_STATUSES) == set(Status)
    for name, wish in {
        "UNSHIPPED": {"status": "Unshipped"},
        "FBA": {"status": "Unshipped", "channel": "AFN"},
        "SHIPPED": {"status": "Shipped"},
        "CANCELED": {"status": "Canceled"},
        "PREORDER": {"status": "PendingAvailability"},
    }.items():
        desk.seller.place(lines=[{**LINE, "sku": name}], **wish)
    partial = desk.seller.place_unshipped(lines=[{**LINE, "sku": "PART"}, {**LINE, "sku": "REST"}])
    desk.seller.confirm_shipment(partial, desk.seller.package(partial, 2))
    rows = by_sku(desk.rows())
    told = {
        sku: (row["order-status"], row["item-status"], row["fulfillment-channel"])
        for sku, row in rows.items()
    }
    assert told == {
        "UNSHIPPED": ("Unshipped", "Unshipped", "Merchant"),
        "FBA": ("Shipping", "Unshipped", "Amazon"),
        "SHIPPED": ("Shipped", "Shipped", "Merchant"),
        "CANCELED": ("Cancelled", "Cancelled", "Merchant"),
        "PREORDER": ("Pending", "", "Merchant"),
        "PART": ("Shipping", "Shipped", "Merchant"),
        "REST": ("Shipping", "Unshipped", "Merchant"),
    }
    assert rows["CANCELED"]["ship-city"] == ""


def test_one_report_goes_by_the_order_date_and_one_by_the_last_update(desk):
    old = desk.seller.place_unshipped(placed="-8d")
    new = desk.seller.place_unshipped(placed="-1d")
    desk.seller.later(days=2)
    desk.seller.sign_in()
    desk.seller.sim(f"orders/{old}/ship")
    window = {"dataStartTime": "2026-03-02T00:00:00Z", "dataEndTime": "2026-03-03T09:00:00Z"}
    assert [row["amazon-order-id"] for row in desk.rows(BY_LAST_UPDATE, **window)] == [old]
    window = {"dataStartTime": "2026-02-28T09:00:00Z", "dataEndTime": "2026-03-01"}
    assert [row["amazon-order-id"] for row in desk.rows(BY_ORDER_DATE, **window)] == [new]
    latest = desk.seller.place_unshipped()
    assert [row["amazon-order-id"] for row in desk.rows(BY_ORDER_DATE, **window)] == [new]
    assert [row["amazon-order-id"] for row in desk.rows(BY_ORDER_DATE)] == [old, new, latest]


def test_only_orders_of_the_seller_and_the_marketplaces_are_told(desk, other):
    desk.seller.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    american, german = desk.seller.place_unshipped(), desk.seller.place_unshipped(marketplace="DE")
    desk.seller.place_unshipped(seller="SELLER-2")
    assert [row["amazon-order-id"] for row in desk.rows()] == [american]
    both = [row["amazon-order-id"] for row in desk.rows(marketplaceIds=[US, DE, JP])]
    assert both == sorted([american, german])
    (row,) = desk.rows(marketplaceIds=[DE])
    assert (row["sales-channel"], row["currency"]) == ("Amazon.de", "EUR")


@pytest.mark.parametrize(
    ("code", "market", "charset"),
    [("DE", DE, "Cp1252"), ("JP", JP, "windows-31j"), ("PL", "A1C3SOZRARQ6R3", "UTF-8")],
)
def test_the_charset_is_that_of_the_marketplace(desk, code, market, charset):
    desk.seller.sim("sellers", {"seller": "SELLER-1", "marketplaces": [code]}, 201)
    title = "マグ" if code == "JP" else "Tässchen"
    line = {**LINE, "unit_price": "20", "tax": "0", "title": f"{title} 🎁"}
    desk.seller.place_unshipped(marketplace=code, lines=[line])
    report_id = desk.asked(marketplaceIds=[market])
    desk.seller.later(minutes=2)
    path = f"{REPORTS}/documents/{desk.report_of(report_id)['reportDocumentId']}"
    url = desk.call("getReportDocument", "GET", path).get_json()["url"]
    answer = desk.seller.client.get(url)
    assert answer.headers["Content-Type"] == f"text/plain; charset={charset}"
    (row,) = read_rows(answer.get_data(), "cp932" if code == "JP" else charset)
    assert row["product-name"] == f"{title} {'🎁' if charset == 'UTF-8' else '?'}"


def test_a_large_report_is_packed(desk):
    for _ in range(3):
        desk.seller.place_unshipped(lines=[{**LINE, "sku": f"S{at}"} for at in range(40)])
    report_id = desk.asked()
    desk.seller.later(minutes=2)
    path = f"{REPORTS}/documents/{desk.report_of(report_id)['reportDocumentId']}"
    told = desk.call("getReportDocument", "GET", path).get_json()
    assert told["compressionAlgorithm"] == "GZIP"
    content = desk.seller.client.get(told["url"]).get_data()
    assert len(read_rows(gzip.decompress(content))) == 120


def test_a_report_waits_runs_and_is_done_on_the_clock(desk):
    desk.seller.place_unshipped()
    report_id = desk.asked(dataEndTime="2026-03-01T09:00:00Z")
    asked = {
        "reportId": report_id,
        "reportType": BY_ORDER_DATE,
        "marketplaceIds": [US],
        "createdTime": "2026-03-01T09:00:00+00:00",
        "dataStartTime": "2026-02-20T00:00:00+00:00",
        "dataEndTime": "2026-03-01T09:00:00+00:00",
    }
    assert desk.report_of(report_id) == {**asked, "processingStatus": "IN_QUEUE"}
    desk.seller.later(minutes=1)
    asked["processingStartTime"] = "2026-03-01T09:01:00+00:00"
    assert desk.report_of(report_id) == {**asked, "processingStatus": "IN_PROGRESS"}
    desk.seller.later(minutes=5)
    report = desk.report_of(report_id)
    assert report.pop("reportDocumentId").startswith("amzn1.spdoc.")
    assert report == {**asked, "processingStatus": "DONE", "processingEndTime": "2026-03-01T09:02:00+00:00"}


def test_a_report_without_data_is_cancelled(desk):
    # amzn/selling-partner-api-models#685
    report_id = desk.asked()
    desk.seller.later(minutes=2)
    report = desk.report_of(report_id)
    assert report["processingStatus"] == "CANCELLED"
    assert report["processingEndTime"] == "2026-03-01T09:02:00+00:00"
    assert "reportDocumentId" not in report


def test_a_range_that_is_too_long_is_fatal_and_the_document_says_so(desk):
    # amzn/selling-partner-api-models#2591
    desk.seller.place_unshipped()
    report_id = desk.asked(dataStartTime="2026-01-01")
    desk.seller.later(minutes=2)
    report = desk.report_of(report_id)
    assert report["processingStatus"] == "FATAL"
    text = desk.text("getReportDocument", f"{REPORTS}/documents/{report['reportDocumentId']}")
    assert text == b"Date range exceeded. Report can be requested only upto 30 days\n"


def test_a_report_is_cancelled_only_while_it_waits(desk):
    desk.seller.place_unshipped()
    first, second = desk.asked(), desk.asked()
    answer = desk.call("cancelReport", "DELETE", f"{REPORTS}/reports/{first}")
    assert (answer.status_code, answer.get_data()) == (200, b"")
    desk.seller.later(minutes=1)
    for report_id in (first, second):
        answer = desk.call("cancelReport", "DELETE", f"{REPORTS}/reports/{report_id}")
        assert_spapi_error(answer, 400, "InvalidInput", "Invalid Input", "only IN_QUEUE")
    desk.seller.later(minutes=1)
    assert desk.report_of(first)["processingStatus"] == "CANCELLED"
    assert desk.report_of(second)["processingStatus"] == "DONE"


def test_reports_can_be_made_to_fail(desk):
    desk.seller.sim("processing", {"reports": {"queued": "0s", "running": "0s", "outcome": "FATAL"}})
    desk.seller.place_unshipped()
    report_id = desk.asked()
    assert desk.report_of(report_id)["processingStatus"] == "FATAL"
    state = desk.seller.client.get("/_sim/state").get_json()
    told = {"id": report_id, "seller": "SELLER-1", "type": BY_ORDER_DATE, "status": "FATAL"}
    assert state["reports"] == [told]


@pytest.mark.parametrize(
    ("change", "words", "details"),
    [
        (
            {"reportType": None, "marketplaceIds": None},
            "required parameters missing",
            "marketplaceIds;reportType;",
        ),
        (
            {"reportType": "GET_ORDER_REPORT_DATA_SHIPPING"},
            "Invalid Report Type GET_ORDER_REPORT_DATA_SHIPPING",
            "",
        ),
        ({"reportType": "_GET_X_"}, "Invalid Report Type _GET_X_", ""),
        ({"marketplaceIds": []}, "Invalid Input", "marketplaceIds"),
        ({"marketplaceIds": [DE]}, "your report could not be applied to any marketplaces", US),
        ({"dataStartTime": "soon"}, "Invalid date/time field [dataStartTime]", "ISO 8601"),
        ({"dataEndTime": "2026-02-30"}, "Invalid date/time field [dataEndTime]", "ISO 8601"),
        ({"dataEndTime": "2026-03-02"}, "Invalid Input", "later than now"),
        ({"dataStartTime": "2026-02-20", "dataEndTime": "2026-02-19"}, "Invalid Input", "after dataEndTime"),
        ({"reportOptions": []}, "Invalid Input", "reportOptions"),
    ],
)
def test_a_report_that_breaks_a_rule_is_refused(desk, change, words, details):
    assert_spapi_error(desk.ask(**change), 400, "InvalidInput", words, details)


def test_a_body_that_is_none_is_refused(desk):
    for path, name in (("reports", "createReport"), ("schedules", "createReportSchedule")):
        for data in (b"", b"{", b"5", b"\xff"):
            answer = desk.seller.call(name, "POST", f"{REPORTS}/{path}", data=data)
            assert_spapi_error(answer, 400, "InvalidInput", "Invalid Input")


def test_reports_are_listed_filtered_and_paged(desk):
    desk.seller.place_unshipped()
    numbers = [desk.asked() for _ in range(2)]
    desk.seller.later(minutes=2)
    numbers.append(desk.asked(BY_LAST_UPDATE))
    both = f"{BY_ORDER_DATE},{BY_LAST_UPDATE}"

    def listed(**query):
        answer = desk.call("getReports", "GET", f"{REPORTS}/reports", **query)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def ids(page):
        return [report["reportId"] for report in page["reports"]]

    assert ids(listed(reportTypes=BY_ORDER_DATE)) == [numbers[1], numbers[0]]
    assert ids(listed(reportTypes=both, processingStatuses="IN_QUEUE")) == [numbers[2]]
    assert ids(listed(reportTypes="GET_MERCHANT_LISTINGS_ALL_DATA")) == []
    first = listed(reportTypes=both, pageSize=2)
    assert [*ids(first), *ids(listed(nextToken=first["nextToken"]))] == numbers[::-1]
    for query, words in (
        ({}, "One or more required parameters missing"),
        ({"reportTypes": "_GET_MERCHANT_LISTINGS_DATA_"}, "Invalid Report Type _GET_MERCHANT_LISTINGS_DATA_"),
        ({"reportTypes": both, "nextToken": first["nextToken"]}, "Invalid request parameters"),
    ):
        answer = desk.call("getReports", "GET", f"{REPORTS}/reports", **query)
        assert_spapi_error(answer, 400, "InvalidInput", words)


def test_reports_of_others_and_of_nobody_are_not_found(desk, other):
    report_id = desk.asked()
    for seller, number in ((other, report_id), (desk.seller, "1"), (desk.seller, "%E2%98%83")):
        for operation, method in (("getReport", "GET"), ("cancelReport", "DELETE")):
            answer = seller.call(operation, method, f"{REPORTS}/reports/{number}")
            assert_spapi_error(answer, 404, "NotFound")
    assert_spapi_error(desk.call("getReportDocument", "GET", f"{REPORTS}/documents/x"), 404, "NotFound")


def test_reports_need_a_token(amazon):
    amazon.headers = {}
    for operation, method, path in (
        ("createReport", "POST", "reports"),
        ("getReports", "GET", "reports"),
        ("getReport", "GET", "reports/1"),
        ("cancelReport", "DELETE", "reports/1"),
        ("createReportSchedule", "POST", "schedules"),
        ("getReportSchedules", "GET", "schedules"),
        ("getReportSchedule", "GET", "schedules/1"),
        ("cancelReportSchedule", "DELETE", "schedules/1"),
        ("getReportDocument", "GET", "documents/x"),
    ):
        assert_spapi_error(amazon.call(operation, method, f"{REPORTS}/{path}"), 403, "Unauthorized")
