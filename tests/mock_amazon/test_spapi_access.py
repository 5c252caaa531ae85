import re
from datetime import timedelta

import pytest
from amazon_seller import assert_spapi_error

from mock_amazon.access.throttle import LIMITS, Buckets, Limit
from simkit.clock import DEFAULT_START

DENIED = "Access to requested resource is denied."


@pytest.mark.parametrize(
    ("token", "details"),
    [
        pytest.param(None, "Access token is missing in the request header.", id="missing"),
        pytest.param("", "Access token is missing in the request header.", id="empty"),
        pytest.param("Atza|made-up", "revoked, malformed or invalid", id="unknown"),
    ],
)
def test_without_a_good_token_access_is_denied(amazon, token, details):
    amazon.headers = {} if token is None else {"x-amz-access-token": token}
    for answer in (amazon.search(), amazon.get("112-0000000-0000000"), amazon.participations()):
        assert_spapi_error(answer, 403, "Unauthorized", DENIED, details)


def test_a_token_lives_an_hour_of_the_virtual_clock(amazon):
    amazon.later(seconds=3599)
    assert amazon.participations().status_code == 200
    amazon.later(seconds=1)
    assert_spapi_error(amazon.participations(), 403, "Unauthorized", DENIED, "you provided has expired.")


def test_a_token_of_the_application_alone_is_not_enough(amazon):
    grant = {"grant_type": "client_credentials", "scope": "sellingpartnerapi::notifications"}
    token = amazon.token(**grant).get_json()["access_token"]
    amazon.headers = {"x-amz-access-token": token}
    assert_spapi_error(amazon.search(), 403, "Unauthorized", DENIED)


def test_sellers_see_their_own_orders_only(amazon, other):
    mine, theirs = amazon.place_unshipped(), amazon.place_unshipped(seller="SELLER-2")
    amazon.later(minutes=3)
    assert amazon.found() == [mine]
    assert other.found() == [theirs]
    assert_spapi_error(other.get(mine), 404, "NotFound", details=mine)
    refused = other.confirm_shipment(mine, amazon.package(mine, 2))
    assert_spapi_error(refused, 404, "NotFound", details=mine)
    assert amazon.state(mine)["status"] == "Unshipped"


def test_junk_of_clients_is_ignored(amazon):
    headers = {
        "Host": "27.0.0.1:18080",
        "Authorization": "AWS4-HMAC-SHA256 Credential=x",
        "x-amz-date": "20200101T000000Z",
        "Content-Type": "application/json",
    }
    query = {"MarketplaceIds": "X", "original_path": "/a"}
    assert amazon.participations(headers=headers, query_string=query).status_code == 200


def test_a_long_user_agent_is_refused(amazon):
    assert amazon.participations(headers={"User-Agent": "x" * 500}).status_code == 200
    refused = amazon.participations(headers={"User-Agent": "x" * 501})
    assert_spapi_error(refused, 400, "InvalidInput", details="more than 500 characters")


def test_participations_are_the_marketplaces_of_the_seller(amazon, other):
    def ids(seller):
        payload = seller.participations().get_json()["payload"]
        return [entry["marketplace"]["id"] for entry in payload]

    assert ids(amazon) == ["ATVPDKIKX0DER"]
    assert ids(other) == ["ATVPDKIKX0DER", "A1VC38T7YXB528"]


def test_the_burst_is_spent_then_the_rate_refills_it(amazon, other):
    for _ in range(20):
        answer = amazon.search()
        assert answer.status_code == 200
        assert answer.headers["x-amzn-RateLimit-Limit"] == "0.0056"
    refused = amazon.search()
    assert_spapi_error(refused, 429, "QuotaExceeded", "You exceeded your quota for the requested resource.")
    assert amazon.participations().status_code == 200, "other operations have buckets of their own"
    assert other.search().status_code == 200, "other sellers have buckets of their own"
    amazon.later(seconds=178)
    assert amazon.search().status_code == 429
    amazon.later(seconds=1)
    assert amazon.search().status_code == 200
    assert amazon.search().status_code == 429


