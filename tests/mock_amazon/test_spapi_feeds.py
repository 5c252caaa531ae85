import pytest
from amazon_seller import US, assert_spapi_error
from feed_desk import ACKNOWLEDGEMENT, FEEDS, FLAT, FULFILLMENT, XML, envelope, read_report, shipment

from mock_amazon.feeds.types import PROCESSORS

EMPTY = envelope("OrderFulfillment", shipment("x"))
INVALID = "Invalid request parameters"


def listed(desk, **query):
    answer = desk.call("getFeeds", "GET", f"{FEEDS}/feeds", **{"feedTypes": FULFILLMENT, **query})
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def ids(page):
    return [feed["feedId"] for feed in page["feeds"]]


def test_a_feed_waits_runs_and_is_done_on_the_clock(desk):
    feed_id = desk.submit(FULFILLMENT, EMPTY)
    created = {
        "feedId": feed_id,
        "feedType": FULFILLMENT,
        "marketplaceIds": [US],
        "createdTime": "2026-03-01T09:00:00+00:00",
    }
    assert desk.feed(feed_id) == {**created, "processingStatus": "IN_QUEUE"}
    desk.seller.later(seconds=60)
    started = {**created, "processingStartTime": "2026-03-01T09:01:00+00:00"}
    assert desk.feed(feed_id) == {**started, "processingStatus": "IN_PROGRESS"}
    desk.seller.later(minutes=30)
    feed = desk.feed(feed_id)
    assert feed.pop("resultFeedDocumentId").startswith("amzn1.tortuga.")
    ended = "2026-03-01T09:02:00+00:00"
    assert feed == {**started, "processingStatus": "DONE", "processingEndTime": ended}


def test_a_feed_is_cancelled_only_while_it_waits(desk):
    number = desk.seller.place_unshipped()
    first, second = (desk.submit(FULFILLMENT, envelope("OrderFulfillment", shipment(number))) for _ in "12")
    answer = desk.call("cancelFeed", "DELETE", f"{FEEDS}/feeds/{first}")
    assert (answer.status_code, answer.get_data()) == (200, b"")
    desk.seller.later(seconds=90)
    cancelled = desk.feed(first)
    assert cancelled["processingStatus"] == "CANCELLED"
    assert cancelled["processingStartTime"] == cancelled["processingEndTime"] == "2026-03-01T09:00:00+00:00"
    for feed_id in (first, second):
        answer = desk.call("cancelFeed", "DELETE", f"{FEEDS}/feeds/{feed_id}")
        assert_spapi_error(answer, 400, "InvalidInput", INVALID, "only IN_QUEUE")
    assert desk.seller.state(number)["status"] == "Unshipped"
    desk.seller.later(minutes=1)
    assert desk.seller.state(number)["status"] == "Shipped"


def test_feeds_of_others_and_of_nobody_are_not_found(desk, other):
    feed_id = desk.submit(FULFILLMENT, EMPTY)
    for seller, number in ((other, feed_id), (desk.seller, "1"), (desk.seller, "%E2%98%83")):
        for operation, method in (("getFeed", "GET"), ("cancelFeed", "DELETE")):
            answer = seller.call(operation, method, f"{FEEDS}/feeds/{number}")
            assert_spapi_error(answer, 404, "NotFound")


@pytest.mark.parametrize(
    ("change", "words", "details"),
    [
        ({"feedType": None}, "One or more required parameters missing", "feedType;"),
        ({"feedType": "POST_PRODUCT_DATA"}, INVALID, "POST_PRODUCT_DATA"),
        ({"feedType": 7}, INVALID, "feedType"),
        ({"marketplaceIds": []}, INVALID, "marketplaceIds"),
        ({"marketplaceIds": US}, INVALID, "marketplaceIds"),
        ({"marketplaceIds": [US] * 26}, INVALID, "marketplaceIds"),
        ({"marketplaceIds": ["A1PA6795UKMFR9"]}, INVALID, "A1PA6795UKMFR9"),
        ({"inputFeedDocumentId": "nothing"}, INVALID, "nothing was uploaded"),
        ({"feedOptions": {"a": 1}}, INVALID, "feedOptions"),
    ],
)
def test_a_feed_that_breaks_a_rule_is_refused(desk, change, words, details):
    body = {
        "feedType": FULFILLMENT,
        "marketplaceIds": [US],
        "inputFeedDocumentId": desk.uploaded(EMPTY),
        **change,
    }
    answer = desk.call("createFeed", "POST", f"{FEEDS}/feeds", body)
    assert_spapi_error(answer, 400, "InvalidInput", words, details)


def test_a_body_that_is_none_is_refused(desk):
    for data in (b"", b"{", b"[]", b"\xff"):
        answer = desk.seller.call("createFeed", "POST", f"{FEEDS}/feeds", data=data)
        assert_spapi_error(answer, 400, "InvalidInput", INVALID)


