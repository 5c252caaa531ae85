"""The client towards Amazon, against canned answers."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
import responses
from responses import matchers

from connector.amazon.client import AmazonClient, Credentials
from connector.amazon.orders import TokenRefused
from connector.amazon.orders_2026 import IMPERSONAL, PERSONAL
from connector.domain.blockers import Code
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.http import Http

API = "https://amazon.test"
LWA = "https://lwa.test/auth/o2/token"
ORDERS = f"{API}/orders/2026-01-01/orders"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class StoppedClock:
    def __init__(self):
        self.time = NOON

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return StoppedClock()


@pytest.fixture
def client(clock):
    session = requests.Session()
    credentials = Credentials("client", "secret", "Atzr|x y")
    return AmazonClient(
        Http(session, API, "Amazon"), Http(session, "https://lwa.test", "LWA"), credentials, clock
    )


@pytest.fixture
def web():
    with responses.RequestsMock() as mock:
        yield mock


def grant(web, token="Atza|1"):
    web.post(LWA, json={"access_token": token, "expires_in": 3600, "token_type": "bearer"})


def search(client, token=None):
    return client.orders("2026-01-01").search_orders("ATVPDKIKX0DER", NOON - timedelta(hours=1), NOON, token)


def test_search_asks_for_everything_in_one_window(client, web):
    grant(web)
    expected = {
        "marketplaceIds": "ATVPDKIKX0DER",
        "lastUpdatedAfter": "2026-03-01T11:00:00.000Z",
        "lastUpdatedBefore": "2026-03-01T12:00:00.000Z",
        "maxResultsPerPage": "100",
        "paginationToken": "a+/=b",
    }
    web.get(
        ORDERS,
        json={"orders": [{"orderId": "1"}], "pagination": {"nextToken": "t2"}},
        match=[matchers.query_param_matcher(expected, strict_match=False)],
    )
    page = search(client, "a+/=b")
    assert [document["orderId"] for document in page.documents] == ["1"]
    assert page.next_token == "t2"
    assert "FULFILLMENT" in web.calls[1].request.params["includedData"]


def test_the_access_token_serves_until_a_minute_before_its_end(client, web, clock):
    grant(web)
    web.get(ORDERS, json={"orders": []})
    search(client)
    clock.sleep(3500)
    search(client)
    assert len(web.calls) == 3
    clock.sleep(40)
    search(client)
    assert web.calls[3].request.url == LWA


def test_a_refused_token_is_renewed_once(client, web):
    grant(web, "Atza|old")
    web.get(ORDERS, status=403, json={"errors": [{"code": "Unauthorized", "message": "m"}]})
    grant(web, "Atza|new")
    web.get(ORDERS, json={"orders": []})
    search(client)
    assert web.calls[3].request.headers["x-amz-access-token"] == "Atza|new"


def test_a_second_refusal_aborts_the_run(client, web):
    grant(web)
    errors = {"errors": [{"code": "Unauthorized", "message": "Access denied.", "details": "expired"}]}
    web.get(ORDERS, status=403, json=errors)
    with pytest.raises(AbortRun, match=r"Access denied\. expired") as caught:
        search(client)
    assert caught.value.code is Code.AUTH_FAILED
    assert len([call for call in web.calls if call.request.url == LWA]) == 2


def test_a_refused_grant_aborts_the_run_without_naming_a_secret(client, web):
    web.post(LWA, status=400, json={"error": "invalid_grant", "error_description": "Atzr|x y"})
    with pytest.raises(AbortRun, match="invalid_grant") as caught:
        search(client)
    assert "Atzr" not in str(caught.value)


@pytest.mark.parametrize(("status", "perhaps"), [(429, False), (500, True), (503, True)])
def test_overload_and_outage_are_tried_later(client, web, status, perhaps):
    grant(web)
    web.get(ORDERS, status=status, json={"errors": []})
    with pytest.raises(RetryLater) as caught:
        search(client)
    assert caught.value.perhaps_done is perhaps


def test_no_answer_is_tried_later(client, web):
    grant(web)
    web.get(ORDERS, body=requests.exceptions.ReadTimeout("late"))
    with pytest.raises(RetryLater, match=r"no answer from Amazon at amazon.test \(ReadTimeout\)"):
        search(client)


def test_an_answer_that_is_no_json_is_tried_later(client, web):
    grant(web)
    web.get(ORDERS, body="<html>")
    with pytest.raises(RetryLater, match="not JSON"):
        search(client)


def test_a_refused_page_token_is_told_apart(client, web):
    grant(web)
    errors = {"errors": [{"code": "InvalidInput", "message": "paginationToken is not valid"}]}
    web.get(ORDERS, status=400, json=errors)
    with pytest.raises(TokenRefused):
        search(client, "t1")
    with pytest.raises(GiveUpOnOrder, match="not valid") as caught:
        search(client)
    assert not isinstance(caught.value, TokenRefused)


def test_an_unknown_order_is_none(client, web):
    grant(web)
    web.get(f"{ORDERS}/112-1", status=404, json={"errors": [{"code": "NotFound", "message": "m"}]})
    assert client.orders("2026-01-01").get_order("112-1") is None


def test_a_refused_confirmation_carries_amazons_words(client, web):
    grant(web)
    web.post(
        f"{API}/orders/v0/orders/112-1/shipmentConfirmation",
        status=400,
        json={"errors": [{"code": "InvalidInput", "message": "OrderItemId 9 is invalid"}]},
    )
    with pytest.raises(GiveUpOnOrder, match="OrderItemId 9 is invalid"):
        client.confirm_shipment("112-1", {})


def test_only_marketplaces_with_participation_count(client, web):
    grant(web)
    entry = {"marketplace": {"id": "A"}, "participation": {"isParticipating": True}}
    other = {"marketplace": {"id": "B"}, "participation": {"isParticipating": False}}
    web.get(f"{API}/sellers/v1/marketplaceParticipations", json={"payload": [entry, other]})
    assert client.marketplace_ids() == ["A"]


@pytest.mark.parametrize("body", [{"payload": None}, {"orders": None}, [], "orders", {"orders": {}}])
def test_an_answer_of_unknown_shape_is_not_an_empty_list(client, web, body):
    """F25."""
    grant(web)
    web.get(ORDERS, json=body)
    with pytest.raises(RetryLater, match="unknown shape"):
        search(client)


def included(words):
    return [matchers.query_param_matcher({"includedData": words}, strict_match=False)]


def test_an_application_without_the_role_reads_orders_without_a_person(client, web, clock):
    """F21: some applications are refused as soon as they ask for one."""
    grant(web)
    refusal = {"errors": [{"code": "Unauthorized", "message": "m"}]}
    web.get(ORDERS, status=403, json=refusal, match=included(PERSONAL + IMPERSONAL))
    web.get(ORDERS, json={"orders": [{"orderId": "1"}]}, match=included(IMPERSONAL))

    def asked():
        assert search(client).documents == [{"orderId": "1"}]
        requests = [call.request for call in web.calls if call.request.url.startswith(ORDERS)]
        web.calls.reset()
        return ["BUYER" in request.params["includedData"] for request in requests]

    assert asked() == [True, True, False]
    assert asked() == [False], "searches are too few to be refused again at once"
    clock.sleep(3600)
    assert asked() == [True, True, False]