def test_refused_input_spends_quota_and_tells_the_rate(amazon):
    for _ in range(20):
        answer = amazon.search(maxResultsPerPage=0)
        assert answer.headers["x-amzn-RateLimit-Limit"] == "0.0056"
    assert amazon.search().status_code == 429


def test_buckets_follow_snapshots_and_resets(amazon):
    amazon.sim("snapshots", {"name": "full"}, 201)
    for _ in range(20):
        amazon.search()
    amazon.sim("snapshots", {"name": "empty"}, 201)
    amazon.sim("snapshots/full/restore")
    assert amazon.search().status_code == 200
    amazon.sim("snapshots/empty/restore")
    assert amazon.search().status_code == 429
    amazon.sim("reset")
    amazon.sign_in()
    assert amazon.search().status_code == 200


def test_a_clock_that_is_set_back_gives_nothing_away():
    buckets, key, limit = Buckets(), ("a", "s", "o"), Limit(1.0, 2)
    assert [buckets.take(key, limit, DEFAULT_START) for _ in range(3)] == [True, True, False]
    assert not buckets.take(key, limit, DEFAULT_START - timedelta(hours=1))


def test_a_bucket_never_holds_more_than_its_burst():
    buckets, key, limit = Buckets(), ("a", "s", "o"), Limit(1.0, 2)
    buckets.take(key, limit, DEFAULT_START)
    later = DEFAULT_START + timedelta(days=1)
    assert [buckets.take(key, limit, later) for _ in range(3)] == [True, True, False]


def test_every_limited_operation_can_be_called(world):
    app, _ = world
    served = {getattr(view, "operation", None) for view in app.view_functions.values()} - {None}
    assert served == {*LIMITS, "lwa_token", "uploadDocument", "downloadDocument"}


def test_request_ids_follow_snapshots(amazon):
    amazon.sim("snapshots", {"name": "before"}, 201)
    first = amazon.participations().headers["x-amzn-RequestId"]
    amazon.sim("snapshots/before/restore")
    assert amazon.participations().headers["x-amzn-RequestId"] == first


def test_request_ids_differ_and_repeat_with_the_seed(amazon):
    first = [amazon.participations().headers["x-amzn-RequestId"] for _ in range(3)]
    amazon.sim("reset", {"seed": 1})
    amazon.sign_in()
    assert [amazon.participations().headers["x-amzn-RequestId"] for _ in range(3)] == first
    assert len(set(first)) == 3
    amazon.sim("reset", {"seed": 2})
    amazon.sign_in()
    assert amazon.participations().headers["x-amzn-RequestId"] not in first


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tokens"),
        ("GET", "/nothing"),
        ("GET", "/catalog/2022-04-01/items"),
        ("GET", "/orders/v0/orders/"),
        ("GET", "//orders/v0/orders"),
        ("GET", "/orders//v0/orders"),
        ("GET", "/orders/2026-01-01/orders/a/b"),
        ("POST", "/orders/v0/orders"),
        ("PUT", "/orders/2026-01-01/orders"),
        ("DELETE", "/orders/v0/orders/112-1234567-1234567/shipmentConfirmation"),
        ("GET", "/tokens/2021-03-01/restrictedDataToken"),
        ("HEAD", "/sellers/v1/marketplaceParticipations"),
        ("OPTIONS", "/orders/2026-01-01/orders"),
    ],
)
def test_the_gateway_denies_paths_and_methods_that_are_not_there(amazon, method, path):
    """amzn/selling-partner-api-models#3993; no 404, no 405, no page."""
    answer = amazon.client.open(path, method=method, headers=amazon.headers)
    assert answer.headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"
    if method == "HEAD":
        assert (answer.status_code, answer.get_data()) == (403, b"")
        return
    error = assert_spapi_error(answer, 403, "Unauthorized", DENIED)
    assert error["details"] == ""