def test_a_feed_needs_an_upload_of_the_same_seller(desk, other):
    empty = desk.document()["feedDocumentId"]
    assert_spapi_error(desk.create(empty, FULFILLMENT), 400, "InvalidInput", INVALID)
    body = {"feedType": FULFILLMENT, "marketplaceIds": [US], "inputFeedDocumentId": desk.uploaded(EMPTY)}
    answer = other.call("createFeed", "POST", f"{FEEDS}/feeds", json=body)
    assert_spapi_error(answer, 400, "InvalidInput", INVALID)


def test_options_and_unknown_fields_do_no_harm(desk):
    answer = desk.create(desk.uploaded(EMPTY), FULFILLMENT, feedOptions={"a": "b"}, original_path="/x")
    assert answer.status_code == 202


def test_feeds_are_listed_newest_first_page_by_page(desk):
    numbers = []
    for _ in range(5):
        numbers.insert(0, desk.submit(FULFILLMENT, EMPTY))
        desk.seller.later(seconds=1)
    first = listed(desk, pageSize=2)
    second = listed(desk, feedTypes="", nextToken=first["nextToken"])
    third = listed(desk, feedTypes="", nextToken=second["nextToken"])
    assert [*ids(first), *ids(second), *ids(third)] == numbers
    assert "nextToken" not in third
    assert ids(listed(desk)) == numbers


def test_a_next_token_goes_alone_and_is_not_of_another_list(desk):
    for _ in range(2):
        desk.submit(FULFILLMENT, EMPTY)
    token = listed(desk, pageSize=1)["nextToken"]
    for query in ({"feedTypes": FULFILLMENT}, {"pageSize": 5}, {"marketplaceIds": US}):
        answer = desk.call("getFeeds", "GET", f"{FEEDS}/feeds", nextToken=token, **query)
        assert_spapi_error(answer, 400, "InvalidInput", INVALID, "nextToken")
    assert_spapi_error(
        desk.call("getReports", "GET", "/reports/2021-06-30/reports", nextToken=token), 400, "InvalidInput"
    )
    for garbled in ("x", token[:-2], "☃"):
        answer = desk.call("getFeeds", "GET", f"{FEEDS}/feeds", nextToken=garbled)
        assert_spapi_error(answer, 400, "InvalidInput", INVALID)


def test_a_token_of_an_order_list_is_none_of_feeds(desk):
    for _ in range(2):
        desk.seller.place()
    desk.seller.later(minutes=3)
    token = desk.seller.search(maxResultsPerPage=1).get_json()["pagination"]["nextToken"]
    answer = desk.call("getFeeds", "GET", f"{FEEDS}/feeds", nextToken=token)
    assert_spapi_error(answer, 400, "InvalidInput", INVALID)


def test_feeds_are_filtered(desk):
    first = desk.submit(FULFILLMENT, EMPTY)
    desk.seller.later(minutes=10)
    second = desk.submit(FULFILLMENT, EMPTY)
    third = desk.submit(FLAT, b"order-id\tship-date\n", "text/plain")
    assert ids(listed(desk)) == [second, first]
    assert ids(listed(desk, feedTypes=f"{FULFILLMENT},{FLAT}")) == [third, second, first]
    assert ids(listed(desk, processingStatuses="DONE,FATAL")) == [first]
    assert ids(listed(desk, processingStatuses="IN_QUEUE")) == [second]
    assert ids(listed(desk, createdSince="2026-03-01T09:05:00Z")) == [second]
    assert ids(listed(desk, createdUntil="2026-03-01T09:05:00Z")) == [first]
    assert ids(listed(desk, marketplaceIds=US)) == [second, first]
    assert ids(listed(desk, marketplaceIds="A1PA6795UKMFR9")) == []
    desk.seller.later(days=90, seconds=-300)
    desk.seller.sign_in()
    assert ids(listed(desk, createdSince="2020-01-01")) == [second]
    assert desk.call("getFeed", "GET", f"{FEEDS}/feeds/{first}").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"feedTypes": ""}, "One or more required parameters missing"),
        ({"feedTypes": ",".join(["A_TYPE"] * 11)}, "length less than or equal to 10"),
        ({"feedTypes": "no type"}, INVALID),
        ({"pageSize": 0}, "between 1 and 100"),
        ({"pageSize": 101}, "between 1 and 100"),
        ({"pageSize": "x"}, "between 1 and 100"),
        ({"processingStatuses": "BAD_VALUE,DONE"}, "enum value set"),
        ({"createdSince": "yesterday"}, "Invalid date/time field [createdSince]"),
        ({"createdUntil": "2026-13-01T00:00:00Z"}, "Invalid date/time field [createdUntil]"),
        ({"marketplaceIds": "1"}, "Marketplace ID is not defined"),
    ],
)
def test_a_list_that_breaks_a_rule_is_refused(desk, query, words):
    answer = desk.call("getFeeds", "GET", f"{FEEDS}/feeds", **{"feedTypes": FULFILLMENT, **query})
    assert_spapi_error(answer, 400, "InvalidInput", words)


