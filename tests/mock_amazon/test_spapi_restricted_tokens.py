import pytest
from amazon_seller import assert_spapi_error

from mock_amazon.access.restricted import fits

ORDERS = {"method": "GET", "path": "/orders/v0/orders", "dataElements": ["buyerInfo", "shippingAddress"]}
ANY_ADDRESS = {"method": "GET", "path": "/orders/v0/orders/{orderId}/address"}
DENIED = "Access to requested resource is denied."
NO_RESOURCE = "Application do not have access to some or all requested resource"
PATH = "/tokens/2021-03-01/restrictedDataToken"


def test_a_token_is_answered_as_the_vendor_does(strict):
    body = strict.restricted_token(ORDERS, targetApplication="amzn1.sp.solution.sim", path="junk").get_json()
    assert body.pop("restrictedDataToken").startswith("Atz.sprdt|")
    assert body == {"expiresIn": 3600}


def test_a_concrete_path_opens_that_order_only(strict):
    one, another = strict.place_unshipped(), strict.place_unshipped()
    opened = strict.restrict({"method": "GET", "path": f"/orders/v0/orders/{one}/address"})
    assert "Name" in opened.order_v0(one, "/address")["ShippingAddress"]
    for refused in (opened.read_v0(another, "/address"), opened.read_v0(one), opened.search()):
        assert_spapi_error(refused, 403, "Unauthorized", DENIED, "not for this resource")


def test_a_generic_path_opens_every_order(strict):
    opened = strict.restrict(ANY_ADDRESS)
    for number in (strict.place_unshipped(), strict.place_unshipped()):
        assert "Name" in opened.order_v0(number, "/address")["ShippingAddress"]
        assert opened.read_v0(number, "/buyerInfo").status_code == 403


def test_one_token_may_open_fifty_resources(strict):
    paths = [f"/orders/v0/orders/112-0000000-{number:07d}/address" for number in range(51)]
    resources = [{"method": "GET", "path": path} for path in paths]
    assert strict.restricted_token(*resources[:50]).status_code == 200
    refused = strict.restricted_token(*resources)
    assert_spapi_error(refused, 400, "InvalidInput", "Invalid Input", "restrictedResources")


@pytest.mark.parametrize(
    ("elements", "person", "buyer"),
    [
        (["shippingAddress"], True, False),
        (["buyerInfo"], False, True),
        (["buyerTaxInformation"], False, False),
    ],
)
def test_each_element_opens_its_own_part(strict, elements, person, buyer):
    number = strict.place_unshipped()
    path = "/orders/v0/orders/{orderId}"
    opened = strict.restrict({"method": "GET", "path": path, "dataElements": elements})
    order = opened.order_v0(number)
    assert ("Name" in order["ShippingAddress"], "BuyerInfo" in order) == (person, buyer)


def test_resources_that_overlap_add_up(strict):
    number = strict.place_unshipped()
    path = "/orders/v0/orders/{orderId}"
    opened = strict.restrict(
        {"method": "GET", "path": path, "dataElements": ["buyerInfo"]},
        {"method": "GET", "path": f"/orders/v0/orders/{number}", "dataElements": ["shippingAddress"]},
    )
    order = opened.order_v0(number)
    assert "Name" in order["ShippingAddress"]
    assert "BuyerName" in order["BuyerInfo"]


def test_it_lives_an_hour_of_the_virtual_clock(strict):
    number, opened = strict.place_unshipped(), strict.restrict(ANY_ADDRESS)
    strict.later(seconds=3599)
    assert opened.read_v0(number, "/address").status_code == 200
    strict.later(seconds=1)
    answer = opened.read_v0(number, "/address")
    assert_spapi_error(answer, 403, "Unauthorized", DENIED, "you provided has expired.")


def test_it_is_for_the_orders_of_its_seller(strict, other):
    theirs = strict.place_unshipped(seller="SELLER-2")
    assert_spapi_error(strict.restrict(ANY_ADDRESS).read_v0(theirs, "/address"), 404, "NotFound")


def test_it_makes_no_further_token(strict):
    refused = strict.restrict(ANY_ADDRESS).restricted_token(ANY_ADDRESS)
    assert_spapi_error(refused, 403, "Unauthorized", DENIED)


def test_both_tokens_spend_one_quota(strict):
    number, opened = strict.place_unshipped(), strict.restrict(ANY_ADDRESS)
    answers = [caller.read_v0(number, "/address") for caller in (strict, opened) for _ in range(15)]
    assert {answer.status_code for answer in answers} == {200}
    assert_spapi_error(opened.read_v0(number, "/address"), 429, "QuotaExceeded")


@pytest.mark.parametrize(
    ("resource", "message", "details"),
    [
        pytest.param({"method": "POST", "path": ANY_ADDRESS["path"]}, NO_RESOURCE, "POST", id="method"),
        pytest.param({"method": "GET", "path": "/orders/v0/orders/"}, NO_RESOURCE, "", id="empty part"),
        pytest.param({"method": "GET", "path": "/mfn/v0/shipments/x"}, NO_RESOURCE, "/mfn", id="other API"),
        pytest.param({"method": "GET", "path": "orders"}, NO_RESOURCE, "", id="no path"),
        pytest.param({"method": "GET", "path": ""}, "Invalid Input", "path", id="empty path"),
        pytest.param({"method": "", "path": ANY_ADDRESS["path"]}, "Invalid Input", "method", id="no method"),
        pytest.param({"path": ANY_ADDRESS["path"]}, "Invalid Input", "method", id="method missing"),
        pytest.param("x", "Invalid Input", "restrictedResources", id="text"),
        pytest.param({**ORDERS, "dataElements": []}, "Invalid Input", "dataElements", id="no elements"),
        pytest.param({**ORDERS, "dataElements": None}, "Invalid Input", "dataElements", id="null elements"),
        pytest.param(
            {**ORDERS, "dataElements": ["buyerInfo", "shoeSize"]},
            "Application does not have access to one or more requested data elements: [shoeSize]",
            "",
            id="unknown element",
        ),
    ],
)
def test_refusals(strict, resource, message, details):
    assert_spapi_error(strict.restricted_token(resource), 400, "InvalidInput", message, details)


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "{}", '{"restrictedResources": []}', '{"restrictedResources": 1}']
)
def test_unreadable_bodies_are_refused(strict, body):
    answer = strict.call("createRestrictedDataToken", "POST", PATH, data=body)
    assert_spapi_error(answer, 400, "InvalidInput", "Invalid Input")


def test_an_ordinary_token_is_needed(strict):
    strict.headers = {}
    assert_spapi_error(strict.restricted_token(ANY_ADDRESS), 403, "Unauthorized", DENIED)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/a/{x}", "/a/1", True),
        ("/a/{x}", "/a/{y}", True),
        ("/a/{x}", "/a/", False),
        ("/a/{x}", "/a/1/b", False),
        ("/a/{x}/b", "/a/1/c", False),
        ("/a/{x", "/a/1", False),
    ],
)
def test_a_part_in_braces_stands_for_any_one_part(pattern, path, expected):
    assert bool(fits(pattern, path)) is expected