@pytest.mark.parametrize("method", ["GET", "PUT", "OPTIONS", "HEAD"])
def test_the_token_endpoint_takes_posts_only(amazon, method):
    answer = amazon.client.open("/auth/o2/token", method=method)
    assert answer.status_code == 400
    assert method == "HEAD" or answer.get_json()["error"] == "invalid_request"


def test_errors_of_the_gateway_tell_their_type(amazon):
    while (refused := amazon.participations()).status_code != 429:
        pass
    assert refused.headers["x-amzn-ErrorType"] == "TooManyRequestsException"
    amazon.headers = {}
    assert amazon.search().headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"
    amazon.headers = {"x-amz-access-token": "Atza|no"}
    assert amazon.search().headers["x-amzn-ErrorType"] == "AccessDeniedException"


def test_answers_have_the_ids_of_the_gateway(amazon):
    answer = amazon.participations()
    assert re.fullmatch(r"[\w-]{15}=", answer.headers["x-amz-apigw-id"])
    assert re.fullmatch(r"Root=1-69a40010-[0-9a-f]{24}", answer.headers["X-Amzn-Trace-Id"])
    assert "x-amz-apigw-id" not in amazon.token(grant_type="").headers


ROTATION = "/applications/2023-11-30/clientSecret"


def app_token(amazon, scope):
    return amazon.token(grant_type="client_credentials", scope=scope).get_json()["access_token"]


def test_an_application_alone_is_admitted_where_no_seller_is_needed(amazon):
    headers = {"x-amz-access-token": app_token(amazon, "sellingpartnerapi::client_credential:rotation")}
    answer = amazon.client.post(ROTATION, headers=headers)
    assert_spapi_error(answer, 400, "InvalidInput", "not enrolled for rotation notification")
    assert amazon.client.post(ROTATION, headers=headers).status_code == 429
    amazon.later(seconds=60)
    assert amazon.client.post(ROTATION, headers=headers).status_code == 400


@pytest.mark.parametrize("scope", ["sellingpartnerapi::notifications", "sellingpartnerapi::migration", None])
def test_a_grantless_operation_wants_a_token_of_its_scope(amazon, scope):
    token = app_token(amazon, scope) if scope else amazon.headers["x-amz-access-token"]
    answer = amazon.client.post(ROTATION, headers={"x-amz-access-token": token})
    assert_spapi_error(answer, 403, "Unauthorized", DENIED, "not for this grantless operation")


def test_unknown_control_calls_are_told_in_the_words_of_the_control_api(amazon):
    answer = amazon.client.get("/_sim/nothing")
    assert answer.status_code == 404
    assert list(answer.get_json()) == ["error"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "InvalidInput"),
        (403, "Unauthorized"),
        (404, "NotFound"),
        (429, "QuotaExceeded"),
        (500, "InternalFailure"),
        (503, "ServiceUnavailable"),
    ],
)
def test_faults_answer_in_the_words_of_amazon(amazon, status, code):
    fault = {"at": "searchOrders", "kind": "status", "status": status}
    planned = amazon.sim("faults", fault, 201)
    assert_spapi_error(amazon.search(), status, code)
    assert amazon.search().status_code == 200
    assert amazon.client.get(f"/_sim/faults/{planned['id']}").get_json()["fired"] == 1


def test_faults_and_journal_know_the_orders_of_a_call(amazon):
    one, two = amazon.place_unshipped(), amazon.place_unshipped()
    amazon.sim("faults", {"at": "confirmShipment", "kind": "status", "status": 500, "order": two}, 201)
    assert amazon.confirm_shipment(one, amazon.package(one, 2)).status_code == 204
    assert amazon.confirm_shipment(two, amazon.package(two, 2)).status_code == 500
    assert amazon.state(two)["status"] == "Unshipped"
    calls = amazon.client.get(f"/_sim/journal?order={two}").get_json()["calls"]
    assert [(call["operation"], call["status"]) for call in calls] == [("confirmShipment", 500)]