def test_the_usage_plan_is_amazons(amazon):
    for _ in range(15):
        answer = amazon.call("createFeed", "POST", f"{FEEDS}/feeds", json={})
        assert answer.headers["x-amzn-RateLimit-Limit"] == "0.0083"
    answer = amazon.call("createFeed", "POST", f"{FEEDS}/feeds", json={})
    assert_spapi_error(answer, 429, "QuotaExceeded")


def test_feeds_need_a_token(amazon):
    amazon.headers = {}
    for operation, method, path in (
        ("createFeedDocument", "POST", "documents"),
        ("getFeedDocument", "GET", "documents/x"),
        ("createFeed", "POST", "feeds"),
        ("getFeeds", "GET", "feeds"),
        ("getFeed", "GET", "feeds/1"),
        ("cancelFeed", "DELETE", "feeds/1"),
    ):
        assert_spapi_error(amazon.call(operation, method, f"{FEEDS}/{path}"), 403, "Unauthorized")


def test_a_feed_is_processed_once_however_often_the_clock_is_looked_at(desk):
    number = desk.seller.place_unshipped(lines=[{"sku": "MUG", "qty": 5, "unit_price": "1.00"}])
    (line,) = desk.seller.state(number)["lines"]
    message = shipment(number, (line["order_item_id"], 1))
    desk.submit(FULFILLMENT, envelope("OrderFulfillment", message))
    desk.seller.sim("snapshots", {"name": "before"}, 201)
    for _ in range(2):  # the second time as after a crash: the work is still planned, nothing of it is done
        desk.seller.later(minutes=5)
        assert len(desk.seller.state(number)["packages"]) == 1
        desk.seller.later(days=1)
        assert len(desk.seller.state(number)["packages"]) == 1
        desk.seller.sim("snapshots/before/restore")


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><AmazonEnvelope>&b;</AmazonEnvelope>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><AmazonEnvelope>&x;</AmazonEnvelope>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><AmazonEnvelope/>',
        b'<?xml version="1.0" encoding="no-such"?><AmazonEnvelope/>',
        b'<?xml version="1.0" encoding="utf-7"?><AmazonEnvelope/>',
    ],
)
def test_a_dangerous_document_breaks_the_feed_off(desk, content):
    feed_id = desk.submit(FULFILLMENT, content)
    desk.seller.later(minutes=2)
    feed = desk.feed(feed_id)
    assert feed["processingStatus"] == "FATAL"
    assert feed["processingEndTime"]
    assert "resultFeedDocumentId" not in feed


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "5001", "XML Parsing Fatal Error at Line 1, Column 1: no element found"),
        (b"<AmazonEnvelope/>\nrest", "5001", "XML Parsing Fatal Error at Line 2, Column 1"),
        (b"\x00\x01", "5001", "XML Parsing Fatal Error"),
        (b"order-id\tship-date\n", "5001", "XML Parsing Fatal Error"),
        (EMPTY.decode().encode("utf-16"), "5001", "XML Parsing Fatal Error"),  # it says it is UTF-8
        (b"<Envelope/>", "25", "one or more items are invalid. Please re-submit the feed."),
        (envelope("OrderFulfillment"), "25", "one or more items are invalid"),
        (envelope("OrderAdjustment", "x"), "25", "one or more items are invalid"),
        (EMPTY.replace(b"<MessageID>1<", b"<MessageID>xx<"), "25", "one or more items are invalid"),
        (EMPTY.replace(b"<MessageID>1</MessageID>", b""), "25", "one or more items are invalid"),
    ],
)
def test_a_document_that_is_no_such_feed_is_told_as_a_whole(desk, content, code, words):
    # amzn/selling-partner-api-docs#876, amzn/selling-partner-api-models#1183
    report = read_report(desk.done(FULFILLMENT, content))
    ((message, result, number, text),) = report.pop("notes")
    assert report == {"Processed": 0, "Successful": 0, "WithError": 1, "WithWarning": 0}
    assert (message, result, number) == ("0", "Error", code)
    assert words in text


def plain(number):
    return envelope("OrderFulfillment", shipment(number), merchant="M_SOMEBODY_ELSE").decode()


def bare(number):
    return plain(number).partition("?>")[2]


def prefixed(number):
    tagged = bare(number).replace("<", "<a:").replace("<a:/", "</a:")
    return tagged.replace("<a:AmazonEnvelope>", '<a:AmazonEnvelope xmlns:a="urn:y">').encode()


