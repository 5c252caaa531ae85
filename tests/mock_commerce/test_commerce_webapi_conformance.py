"""Magento's own REST tests of tokens and of the web API, by their number (section B)."""

from __future__ import annotations

import pytest
from commerce_buyer import ANN, PASSWORD, TEXAS
from commerce_shop import assert_commerce_error

NOT_AUTHORIZED = "The consumer isn't authorized to access %resources."
REFUSED = (
    "The account sign-in was incorrect or your account is disabled temporarily. "
    "Please wait and try again later."
)
REQUIRED = '"%fieldName" is required. Enter and try again.'
LOGINS = {
    "admin": {"username": "admin", "password": "admin123"},
    "customer": {"username": ANN["email"], "password": PASSWORD},
}
OWN = {"admin": "store/storeConfigs?storeCodes[]=default", "customer": "customers/me"}
"""What only somebody with such a token may call."""
CITIES = (("Austin", 57), ("Dallas", 12))


@pytest.fixture
def ann(shop):
    """A customer with two addresses in different regions."""
    kept = {key: value for key, value in TEXAS.items() if key not in {"region_code", "email", "region_id"}}
    book = [{**kept, "city": city, "region": {"region_id": region}} for city, region in CITIES]
    return shop.post("customers", {"customer": {**ANN, "addresses": book}, "password": PASSWORD})


def ask(shop, kind, **changes):
    return shop.call("POST", f"integration/{kind}/token", json={**LOGINS[kind], **changes})


@pytest.mark.conformance(82, 88)
@pytest.mark.parametrize("kind", LOGINS)
def test_a_token_is_bare_json_and_works(shop, ann, kind):
    token = ask(shop, kind).get_json()
    assert isinstance(token, str)
    shop.headers = {}
    assert shop.call("GET", OWN[kind]).status_code == 401
    shop.headers = {"Authorization": f"Bearer {token}"}
    assert shop.call("GET", OWN[kind]).status_code == 200


@pytest.mark.conformance(83, 89)
@pytest.mark.parametrize("kind", LOGINS)
@pytest.mark.parametrize("nothing", ["", None])
def test_empty_credentials_are_told_field_by_field(shop, kind, nothing):
    answer = ask(shop, kind, username=nothing, password=nothing)
    body = assert_commerce_error(answer, 400, "One or more input exceptions have occurred.")
    assert body["errors"] == [
        {"message": REQUIRED, "parameters": {"fieldName": name}} for name in ("username", "password")
    ]


@pytest.mark.conformance(90)
@pytest.mark.parametrize("kind", LOGINS)
def test_somebody_there_is_not_is_refused_without_a_reason(shop, kind):
    assert_commerce_error(ask(shop, kind, username="invalid", password="invalid"), 401, REFUSED)


@pytest.mark.conformance(85)
def test_the_token_of_a_user_who_was_deactivated_is_worth_nothing(shop):
    shop.sim("admins", {"username": "jane", "password": "pack1234", "role": "Administrators"})
    token = ask(shop, "admin", username="jane", password="pack1234").get_json()
    shop.headers = {"Authorization": f"Bearer {token}"}
    assert shop.call("GET", OWN["admin"]).status_code == 200
    shop.sim("admins", {"username": "jane", "active": False})
    answer = shop.call("GET", OWN["admin"])
    assert_commerce_error(answer, 401, NOT_AUTHORIZED, {"resources": "Magento_Backend::store"})
    assert_commerce_error(ask(shop, "admin", username="jane", password="pack1234"), 401, REFUSED)


@pytest.mark.conformance(86, 91)
@pytest.mark.parametrize("kind", LOGINS)
def test_a_success_just_below_the_limit_starts_the_count_anew(shop, ann, kind):
    for _ in range(2):
        for _ in range(5):
            assert_commerce_error(ask(shop, kind, password="invalid"), 401, REFUSED)
        assert ask(shop, kind).status_code == 200


@pytest.mark.conformance(87, 92)
@pytest.mark.parametrize("kind", LOGINS)
def test_after_six_failures_the_right_password_does_not_help(shop, ann, kind):
    for _ in range(6):
        assert_commerce_error(ask(shop, kind, password="invalid"), 401, REFUSED)
    assert_commerce_error(ask(shop, kind), 401, REFUSED)


