"""The client towards Orders v0 and its restricted data tokens, against canned answers."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests
import responses
from builders_v0 import US, item_v0, order_v0, stored_v0
from responses import matchers

from connector.amazon.client import AmazonClient, Credentials
from connector.amazon.orders import TokenRefused
from connector.domain.blockers import Code
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater, Throttled
from connector.http import Http

API = "https://amazon.test"
ORDERS = f"{API}/orders/v0/orders"
RDT = f"{API}/tokens/2021-03-01/restrictedDataToken"
SELLERS = f"{API}/sellers/v1/marketplaceParticipations"
NUMBER = "112-0000001-0000001"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class StoppedClock:
    def __init__(self):
        self.time = NOON

    def now(self):
        return self.time


@pytest.fixture
def clock():
    return StoppedClock()


@pytest.fixture
def web():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post(f"{API}/auth/o2/token", json={"access_token": "Atza|1", "expires_in": 86400})
        yield mock


@pytest.fixture
def api(clock):
    session = requests.Session()
    http = Http(session, API, "Amazon")
    return AmazonClient(http, http, Credentials("client", "secret", "Atzr|x"), clock).orders("v0")


def grant(web, token="Atz.sprdt|1"):
    web.post(RDT, json={"restrictedDataToken": token, "expiresIn": 3600})


def refuse_elements(web):
    message = "Application does not have access to one or more requested data elements: [shippingAddress]"
    web.post(RDT, status=400, json={"errors": [{"code": "InvalidInput", "message": message}]})


def page(web, *orders, token=None, **kwargs):
    payload = {"Orders": list(orders)} | ({"NextToken": token} if token else {})
    web.get(ORDERS, json={"payload": payload}, **kwargs)


def refusal(status, message="m"):
    return {"status": status, "json": {"errors": [{"code": "X", "message": message}]}}


def search(api, token=None):
    return api.search_orders(US, NOON - timedelta(hours=1), NOON, token)


def tokens_used(web, url=ORDERS):
    return [
        call.request.headers["x-amz-access-token"] for call in web.calls if call.request.url.startswith(url)
    ]


def calls_of(web, url):
    return [call for call in web.calls if call.request.url.split("?")[0] == url]


def test_a_page_is_asked_for_with_everything_and_its_token(api, web):
    """F05: the marketplace is needed with a page token too."""
    grant(web)
    expected = {
        "MarketplaceIds": US,
        "LastUpdatedAfter": "2026-03-01T11:00:00.000Z",
        "LastUpdatedBefore": "2026-03-01T12:00:00.000Z",
        "MaxResultsPerPage": "100",
        "NextToken": "a+/=b",
    }
    page(web, order_v0(), token="t2", match=[matchers.query_param_matcher(expected)])
    found = search(api, "a+/=b")
    assert found.documents == [stored_v0(details="wanted")]
    assert found.next_token == "t2"


@pytest.mark.parametrize("token", ["", None])
def test_an_empty_page_token_is_the_end(api, web, token):
    grant(web)
    web.get(ORDERS, json={"payload": {"Orders": [], "NextToken": token}})
    assert search(api).next_token is None


def test_one_restricted_token_opens_all_reads_until_it_ends(api, web, clock):
    grant(web)
    page(web)
    web.get(f"{ORDERS}/{NUMBER}", json={"payload": order_v0()})
    search(api)
    api.get_order(NUMBER)
    clock.time += timedelta(minutes=58)
    search(api)
    assert len(calls_of(web, RDT)) == 1
    assert set(tokens_used(web)) == {"Atz.sprdt|1"}
    clock.time += timedelta(minutes=2)
    search(api)
    assert len(calls_of(web, RDT)) == 2


def test_the_restricted_token_names_what_it_opens(api, web):
    grant(web)
    page(web)
    search(api)
    (call,) = calls_of(web, RDT)
    resources = json.loads(call.request.body)["restrictedResources"]
    assert {(one["method"], one["path"], *one["dataElements"]) for one in resources} == {
        ("GET", "/orders/v0/orders", "buyerInfo", "shippingAddress"),
        ("GET", "/orders/v0/orders/{orderId}", "buyerInfo", "shippingAddress"),
        ("GET", "/orders/v0/orders/{orderId}/orderItems", "buyerInfo"),
    }


@pytest.mark.parametrize("status", [400, 403])
def test_without_a_role_orders_are_read_without_a_person(api, web, status):
    """F21."""
    web.post(RDT, **refusal(status))
    page(web, order_v0(ShippingAddress={"CountryCode": "US"}))
    assert search(api).documents
    assert tokens_used(web) == ["Atza|1"]


def test_a_role_is_asked_for_again_in_a_later_run(api, web, clock):
    refuse_elements(web)
    page(web)
    search(api)
    search(api)
    assert len(calls_of(web, RDT)) == 1
    clock.time += timedelta(minutes=5)
    grant(web)
    search(api)
    assert tokens_used(web)[-1] == "Atz.sprdt|1"


def test_a_restricted_token_that_is_refused_is_renewed_once(api, web):
    grant(web, "Atz.sprdt|old")
    web.get(ORDERS, **refusal(403))
    grant(web, "Atz.sprdt|new")
    page(web)
    search(api)
    assert tokens_used(web) == ["Atz.sprdt|old", "Atz.sprdt|new"]


def test_a_restricted_token_that_stays_refused_is_done_without(api, web):
    grant(web)
    allowed = [matchers.header_matcher({"x-amz-access-token": "Atza|1"})]
    web.get(ORDERS, json={"payload": {"Orders": []}}, match=allowed)
    web.get(ORDERS, match=[matchers.header_matcher({"x-amz-access-token": "Atz.sprdt|1"})], **refusal(403))
    assert search(api).documents == []


@pytest.mark.parametrize("answer", [{}, {"status": 404}], ids=["as it really answers", "as its model says"])
def test_an_unknown_order_is_none(api, web, answer):
    grant(web)
    body = refusal(404) if answer else {"json": {"payload": {}}}
    web.get(f"{ORDERS}/{NUMBER}", **body)
    assert api.get_order(NUMBER) is None


def test_items_are_read_page_by_page(api, web):
    grant(web)
    items = f"{ORDERS}/{NUMBER}/orderItems"
    first = {"AmazonOrderId": NUMBER, "OrderItems": [item_v0()], "NextToken": "t/2"}
    last = {"AmazonOrderId": NUMBER, "OrderItems": [item_v0(OrderItemId="12")]}
    web.get(items, json={"payload": first}, match=[matchers.query_param_matcher({})])
    web.get(items, json={"payload": last}, match=[matchers.query_param_matcher({"NextToken": "t/2"})])
    document = api.with_details(stored_v0(details="wanted"))
    assert document == stored_v0(item_v0(), item_v0(OrderItemId="12"))


def test_items_that_never_end_are_no_answer(api, web):
    """F06."""
    grant(web)
    endless = {"AmazonOrderId": NUMBER, "OrderItems": [item_v0()], "NextToken": "same"}
    web.get(f"{ORDERS}/{NUMBER}/orderItems", json={"payload": endless})
    with pytest.raises(RetryLater, match="unknown shape"):
        api.with_details(stored_v0(details="wanted"))


def test_an_order_of_the_other_version_is_read_whole(api, web):
    grant(web)
    web.get(f"{ORDERS}/{NUMBER}", json={"payload": order_v0()})
    web.get(f"{ORDERS}/{NUMBER}/orderItems", json={"payload": {"OrderItems": [item_v0()]}})
    assert api.with_details({"orderId": NUMBER}) == stored_v0(item_v0())


def test_a_used_up_rate_is_told_from_a_fault(api, web):
    """F18."""
    grant(web)
    web.get(f"{ORDERS}/{NUMBER}/orderItems", **refusal(429))
    with pytest.raises(Throttled):
        api.with_details(stored_v0(details="wanted"))


def test_a_refused_page_token_is_told_apart(api, web):
    """F06."""
    grant(web)
    web.get(ORDERS, **refusal(400, "We could not decode your NextToken"))
    with pytest.raises(TokenRefused):
        search(api, "t1")
    with pytest.raises(GiveUpOnOrder) as caught:
        search(api)
    assert not isinstance(caught.value, TokenRefused)


@pytest.mark.parametrize("status", [403, 404, 405, 410])
def test_removed_reads_are_a_problem_of_the_setting(api, web, status):
    grant(web)
    web.get(SELLERS, json={"payload": []})
    web.get(ORDERS, **refusal(status, "gone for good"))
    with pytest.raises(AbortRun, match="gone for good") as caught:
        search(api)
    assert caught.value.code is Code.ORDERS_API_REMOVED


def test_refused_access_is_not_taken_for_removed_reads(api, web):
    grant(web)
    web.get(SELLERS, **refusal(403))
    web.get(ORDERS, **refusal(403))
    with pytest.raises(AbortRun) as caught:
        search(api)
    assert caught.value.code is Code.AUTH_FAILED


@pytest.mark.parametrize(
    "body",
    [{"payload": None}, {"orders": []}, [], {"payload": {"Orders": None}}, {"payload": {"Orders": [1]}}],
)
def test_an_answer_of_unknown_shape_is_not_an_empty_list(api, web, body):
    """F25."""
    grant(web)
    web.get(ORDERS, json=body)
    with pytest.raises(RetryLater, match="unknown shape"):
        search(api)


def test_no_restricted_token_gets_into_a_message(api, web):
    """I9."""
    web.post(RDT, json={"expiresIn": "Atz.sprdt|secret"})
    with pytest.raises(RetryLater) as caught:
        search(api)
    assert "sprdt" not in str(caught.value)
