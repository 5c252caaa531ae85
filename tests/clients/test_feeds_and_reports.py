"""Feeds and reports through two unpatched clients: Amazon's own for Python, and python-amazon-sp-api."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import requests
from sp_api.api import Feeds, Reports
from sp_api.auth import AccessTokenClient
from sp_api.base import Marketplaces
from sp_api.base.exceptions import SellingApiBadRequestException
from spapi import FeedsApi, ReportsApi, SPAPIClient, SPAPIConfig

import mock_amazon
from mock_amazon import defaults
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simkit.serving import LiveServer

pytestmark = pytest.mark.sockets

US = "ATVPDKIKX0DER"
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
XML = "text/xml; charset=UTF-8"
TYPE = "POST_ORDER_FULFILLMENT_DATA"
REPORT = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"


# Its token client never closes its connection.
leaves_sockets = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
)


def fulfillment(number):
    return (
        "<AmazonEnvelope><MessageType>OrderFulfillment</MessageType><Message><MessageID>1</MessageID>"
        f"<OrderFulfillment><AmazonOrderID>{number}</AmazonOrderID>"
        "<FulfillmentDate>2026-03-01T09:00:00Z</FulfillmentDate></OrderFulfillment></Message></AmazonEnvelope>"
    )


class Amazon:
    """The mock over sockets, steered as a user would."""

    def __init__(self, url, clock):
        self.url, self.clock = url, clock

    def sim(self, path, **body):
        answer = requests.post(f"{self.url}/_sim/{path}", json=body, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def place(self):
        line = {"sku": "MUG", "qty": 1, "unit_price": "5.00"}
        return self.sim("orders", status="Unshipped", lines=[line])["amazon_order_id"]

    def status(self):
        (order,) = requests.get(f"{self.url}/_sim/state", timeout=10).json()["orders"]
        return order["status"]

    def wait(self):
        self.clock.advance(timedelta(minutes=2))


@pytest.fixture
def amazon():
    clock = VirtualClock(START, mode="frozen")
    with LiveServer(mock_amazon.create_app(ServerConfig(clock=clock))) as server:
        yield Amazon(server.url, clock)


@pytest.fixture
def official(amazon):
    config = SPAPIConfig(
        client_id=defaults.CLIENT_ID,
        client_secret=defaults.CLIENT_SECRET,
        refresh_token=defaults.REFRESH_TOKEN,
        region="NA",
    )
    oauth = f"{amazon.url}/auth/o2/token"
    return SPAPIClient(config, oauth_endpoint=oauth, endpoint=amazon.url).api_client


@pytest.fixture
def saleweaver(amazon, monkeypatch):
    """What it has to be given: its credentials, and where the marketplaces and the token endpoint are."""
    monkeypatch.setattr(AccessTokenClient, "scheme", "http://")
    monkeypatch.setattr(AccessTokenClient, "host", amazon.url.removeprefix("http://"))
    monkeypatch.setattr(Marketplaces.US, "endpoint", amazon.url)
    credentials = {
        "refresh_token": defaults.REFRESH_TOKEN,
        "lwa_app_id": defaults.CLIENT_ID,
        "lwa_client_secret": defaults.CLIENT_SECRET,
    }
    # Its tokens are kept for the whole process: those of the server of another test.
    monkeypatch.setattr("sp_api.auth.access_token_client.cache", {})
    return {"credentials": credentials, "marketplace": Marketplaces.US}


def test_amazons_own_client_ships_an_order_by_feed(amazon, official):
    number, feeds = amazon.place(), FeedsApi(official)
    document = feeds.create_feed_document({"contentType": XML})
    uploaded = requests.put(document.url, data=fulfillment(number), headers={"Content-Type": XML}, timeout=10)
    assert uploaded.status_code == 200
    wish = {"feedType": TYPE, "marketplaceIds": [US], "inputFeedDocumentId": document.feed_document_id}
    feed_id = feeds.create_feed(wish).feed_id
    assert feeds.get_feed(feed_id).processing_status == "IN_QUEUE"
    amazon.wait()
    feed = feeds.get_feed(feed_id)
    assert (feed.processing_status, amazon.status()) == ("DONE", "Shipped")
    result = feeds.get_feed_document(feed.result_feed_document_id)
    assert "<MessagesSuccessful>1<" in requests.get(result.url, timeout=10).text
    assert [each.feed_id for each in feeds.get_feeds(feed_types=[TYPE]).feeds] == [feed_id]


def test_amazons_own_client_fetches_a_report(amazon, official):
    number, reports = amazon.place(), ReportsApi(official)
    wish = {"reportType": REPORT, "marketplaceIds": [US], "dataStartTime": "2026-02-25T00:00:00Z"}
    report_id = reports.create_report(wish).report_id
    amazon.wait()
    report = reports.get_report(report_id)
    assert report.processing_status == "DONE"
    document = reports.get_report_document(report.report_document_id)
    assert requests.get(document.url, timeout=10).text.splitlines()[1].startswith(number)
    schedule = reports.create_report_schedule(
        {"reportType": REPORT, "marketplaceIds": [US], "period": "PT1H"}
    )
    (known,) = reports.get_report_schedules(report_types=[REPORT]).report_schedules
    assert known.report_schedule_id == schedule.report_schedule_id


@leaves_sockets
def test_python_amazon_sp_api_ships_an_order_by_feed(amazon, saleweaver):
    number = amazon.place()
    with Feeds(**saleweaver) as feeds:
        _, feed = feeds.submit_feed(TYPE, io.StringIO(fulfillment(number)), XML, marketplaceIds=[US])
        feed_id = feed.payload["feedId"]
        amazon.wait()
        told = feeds.get_feed(feed_id).payload
        assert (told["processingStatus"], amazon.status()) == ("DONE", "Shipped")
        assert "<MessagesSuccessful>1<" in feeds.get_feed_document(told["resultFeedDocumentId"])
        with pytest.raises(SellingApiBadRequestException):
            feeds.cancel_feed(feed_id)


@leaves_sockets
def test_python_amazon_sp_api_fetches_a_report_and_pages_through_the_list(amazon, saleweaver):
    number, wish = amazon.place(), {"reportType": REPORT, "dataStartTime": "2026-02-25T00:00:00Z"}
    with Reports(**saleweaver) as reports:
        ids = [reports.create_report(**wish).payload["reportId"] for _ in range(2)]
        amazon.wait()
        document_id = reports.get_report(ids[0]).payload["reportDocumentId"]
        document = reports.get_report_document(document_id, download=True).payload["document"]
        assert document.splitlines()[1].startswith(number)
        first = reports.get_reports(reportTypes=[REPORT], pageSize=1)
        second = reports.get_reports(nextToken=first.next_token)
        assert [page.payload["reports"][0]["reportId"] for page in (first, second)] == ids[::-1]