@pytest.mark.conformance(95)
def test_what_is_not_found_names_what_was_looked_for(shop):
    message = 'The Product with the "%1" SKU doesn\'t exist.'
    assert_commerce_error(shop.call("GET", "stockItems/resourceY"), 404, message, ["resourceY"])
    message = "No such entity with %fieldName = %fieldValue"
    named = {"fieldName": "customerId", "fieldValue": 9}
    assert_commerce_error(shop.call("GET", "customers/9"), 404, message, named)


@pytest.mark.conformance(96)
def test_who_may_not_is_told_the_resource(shop):
    shop.headers = {}
    answer = shop.call("GET", "orders/1")
    assert_commerce_error(answer, 401, NOT_AUTHORIZED, {"resources": "Magento_Sales::actions_view"})


@pytest.mark.conformance(97)
def test_any_other_failure_is_masked_with_a_report_id(shop):
    answer = shop.call("GET", "orders?searchCriteria[filter_groups][0][filters][0][field]=nosuch")
    assert answer.status_code == 500
    text, number = answer.get_json()["message"].rsplit(" ", 1)
    assert text == "Internal Error. Details are available in Magento log file. Report ID:"
    assert number.startswith("webapi-")
    assert set(answer.get_json()) == {"message"}


@pytest.mark.conformance(98)
def test_success_is_200_also_for_a_post(shop):
    answer = shop.call("POST", "carts")
    assert (answer.status_code, answer.get_data()) == (200, b"1")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.conformance(101)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "1"), ("POST", ""), ("PUT", "1"), ("DELETE", "1")],
)
def test_a_service_without_routes_is_not_found(shop, method, path):
    answer = shop.call(method, f"testModule2NoWebApiXml/{path}", json={"name": "x"})
    assert_commerce_error(answer, 404, "Request does not match any route.")


@pytest.mark.conformance(103)
@pytest.mark.parametrize("content", [{}, {"data": b""}, {"data": b"{}", "content_type": "application/json"}])
@pytest.mark.parametrize(
    ("method", "path", "field"),
    [("POST", "orders", "entity"), ("POST", "products", "product"), ("PUT", "products/MUG", "product"),
     ("PUT", "customers/1", "customer"), ("PUT", "orders/create", "entity")],
)  # fmt: skip
def test_an_empty_body_lacks_its_argument(shop, ann, method, path, field, content):  # noqa: PLR0917 - tables
    assert_commerce_error(shop.call(method, path, **content), 400, REQUIRED, {"fieldName": field})


@pytest.mark.conformance(104, 105, 106, 107)
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("email", {"email": "ann@example.com"}),
        (
            "email,addresses[city]",
            {"email": "ann@example.com", "addresses": [{"city": "Austin"}, {"city": "Dallas"}]},
        ),
        (
            "addresses[region[region_code]]",
            {"addresses": [{"region": {"region_code": "TX"}}, {"region": {"region_code": "CA"}}]},
        ),
        ("email[", []),
        ("email]", []),
        ("email;id", []),
        ("", []),
        ("invalid", []),
    ],
)
def test_a_filter_cuts_a_customer(shop, ann, fields, expected):
    assert shop.get("customers/1", query_string={"fields": fields}) == expected


@pytest.mark.conformance(108)
@pytest.mark.parametrize("fields", ["customers", "x["])
def test_a_bare_value_is_not_cut(shop, ann, fields):
    path = "customers/1/permissions/readonly"
    assert shop.call("GET", path, query_string={"fields": fields}).get_data() == b"false"


@pytest.mark.conformance(109)
def test_lists_in_the_address_are_read_from_their_brackets(shop):
    shop.product("A", qty=5)
    shop.product("B", qty=0)
    path = "inventory/are-product-salable-for-requested-qty?stockId=1"
    rows = [("A", 1), ("B", 1), ("A", 6)]
    for wanted in (rows, rows[:1], rows[1:2], []):
        query = "".join(
            f"&skuRequests[{place}][sku]={sku}&skuRequests[{place}][qty]={units}"
            for place, (sku, units) in enumerate(wanted)
        )
        answer = shop.call("GET", path + query)
        if wanted:
            found = [(row["sku"], row["salable"]) for row in answer.get_json()]
            assert found == [(sku, (sku, units) == ("A", 1)) for sku, units in wanted]
        else:
            assert_commerce_error(answer, 400, REQUIRED, {"fieldName": "skuRequests"})
