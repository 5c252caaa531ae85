"""Tokens, the lock, and who may call what."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest
from commerce_shop import assert_commerce_error

TOKEN = "/rest/V1/integration/admin/token"
REFUSED = (
    "The account sign-in was incorrect or your account is disabled temporarily. "
    "Please wait and try again later."
)
NOT_AUTHORIZED = "The consumer isn't authorized to access %resources."


def sign_in(shop, password="admin123"):
    return shop.client.post(TOKEN, json={"username": "admin", "password": password})


def test_a_token_is_a_jwt_that_lives_an_hour(shop):
    token = sign_in(shop).get_json()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "kid": "1"}
    assert (claims["uid"], claims["utypid"], claims["exp"] - claims["iat"]) == (1, 2, 3600)


def test_a_token_expires_on_the_virtual_clock(shop, clock):
    clock.advance(timedelta(minutes=59, seconds=59))
    assert shop.call("GET", "modules").status_code == 200
    clock.advance(timedelta(seconds=1))
    answer = shop.call("GET", "modules")
    assert_commerce_error(answer, 401, NOT_AUTHORIZED, {"resources": "Magento_Backend::admin"})


def test_empty_credentials_are_an_aggregate_of_errors(shop):
    body = assert_commerce_error(
        shop.client.post(TOKEN, json={}), 400, "One or more input exceptions have occurred."
    )
    assert [error["parameters"]["fieldName"] for error in body["errors"]] == ["username", "password"]


def test_a_single_missing_credential_stands_at_the_top(shop):
    answer = shop.client.post(TOKEN, json={"username": "admin"})
    message = '"%fieldName" is required. Enter and try again.'
    assert_commerce_error(answer, 400, message, {"fieldName": "password"})


def test_six_failures_lock_the_account_for_half_an_hour(shop, clock):
    for _ in range(6):
        assert_commerce_error(sign_in(shop, "wrong"), 401, REFUSED)
    assert_commerce_error(sign_in(shop), 401, REFUSED)
    clock.advance(timedelta(seconds=1799))
    assert sign_in(shop).status_code == 401
    clock.advance(timedelta(seconds=1))
    assert sign_in(shop).status_code == 200


def test_a_success_below_the_limit_starts_the_count_anew(shop):
    for _ in range(2):
        for _ in range(5):
            sign_in(shop, "wrong")
        assert sign_in(shop).status_code == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic YTpi", "Bearer a b"])
@pytest.mark.parametrize(
    ("method", "path", "resource"),
    [
        ("GET", "orders/1", "Magento_Sales::actions_view"),
        ("POST", "order/1/ship", "Magento_Sales::ship"),
        ("POST", "order/1/invoice", "Magento_Sales::invoice"),
        ("POST", "orders/1/cancel", "Magento_Sales::cancel"),
        ("GET", "products/X", "Magento_Catalog::products"),
        ("GET", "stockItems/X", "Magento_Catalog::catalog_inventory"),
    ],
)
def test_guests_are_told_the_resource_they_lack(shop, header, method, path, resource):
    shop.headers = {"Authorization": header}
    assert_commerce_error(shop.call(method, path), 401, NOT_AUTHORIZED, {"resources": resource})


def test_a_token_of_another_key_is_refused(shop):
    claims = {"uid": 1, "utypid": 2, "iat": 0, "exp": 99_999_999_999}
    forged = jwt.encode(claims, "another key of thirty-two bytes at least", algorithm="HS256")
    shop.headers = {"Authorization": f"Bearer {forged}"}
    assert shop.call("GET", "modules").status_code == 401


def test_an_integration_token_is_a_bearer_only_with_the_switch(shop):
    shop.headers = {"Authorization": "Bearer sim-integration-token"}
    assert shop.call("GET", "modules").status_code == 401
    shop.sim("config", {"quirks": {"integration_bearer": "on"}})
    assert shop.call("GET", "modules").status_code == 200
    shop.sim("config", {"quirks": {"integration_bearer": "off"}})
    assert shop.call("GET", "modules").status_code == 401


def test_the_scheme_may_be_spelled_in_any_case(shop):
    shop.headers = {"Authorization": shop.headers["Authorization"].replace("Bearer", "bEARER")}
    assert shop.call("GET", "modules").status_code == 200
