import gzip
from urllib.parse import parse_qs, urlsplit

import pytest
from amazon_seller import assert_spapi_error
from defusedxml.ElementTree import fromstring
from feed_desk import ACKNOWLEDGEMENT, FEEDS, FULFILLMENT, REPORTS, XML, envelope, shipment

from mock_amazon.documents.keeping import LARGEST


def assert_s3_error(answer, status, code, message=""):
    root = fromstring(answer.get_data(as_text=True))
    assert (answer.status_code, root.tag, root.findtext("Code")) == (status, "Error", code)
    assert message in root.findtext("Message")
    assert answer.mimetype == "application/xml"
    assert "x-amzn-RequestId" not in answer.headers


def test_the_url_is_signed_as_s3_does_and_lies_on_the_host_that_was_called(desk):
    document = desk.document()
    url = urlsplit(document["url"])
    query = {name: value for name, (value,) in parse_qs(url.query).items()}
    assert document["feedDocumentId"].startswith("amzn1.tortuga.")
    assert (url.scheme, url.netloc) == ("http", "localhost")
    assert query["X-Amz-Expires"] == "300"
    assert query["X-Amz-Date"] == "20260301T090000Z"
    assert query["X-Amz-SignedHeaders"] == "content-type;host"


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("127.0.0.1:9001", "http://127.0.0.1:9001"),
        ("27.0.0.1:9001", "http://127.0.0.1:9001"),  # what python-amazon-sp-api makes of it
        ("ocalhost:9001", "http://localhost:9001"),
        ("[::1]:9001", "http://[::1]:9001"),
        ("amazon.test:9001", "http://amazon.test:9001"),
        ("sellingpartnerapi-na.amazon.com", "https://sellingpartnerapi-na.amazon.com"),
    ],
)
def test_the_url_can_be_reached_whatever_the_client_calls_the_host(desk, host, base):
    headers = {**desk.seller.headers, "Host": host}
    answer = desk.seller.client.post(f"{FEEDS}/documents", json={"contentType": XML}, headers=headers)
    assert answer.get_json()["url"].startswith(f"{base}/documents/")


def test_a_gateway_that_ends_tls_says_so(desk):
    headers = {**desk.seller.headers, "X-Forwarded-Proto": "https"}
    answer = desk.seller.client.post(f"{FEEDS}/documents", json={"contentType": XML}, headers=headers)
    assert answer.get_json()["url"].startswith("https://localhost/documents/")


def test_an_upload_needs_no_token_and_answers_as_s3(desk):
    answer = desk.put(desk.document()["url"], b"<a/>")
    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert answer.headers["Server"] == "AmazonS3"
    assert "x-amzn-RequestId" not in answer.headers


def test_the_url_is_good_for_five_minutes_of_the_clock(desk):
    url = desk.document()["url"]
    desk.seller.later(minutes=5)
    assert desk.put(url, b"first").status_code == 200
    desk.seller.later(seconds=1)
    assert_s3_error(desk.put(url, b"late"), 403, "AccessDenied", "Request has expired")


@pytest.mark.parametrize("other", ["text/xml; charset=utf-8", "text/xml", ""])
def test_the_content_type_is_the_one_of_the_document(desk, other):
    # jrl84/amazon-sp-api#23, amzn/selling-partner-api-docs#97
    answer = desk.put(desk.document()["url"], b"<a/>", other)
    assert_s3_error(answer, 403, "SignatureDoesNotMatch", "Check your key and signing method.")


def test_a_url_that_was_touched_opens_nothing(desk):
    first, second = desk.document(), desk.document()
    signature = parse_qs(urlsplit(first["url"]).query)["X-Amz-Signature"][0]
    for url in (
        first["url"].replace(signature, "0" * 64),
        first["url"].replace(signature, "é"),
        first["url"].replace("Expires=300", "Expires=9999999"),
        first["url"].replace(first["feedDocumentId"], second["feedDocumentId"]),
    ):
        assert_s3_error(desk.put(url, b"x"), 403, "SignatureDoesNotMatch")
    assert_s3_error(desk.put(first["url"].partition("?")[0], b"x"), 403, "AccessDenied", "Access Denied")


def test_an_upload_url_cannot_be_read_from(desk):
    url = desk.document()["url"]
    for method in ("GET", "HEAD"):
        answer = desk.seller.client.open(url, method=method)
        assert answer.status_code == 403
    assert_s3_error(desk.seller.client.post(url), 405, "MethodNotAllowed")


