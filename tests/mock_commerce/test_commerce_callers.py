"""Who calls, and what they may: OAuth 1.0a signatures, customers, roles, the second factor, guests."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from commerce_shop import assert_commerce_error
from oauth_client import header, signed
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, SIGNATURE_HMAC_SHA512

from mock_commerce.access import two_factor
from mock_commerce.access.auth import ANONYMOUS, EVERYTHING, SELF, password_hash
from mock_commerce.access.resources import RESOURCES
from mock_commerce.models import Customer, db
from mock_commerce.web.rights import NEEDS

NOT_AUTHORIZED = "The consumer isn't authorized to access %resources."
INVALID = "The signature is invalid. Verify and try again."
MODULES = "/rest/V1/modules"
REVOKE = "integration/customer/revoke-customer-token"
LOGIN = {"username": "admin", "password": "admin123"}


@pytest.fixture
def customer(shop):
    """Signs in as Ann, who is a customer of the main website; answers her token."""
    with shop.client.application.app_context():
        now = shop.clock.now()
        ann = Customer(email="ann@example.com", website_id=1, firstname="Ann", lastname="Lee", created_at=now)
        ann.password_hash = password_hash("Secret123")
        db.session.add(ann)
        db.session.commit()
    return lambda: shop.post(
        "integration/customer/token", {"username": "Ann@example.com", "password": "Secret123"}
    )


@pytest.mark.parametrize(
    ("method", "uri", "body"),
    [
        ("GET", MODULES, None),
        ("GET", "/index.php/rest/default/V1/modules", None),
        ("GET", "/rest/V1/orders?searchCriteria=", None),
        ("GET", "/rest/V1/orders?searchCriteria%5Bpage_size%5D=5&searchCriteria%5Bcurrent_page%5D=1", None),
        ("GET", "/rest/V1/products?searchCriteria%5BpageSize%5D=5&fields=items%5Bsku%5D", None),
        ("GET", "/rest/V1/products/A%2FB", None),
        ("GET", "/rest/V1/products/A%20B%2BC", None),
        ("POST", "/rest/V1/orders", {"entity": {"grand_total": 5}}),
        ("POST", "/rest/V1/orders/1/hold", None),
    ],
    ids=str,
)
def test_a_signed_call_passes(shop, method, uri, body):
    shop.product("A/B")
    shop.product("A B+C")
    shop.sim("orders", {"id": "C1", "lines": [{"sku": "A/B", "qty": 1}]})
    answer = signed(shop, method, uri, body)
    assert answer.status_code == 200, answer.get_json()


def test_the_order_of_parameters_does_not_matter(shop):
    sent = header(shop, "/rest/V1/products?fields=total_count&searchCriteria=")
    uri = "/rest/V1/products?searchCriteria=&fields=total_count"
    assert shop.client.get(uri, headers={"Authorization": sent}).get_json() == {"total_count": 0}


@pytest.mark.parametrize(
    ("changes", "message", "parameters"),
    [
        ({"client_secret": "wrong"}, INVALID, None),
        ({"resource_owner_secret": "wrong"}, INVALID, None),
        ({"client_key": "nobody"}, "A consumer having the specified key does not exist", None),
        ({"resource_owner_key": "nothing"}, "Specified token does not exist", None),
    ],
)
def test_wrong_keys_are_refused(shop, changes, message, parameters):
    assert_commerce_error(signed(shop, "GET", MODULES, **changes), 401, message, parameters)


def test_a_signature_belongs_to_its_address_and_method(shop):
    sent = {"Authorization": header(shop, MODULES)}
    assert_commerce_error(shop.client.get("/rest/V1/store/websites", headers=sent), 401, INVALID)
    sent = {"Authorization": header(shop, f"{MODULES}?a=1")}
    assert_commerce_error(shop.client.get(f"{MODULES}?a=2", headers=sent), 401, INVALID)
    sent = {"Authorization": header(shop, MODULES, "POST")}
    assert_commerce_error(shop.client.get(MODULES, headers=sent), 401, INVALID)


def test_a_nonce_is_used_once(shop):
    assert signed(shop, "GET", MODULES, nonce="n1").status_code == 200
    message = "The nonce is already being used by the consumer with ID %1"
    assert_commerce_error(signed(shop, "GET", MODULES, nonce="n1"), 401, message, [1])


@pytest.mark.parametrize(("ahead", "status"), [(600, 200), (601, 401), (-86400, 200)])
def test_a_callers_clock_may_be_ten_minutes_ahead(shop, ahead, status):
    timestamp = str(int(shop.clock.now().timestamp()) + ahead)
    assert signed(shop, "GET", MODULES, timestamp=timestamp).status_code == status


@pytest.mark.parametrize("timestamp", ["0", "-5", "soon", "9" * 40, "１" * 10])
def test_a_timestamp_is_a_number_of_seconds(shop, timestamp):
    message = "The timestamp value in the oauth_timestamp parameter is invalid."
    assert_commerce_error(signed(shop, "GET", MODULES, timestamp=timestamp), 401, message)


def test_a_world_in_the_past_may_take_any_timestamp(shop):
    shop.sim("config", {"oauth_timestamps": "any"})
    assert signed(shop, "GET", MODULES, timestamp="9999999999").status_code == 200


@pytest.mark.parametrize(
    ("version", "status"), [("2.3", 200), ("2.4.3", 200), ("2.4.6", 400), ("2.4.8", 400), ("ideal", 400)]
)
def test_old_versions_take_sha1(shop, version, status):
    shop.sim("config", {"version": version})
    answer = signed(shop, "GET", MODULES, signature_method=SIGNATURE_HMAC_SHA1)
    assert answer.status_code == status
    if status == 400:
        assert_commerce_error(answer, 400, "Signature method %1 is not supported", ["HMAC-SHA1"])


def test_other_methods_are_refused(shop):
    answer = signed(shop, "GET", MODULES, signature_method=SIGNATURE_HMAC_SHA512)
    assert_commerce_error(answer, 400, "Signature method %1 is not supported", ["HMAC-SHA512"])


def test_a_version_2_is_refused(shop):
    sent = header(shop, MODULES).replace('oauth_version="1.0"', 'oauth_version="2.0"')
    answer = shop.client.get(MODULES, headers={"Authorization": sent})
    assert_commerce_error(answer, 400, 'The "%1" Oauth version isn\'t supported.', ["2.0"])


@pytest.mark.parametrize("sent", ["OAuth", "OAuth oauth_token=x", "OAuth ,,,=,", 'oauth realm="x"'])
def test_missing_parameters_are_listed(shop, sent):
    answer = shop.client.get(MODULES, headers={"Authorization": sent})
    body = assert_commerce_error(answer, 400, "One or more input exceptions have occurred.")
    assert "oauth_nonce" in [error["parameters"]["fieldName"] for error in body["errors"]]


@pytest.mark.parametrize(("position", "status"), [("on", 401), ("off", 200)])
def test_encoded_skus_have_no_valid_signature_in_2_4_6(shop, position, status):
    shop.product("A/B")
    shop.sim("config", {"quirks": {"oauth_decoded_path": position}})
    assert signed(shop, "GET", "/rest/V1/products/A%2FB").status_code == status
    assert signed(shop, "GET", "/rest/V1/products?searchCriteria=").status_code == 200


def test_an_inactive_integration_is_a_guest(shop):
    shop.sim("integrations", {"name": "Simulator", "active": False})
    resources = {"resources": "Magento_Backend::admin"}
    assert_commerce_error(signed(shop, "GET", MODULES), 401, NOT_AUTHORIZED, resources)


def test_an_integration_may_what_its_role_may(shop):
    shop.sim("roles", {"name": "Reader", "resources": ["Magento_Sales::actions_view"]})
    keys = shop.sim("integrations", {"name": "ERP", "role": "Reader"})
    mine = {
        "client_key": keys["consumer_key"],
        "client_secret": keys["consumer_secret"],
        "resource_owner_key": keys["token"],
        "resource_owner_secret": keys["token_secret"],
    }
    assert signed(shop, "GET", "/rest/V1/orders?searchCriteria=", **mine).status_code == 200
    resources = {"resources": "Magento_Backend::admin"}
    assert_commerce_error(signed(shop, "GET", MODULES, **mine), 401, NOT_AUTHORIZED, resources)
    foreign = {**mine, "resource_owner_key": "sim-integration-token"}
    message = "Token is not associated with the specified consumer"
    assert_commerce_error(signed(shop, "GET", MODULES, **foreign), 401, message)


def test_an_administrator_may_what_the_role_may(shop):
    shop.sim("roles", {"name": "Packer", "resources": ["Magento_Sales::ship", "Magento_Sales::actions_view"]})
    shop.sim("admins", {"username": "jane", "password": "pack1234", "role": "Packer"})
    token = shop.post("integration/admin/token", {"username": "jane", "password": "pack1234"})
    shop.headers = {"Authorization": f"Bearer {token}"}
    assert shop.search("orders")["total_count"] == 0
    assert_commerce_error(
        shop.call("POST", "order/1/invoice"), 401, NOT_AUTHORIZED, {"resources": "Magento_Sales::invoice"}
    )
    shop.sim("roles", {"name": "Packer", "resources": ["Magento_Backend::all"]})
    assert shop.call("GET", "modules").status_code == 200
    shop.sim("admins", {"username": "jane", "active": False})
    assert shop.call("GET", "modules").status_code == 401


@pytest.mark.parametrize(
    ("path", "wish", "error"),
    [
        (
            "roles",
            {"name": "X", "resources": ["Magento_Sales::nosuch"]},
            "'Magento_Sales::nosuch' is not one of",
        ),
        ("roles", {"name": "X", "resources": []}, "field 'resources': []: name at least one resource."),
        ("admins", {"username": "x", "password": "y", "role": "Z"}, "field 'role': 'Z' is not one of Admini"),
        ("admins", {"username": "x"}, "field 'password': a new administrator needs one"),
        ("integrations", {"name": "x", "key": "y"}, "unknown field 'key': allowed are name, role, active"),
        (
            "config",
            {"two_factor": "maybe"},
            "'maybe' is not one of off, on, unconfigured.",
        ),
        ("config", {"admin_token_minutes": 0}, "field 'admin_token_minutes'"),
    ],
)
def test_wishes_that_make_no_sense_say_why(shop, path, wish, error):
    assert error in shop.sim(path, wish, status=400)["error"]


def test_who_may_call_can_be_looked_at(shop):
    known = shop.client.get("/_sim/roles").get_json()
    assert known["roles"] == [{"role_id": 1, "name": "Administrators", "resources": ["Magento_Backend::all"]}]
    assert "Magento_Sales::ship" in known["resources"]
    assert [row["username"] for row in shop.client.get("/_sim/admins").get_json()["admins"]] == ["admin"]
    (one,) = shop.client.get("/_sim/integrations").get_json()["integrations"]
    assert one["consumer_key"] == "sim-consumer-key"


def test_old_versions_have_opaque_tokens_for_four_hours(shop, clock):
    shop.sim("config", {"version": "2.4.3"})
    token = shop.sign_in()
    assert len(token) == 32
    assert "." not in token
    clock.advance(timedelta(minutes=239))
    assert shop.call("GET", "modules").status_code == 200
    clock.advance(timedelta(minutes=1))
    assert shop.call("GET", "modules").status_code == 401
    shop.sim("config", {"version": "2.4.8"})
    assert len(shop.sign_in()) > 32


@pytest.mark.parametrize("version", ["2.4.3", "2.4.8"])
def test_the_life_of_a_token_is_a_setting(shop, clock, version):
    shop.sim("config", {"version": version, "admin_token_minutes": 5})
    shop.sign_in()
    clock.advance(timedelta(minutes=5))
    assert shop.call("GET", "modules").status_code == 401


@pytest.mark.parametrize("version", ["2.4.3", "2.4.8"])
def test_a_customer_calls_what_is_their_own(shop, customer, clock, version):
    shop.sim("config", {"version": version})
    shop.headers = {"Authorization": f"Bearer {customer()}"}
    assert_commerce_error(
        shop.call("GET", "modules"), 401, NOT_AUTHORIZED, {"resources": "Magento_Backend::admin"}
    )
    clock.advance(timedelta(seconds=1))
    assert shop.post(REVOKE) is True
    assert_commerce_error(shop.call("POST", REVOKE), 401, NOT_AUTHORIZED, {"resources": "self"})
    shop.headers = {}
    clock.advance(timedelta(seconds=1))
    shop.headers = {"Authorization": f"Bearer {customer()}"}
    clock.advance(timedelta(minutes=60))
    assert shop.call("POST", REVOKE).status_code == 401


def test_an_administrator_is_no_customer(shop):
    assert_commerce_error(shop.call("POST", REVOKE), 401, NOT_AUTHORIZED, {"resources": "self"})


def test_customers_and_administrators_are_locked_apart(shop, customer):
    path = "integration/customer/token"
    for _ in range(6):
        wrong = shop.call("POST", path, json={"username": "ann@example.com", "password": "x"})
        assert wrong.status_code == 401
    wrong = shop.call("POST", path, json={"username": "ann@example.com", "password": "Secret123"})
    assert_commerce_error(
        wrong,
        401,
        "The account sign-in was incorrect or your account is disabled temporarily. "
        "Please wait and try again later.",
    )
    assert shop.sign_in()


def test_with_a_second_factor_the_plain_way_is_closed(shop, clock):
    shop.sim("config", {"two_factor": "on"})
    assert_commerce_error(
        shop.call("POST", "integration/admin/token", json=LOGIN),
        400,
        "Please use the 2fa provider-specific endpoints to obtain a token.",
        {"active_providers": ["google"]},
    )
    path = "tfa/provider/google/authenticate"
    code = pyotp.TOTP(two_factor.SECRET).at(clock.now())
    token = shop.post(path, {**LOGIN, "otp": code})
    shop.headers = {"Authorization": f"Bearer {token}"}
    assert shop.call("GET", "modules").status_code == 200
    clock.advance(timedelta(minutes=2))
    assert_commerce_error(shop.call("POST", path, json={**LOGIN, "otp": code}), 401, "Invalid code.")
    assert shop.call("POST", path, json=LOGIN).get_json()["parameters"] == {"fieldName": "otp"}
    assert shop.call("POST", path, json={**LOGIN, "password": "x", "otp": code}).status_code == 401


def test_a_second_factor_that_nobody_set_up_is_asked_for(shop):
    shop.sim("config", {"two_factor": "unconfigured"})
    assert_commerce_error(
        shop.call("POST", "integration/admin/token", json=LOGIN),
        400,
        "You are required to configure personal Two-Factor Authorization in order to login. "
        "Please check your email.",
        {"providers": ["google"], "active_providers": []},
    )


def test_without_the_module_there_is_no_such_route(shop):
    answer = shop.call("POST", "tfa/provider/google/authenticate", json={**LOGIN, "otp": "1"})
    assert_commerce_error(answer, 404, "Request does not match any route.")


def test_guests_may_read_the_catalogue_where_that_is_allowed(shop):
    shop.product()
    shop.headers = {}
    for path in ("products/MUG", "store/websites"):
        assert shop.call("GET", path).status_code == 401
    shop.sim("config", {"guest_reads": "on"})
    for path in ("products/MUG", "products?searchCriteria=", "store/websites"):
        assert shop.call("GET", path).status_code == 200
    assert shop.call("GET", "stockItems/MUG").status_code == 401
    assert shop.call("PUT", "products/MUG", json={"product": {"price": 1}}).status_code == 401


def test_the_resources_of_roles_are_those_that_routes_and_pages_ask_for(shop):
    views = shop.client.application.view_functions.values()
    asked = {getattr(view, "resource", ANONYMOUS) for view in views} - {ANONYMOUS, SELF}
    assert sorted({EVERYTHING, *asked, *NEEDS.values()}) == list(RESOURCES)
    assert list(RESOURCES) == shop.client.get("/_sim/roles").get_json()["resources"]