@pytest.mark.parametrize(
    "written",
    [
        lambda number: b"\xef\xbb\xbf" + plain(number).encode(),
        lambda number: bare(number).encode("utf-16"),
        lambda number: f'<?xml version="1.0" encoding="ISO-8859-1"?><!--é-->{bare(number)}'.encode("latin-1"),
        lambda number: plain(number).replace("Envelope>", 'Envelope xmlns="urn:x">', 1).encode(),
        prefixed,
        lambda number: plain(number).replace("<AmazonOrderID>", "<AmazonOrderID>\n   ").encode(),
    ],
    ids=["BOM", "UTF-16", "ISO-8859-1", "namespace", "prefix", "blanks"],
)
def test_xml_is_read_however_it_is_written_and_whoever_its_header_names(desk, written):
    # Amazon does not look at MerchantIdentifier: amzn/selling-partner-api-docs#767
    number = desk.seller.place_unshipped()
    report = read_report(desk.done(FULFILLMENT, written(number)))
    assert report["Successful"] == 1, report
    assert desk.seller.state(number)["status"] == "Shipped"


def test_feeds_stand_in_the_state_with_their_counts(desk):
    number = desk.seller.place_unshipped()
    feed_id = desk.submit(FULFILLMENT, envelope("OrderFulfillment", shipment(number), shipment("x")))
    desk.seller.later(minutes=2)
    state = desk.seller.client.get("/_sim/state").get_json()
    told = {"id": feed_id, "seller": "SELLER-1", "type": FULFILLMENT}
    assert state["feeds"] == [{**told, "status": "DONE", "succeeded": 1, "failed": 1}]


def test_feeds_can_be_paced_and_made_to_fail(desk):
    answer = desk.seller.sim("processing", {"feeds": {"queued": "0s", "running": "10m", "outcome": "FATAL"}})
    assert answer["feeds"] == {"queued": "0s", "running": "600s", "outcome": "FATAL"}
    assert answer["reports"] == {"queued": "60s", "running": "60s", "outcome": "processed"}
    number = desk.seller.place_unshipped()
    feed_id = desk.submit(FULFILLMENT, envelope("OrderFulfillment", shipment(number)))
    assert desk.feed(feed_id)["processingStatus"] == "IN_PROGRESS"
    desk.seller.later(minutes=10)
    assert desk.feed(feed_id)["processingStatus"] == "FATAL"
    assert desk.seller.state(number)["status"] == "Unshipped"
    desk.seller.sim("processing", {"feeds": {"outcome": "processed"}})
    assert desk.seller.sim("processing")["feeds"] == {
        "queued": "0s",
        "running": "600s",
        "outcome": "processed",
    }
    desk.seller.sim("reset")
    assert desk.seller.sim("processing")["feeds"]["running"] == "60s"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"feed": {}}, "unknown field 'feed': allowed are feeds, reports"),
        ({"feeds": {"queue": "1m"}}, "unknown field 'feeds.queue'"),
        ({"feeds": {"queued": "soon"}}, "'soon' is not a duration"),
        ({"reports": {"running": "31d"}}, "up to 30d"),
        ({"reports": {"running": "0.5s"}}, "whole seconds"),
        ({"reports": {"outcome": "DONE"}}, "is not one of processed, FATAL"),
        ({"reports": 5}, "field 'reports'"),
    ],
)
def test_a_wrong_pace_is_refused(desk, wish, words):
    desk.seller.refused("processing", wish, words)


def test_what_fails_unforeseen_ends_fatal_and_leaves_nothing_half_done(desk, monkeypatch, caplog):
    number = desk.seller.place_unshipped()

    def ship_and_stumble(feed, content, content_type):
        PROCESSORS[FULFILLMENT](feed, content, content_type)
        raise RuntimeError("stumbled")

    monkeypatch.setattr("mock_amazon.feeds.queue.PROCESSORS", {FULFILLMENT: ship_and_stumble})
    feed_id = desk.submit(FULFILLMENT, envelope("OrderFulfillment", shipment(number)))
    desk.seller.later(minutes=2)
    assert desk.feed(feed_id)["processingStatus"] == "FATAL"
    assert desk.seller.state(number)["status"] == "Unshipped"
    assert "stumbled" in caplog.text


def test_listings_feeds_wait_for_their_section(desk):
    feed_id = desk.submit("JSON_LISTINGS_FEED", b"{}", "application/json; charset=UTF-8")
    desk.seller.later(minutes=2)
    assert desk.feed(feed_id)["processingStatus"] in {"FATAL", "DONE"}


def test_acknowledging_with_the_messages_of_another_type_is_refused(desk):
    # amzn/selling-partner-api-docs#1347
    report = read_report(desk.done(ACKNOWLEDGEMENT, EMPTY, XML))
    assert "We are unable to process the XML feed" in report["notes"][0][3]