@pytest.mark.parametrize("size", [LARGEST + 1, 100 * 1024 * 1024])
def test_an_upload_that_is_too_large_is_refused_and_changes_nothing(desk, size):
    document = desk.document()
    answer = desk.put(document["url"], b"x" * size)
    assert_s3_error(answer, 400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
    assert desk.create(document["feedDocumentId"], FULFILLMENT).status_code == 400


def test_a_body_that_is_too_large_is_refused_elsewhere_too(desk):
    answer = desk.seller.client.post(
        f"{FEEDS}/documents", data=b"x" * 17 * 1024 * 1024, headers=desk.seller.headers
    )
    assert_spapi_error(answer, 413, "RequestTooLarge")


@pytest.mark.parametrize(
    "body", [{}, {"contentType": None}, [], "x", {"contentType": 5}, {"contentType": ""}]
)
def test_a_document_needs_a_content_type(desk, body):
    answer = desk.call("createFeedDocument", "POST", f"{FEEDS}/documents", body)
    assert_spapi_error(answer, 400, "InvalidInput")


def test_a_missing_parameter_is_told_in_amazons_words(desk):
    answer = desk.call("createFeedDocument", "POST", f"{FEEDS}/documents", {})
    assert_spapi_error(answer, 400, "InvalidInput", "One or more required parameters missing", "contentType;")


def test_the_result_of_a_feed_is_downloaded_without_a_token(desk):
    feed_id = desk.submit(FULFILLMENT, envelope("OrderFulfillment", shipment("x")))
    desk.seller.later(minutes=2)
    path = f"{FEEDS}/documents/{desk.feed(feed_id)['resultFeedDocumentId']}"
    told = desk.call("getFeedDocument", "GET", path).get_json()
    answer = desk.seller.client.get(told["url"])
    assert answer.headers["Content-Type"] == XML
    assert b"ProcessingReport" in answer.get_data()
    assert "compressionAlgorithm" not in told
    desk.seller.later(minutes=5, seconds=1)
    assert_s3_error(desk.seller.client.get(told["url"]), 403, "AccessDenied", "Request has expired")


def test_a_large_result_is_packed_and_may_be_unpacked_by_the_http_client(desk):
    messages = [shipment(f"113-0000000-{number:07}") for number in range(60)]
    feed_id = desk.submit(FULFILLMENT, envelope("OrderFulfillment", *messages))
    desk.seller.later(minutes=2)
    path = f"{FEEDS}/documents/{desk.feed(feed_id)['resultFeedDocumentId']}"
    told = desk.call("getFeedDocument", "GET", path).get_json()
    assert told["compressionAlgorithm"] == "GZIP"
    plain = desk.seller.client.get(told["url"])
    assert "Content-Encoding" not in plain.headers
    assert b"<MessagesWithError>60<" in gzip.decompress(plain.get_data())
    unpacked = desk.call("getFeedDocument", "GET", path, enableContentEncodingUrlHeader="true").get_json()
    assert desk.seller.client.get(unpacked["url"]).headers["Content-Encoding"] == "gzip"
    wrong = desk.call("getFeedDocument", "GET", path, enableContentEncodingUrlHeader="maybe")
    assert_spapi_error(wrong, 400, "InvalidInput", "Member must be a boolean")


def test_other_documents_are_not_results(desk, other):
    own = desk.document()["feedDocumentId"]
    answer = desk.call("getFeedDocument", "GET", f"{FEEDS}/documents/{own}")
    assert_spapi_error(answer, 400, "InvalidInput")  # amzn/selling-partner-api-models#959
    for path in (f"{FEEDS}/documents/nothing", f"{FEEDS}/documents/%00%F0%9F%8E%81"):
        assert_spapi_error(desk.call("getFeedDocument", "GET", path), 404, "NotFound")
    answer = desk.call("getReportDocument", "GET", f"{REPORTS}/documents/{own}")
    assert_spapi_error(answer, 404, "NotFound")
    answer = other.call("getFeedDocument", "GET", f"{FEEDS}/documents/{own}")
    assert_spapi_error(answer, 404, "NotFound")


def test_a_document_is_good_for_one_feed_and_does_not_change_afterwards(desk):
    number = desk.seller.place_unshipped()
    document = desk.document()
    desk.put(document["url"], envelope("OrderFulfillment", shipment(number)))
    assert desk.create(document["feedDocumentId"], FULFILLMENT).status_code == 202
    assert_spapi_error(desk.create(document["feedDocumentId"], ACKNOWLEDGEMENT), 400, "InvalidInput")
    assert desk.put(document["url"], b"something else").status_code == 200
    desk.seller.later(minutes=2)
    assert desk.seller.state(number)["status"] == "Shipped"


def test_documents_follow_snapshots(desk):
    document_id = desk.uploaded(envelope("OrderFulfillment", shipment("x")))
    desk.seller.sim("snapshots", {"name": "uploaded"}, 201)
    assert desk.create(document_id, FULFILLMENT).status_code == 202
    desk.seller.sim("snapshots/uploaded/restore")
    assert desk.create(document_id, FULFILLMENT).status_code == 202


def test_faults_of_the_store_are_its_own(desk):
    url = desk.document()["url"]
    desk.seller.sim("faults", {"at": "uploadDocument", "kind": "status", "status": 503}, 201)
    assert_s3_error(desk.put(url, b"x"), 503, "SlowDown")
    assert desk.put(url, b"x").status_code == 200
    calls = desk.seller.client.get("/_sim/journal").get_json()["calls"]
    assert [call["operation"] for call in calls][-2:] == ["uploadDocument"] * 2
