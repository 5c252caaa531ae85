import pytest
from amazon_seller import EVERYTHING, SellerClient, assert_spapi_error
from test_spapi_tokens import URL, assert_lwa_error

from mock_amazon.access.restricted import ELEMENTS
from mock_amazon.access.roles import EVERYTHING as ALL_DATA
from mock_amazon.access.roles import ROLES

SHOP = {"client_id": "shop", "client_secret": "shop-secret"}
BACK = "https://shop.example/back"
REVOKED = "The access token you provided is revoked, malformed or invalid."
ORDER = "/orders/v0/orders/{orderId}"
ANY_ADDRESS = {"method": "GET", "path": f"{ORDER}/address"}
ANY_BUYER = {"method": "GET", "path": f"{ORDER}/buyerInfo"}
NO_RESOURCE = "Application do not have access to some or all requested resource"


def ordinary(**named):
    return {"method": "GET", "path": ORDER, "dataElements": list(named)}


@pytest.fixture
def shop(strict):
    """Another application that acts for SELLER-1; ``shop(roles=…)`` registers it so."""

    def register(**wish):
        strict.sim("applications", {**SHOP, "redirect_uris": [BACK], **wish}, 201)
        grant = strict.sim("authorizations", {"client_id": "shop"}, 201)
        seller = SellerClient(strict.client, strict.clock, strict.check)
        answer = seller.token(grant_type="refresh_token", refresh_token=grant["refresh_token"], **SHOP)
        seller.headers = {"x-amz-access-token": answer.get_json()["access_token"]}
        seller.refresh_token = grant["refresh_token"]
        return seller

    return register


def refreshed(seller, token, **client):
    return seller.token(grant_type="refresh_token", refresh_token=token, **client)


def test_an_application_is_registered_with_an_id_and_a_secret_of_its_own(amazon):
    made = amazon.sim("applications", {}, 201)
    assert made["client_id"].startswith("amzn1.application-oa2-client.")
    assert made["client_secret"].startswith("amzn1.oa2-cs.v1.")
    assert made["app_id"].startswith("amzn1.sp.solution.")
    listed = amazon.client.get("/_sim/applications").get_json()["applications"]
    assert {each["client_id"] for each in listed} == {"amzn1.application-oa2-client.sim", made["client_id"]}
    assert "secret" not in str(listed)
    assert made["client_secret"] not in amazon.client.get("/_sim/state").text


def test_what_an_application_is_not_told_stays(amazon):
    amazon.sim("applications", {**SHOP, "roles": ["Tax Invoicing"], "redirect_uris": [BACK]}, 201)
    again = amazon.sim("applications", {"client_id": "shop", "without_role": "forbidden"}, 201)
    assert (again["roles"], again["redirect_uris"]) == (["Tax Invoicing"], [BACK])
    assert again["client_secret"] == "shop-secret"
    assert amazon.sim("applications", {"client_id": "shop", "roles": None}, 201)["roles"] is None


@pytest.mark.parametrize(
    ("path", "wish", "words"),
    [
        ("applications", {"roles": ["King"]}, ["'roles.0'", "King", "Tax Invoicing"]),
        ("applications", {"redirect_uris": ["javascript:alert(1)"]}, ["'redirect_uris.0'"]),
        ("applications", {"redirect_uris": ["https://a:b@c.example/"]}, ["leave name, password"]),
        ("applications", {"redirect_uris": ["https://c.example/#x"]}, ["leave name, password"]),
        ("applications", {"grants": ["password"]}, ["'grants.0'", "client_credentials"]),
        ("applications", {"client_id": "a b"}, ["'client_id'", "without blanks"]),
        ("applications", {"client_id": "x", "app_id": "amzn1.sp.solution.sim"}, ["another application"]),
        ("authorizations", {"client_id": "nobody"}, ["'client_id'", "nobody", "oa2-client.sim"]),
        ("authorizations", {"seller": "NOBODY"}, ["'seller'", "NOBODY", "SELLER-1"]),
        ("authorizations/code", {"redirect_uri": BACK}, ["'redirect_uri'", "localhost"]),
    ],
)
def test_wrong_wishes_are_refused(amazon, path, wish, words):
    amazon.refused(path, wish, *words)


def test_a_refresh_token_is_for_its_application_only(amazon, shop):
    token = shop().refresh_token
    assert_lwa_error(refreshed(amazon, token), 400, "invalid_grant", "refresh_token")
    assert_lwa_error(refreshed(amazon, "Atzr|sim-main-us", **SHOP), 400, "invalid_grant", "refresh_token")
    assert refreshed(amazon, token, **SHOP).status_code == 200


def test_authorising_anew_leaves_older_refresh_tokens_good(amazon, shop):
    first = shop().refresh_token
    second = amazon.sim("authorizations", {"client_id": "shop"}, 201)["refresh_token"]
    assert first != second
    assert {refreshed(amazon, token, **SHOP).status_code for token in (first, second)} == {200}


def test_where_access_is_removed_refresh_and_living_tokens_end(strict, shop):
    seller = shop()
    assert seller.participations().status_code == 200
    opened = seller.restrict(ANY_ADDRESS)
    strict.sim("authorizations/revoke", {"client_id": "shop"})
    assert_spapi_error(seller.participations(), 403, "Unauthorized", details=REVOKED)
    assert_spapi_error(opened.read_v0(strict.place(), "/address"), 403, "Unauthorized", details=REVOKED)
    answer = refreshed(strict, seller.refresh_token, **SHOP)
    assert_lwa_error(answer, 400, "invalid_grant", "User may have revoked")
    assert strict.participations().status_code == 200, "other applications keep theirs"


def test_an_account_can_be_closed_to_all_applications_and_opened_again(strict, shop):
    seller = shop()
    assert strict.sim("account", {"access": "revoked"})["access"] == "revoked"
    for each in (strict, seller):
        assert_spapi_error(each.participations(), 403, "Unauthorized", details=REVOKED)
    assert_lwa_error(refreshed(strict, "Atzr|sim-main-us"), 400, "invalid_grant", "refresh_token")
    assert strict.sim("account", {"access": "granted"})["access"] == "granted"
    strict.sign_in()
    assert strict.participations().status_code == 200


def test_tokens_of_an_account_can_be_made_to_expire_at_once(amazon, other):
    assert amazon.sim("account", {"access": "expired"})["access"] == "granted"
    assert_spapi_error(amazon.participations(), 403, "Unauthorized", details="has expired")
    assert other.participations().status_code == 200
    amazon.sign_in()
    assert amazon.participations().status_code == 200


def exchanged(seller, code, **more):
    return seller.token(grant_type="authorization_code", code=code, redirect_uri=BACK, **SHOP, **more)


@pytest.fixture
def code(shop):
    seller = shop()
    given = seller.sim("authorizations/code", {"client_id": "shop"}, 201)
    assert (given["selling_partner_id"], given["redirect_uri"]) == ("SELLER-1", BACK)
    return given["spapi_oauth_code"]


def test_a_code_is_exchanged_once(strict, code):
    answer = exchanged(strict, code)
    body = answer.get_json()
    assert body["refresh_token"].startswith("Atzr|")
    strict.headers = {"x-amz-access-token": body["access_token"]}
    assert strict.participations().status_code == 200
    assert refreshed(strict, body["refresh_token"], **SHOP).status_code == 200
    assert_lwa_error(exchanged(strict, code), 400, "invalid_grant", "invalid grant parameter : code")


def test_a_code_lives_five_minutes_of_the_virtual_clock(strict, code):
    strict.later(seconds=299)
    assert exchanged(strict, code).status_code == 200
    late = strict.sim("authorizations/code", {"client_id": "shop"}, 201)["spapi_oauth_code"]
    strict.later(seconds=300)
    assert_lwa_error(exchanged(strict, late), 400, "invalid_grant", "parameter : code")


def test_a_code_is_for_its_application_and_its_address(strict, code):
    theirs = strict.token(grant_type="authorization_code", code=code)
    assert_lwa_error(theirs, 400, "invalid_grant", "parameter : code")
    elsewhere = {"code": code, "redirect_uri": "https://shop.example/other", **SHOP}
    answer = strict.token(grant_type="authorization_code", **elsewhere)
    assert_lwa_error(answer, 400, "invalid_grant", "parameter : redirect_uri")
    assert strict.token(grant_type="authorization_code", code=code, **SHOP).status_code == 200


def test_an_application_may_use_its_grant_types_only(strict, shop):
    seller = shop()
    strict.sim("applications", {"client_id": "shop", "grants": ["client_credentials"]}, 201)
    answer = refreshed(strict, seller.refresh_token, **SHOP)
    assert_lwa_error(answer, 400, "unauthorized_client", "refresh_token")


def test_the_quota_is_each_applications_own(strict, shop):
    seller = shop()
    while strict.participations().status_code != 429:
        pass
    assert seller.participations().status_code == 200


def test_the_roles_know_every_element():
    assert set(ELEMENTS) < ALL_DATA
    assert all(data <= ALL_DATA for data in ROLES.values())


SHIPPING, TAX = "Direct-to-Consumer Shipping", "Tax Remittance"


@pytest.mark.parametrize(
    ("role", "resource", "lacking"),
    [
        (SHIPPING, ordinary(shippingAddress=1), None),
        (SHIPPING, ordinary(buyerInfo=1, shippingAddress=1), "buyerInfo"),
        (SHIPPING, ordinary(buyerTaxInformation=1, buyerInfo=1), "buyerInfo, buyerTaxInformation"),
        (SHIPPING, ANY_ADDRESS, None),
        (SHIPPING, ANY_BUYER, NO_RESOURCE),
        (TAX, ordinary(buyerInfo=1, buyerTaxInformation=1), None),
        (TAX, ordinary(shippingAddress=1), "shippingAddress"),
        (TAX, ANY_ADDRESS, NO_RESOURCE),
        ("Inventory and Order Tracking", ordinary(buyerInfo=1), "buyerInfo"),
    ],
)
def test_a_restricted_token_needs_the_role_of_each_element(shop, role, resource, lacking):
    answer = shop(roles=[role]).restricted_token(resource)
    if lacking is None:
        assert answer.status_code == 200
        return
    elements = f"Application does not have access to one or more requested data elements: [{lacking}]"
    assert_spapi_error(answer, 400, "InvalidInput", lacking if lacking == NO_RESOURCE else elements)


def test_a_role_that_is_taken_away_closes_tokens_that_are_there(strict, shop):
    number, opened = strict.place_unshipped(), shop().restrict(ANY_ADDRESS)
    assert "Name" in opened.order_v0(number, "/address")["ShippingAddress"]
    strict.sim("applications", {"client_id": "shop", "roles": []}, 201)
    assert "Name" not in opened.order_v0(number, "/address")["ShippingAddress"]


@pytest.mark.parametrize(
    ("roles", "buyer", "name"),
    [
        ([SHIPPING], {"buyerEmail"}, True),
        (["Direct-to-Consumer Delivery"], {"buyerEmail"}, True),
        ([TAX], {"buyerName"}, False),
        ([TAX, SHIPPING], {"buyerName", "buyerEmail"}, True),
        ([], set(), False),
    ],
)
def test_in_2026_each_field_follows_its_role(strict, shop, roles, buyer, name):
    number = strict.place_unshipped()
    document = shop(roles=roles).order(number)
    assert set(document.get("buyer", {})) == buyer
    assert ("name" in document["recipient"]["deliveryAddress"]) is name


def test_in_2026_an_application_can_be_refused_what_it_has_no_role_for(strict, shop):
    number = strict.place_unshipped()
    seller = shop(roles=[SHIPPING], without_role="forbidden")
    assert seller.get(number, EVERYTHING).status_code == 200
    seller = shop(roles=[TAX])
    assert_spapi_error(seller.get(number, EVERYTHING), 403, "Unauthorized", details="RECIPIENT")
    assert seller.get(number, "BUYER,FULFILLMENT").status_code == 200


def test_what_the_account_withholds_no_role_opens(strict, shop):
    number, seller = strict.place_unshipped(), shop(roles=[SHIPPING, TAX])
    strict.sim("account", {"pii": "withheld"})
    assert "buyer" not in seller.order(number)
    assert_spapi_error(seller.restricted_token(ANY_ADDRESS), 400, "InvalidInput", NO_RESOURCE)


def test_a_delegated_token_is_for_the_other_application(strict, shop):
    """Its quota is spent, and the roles of the one that delegates decide."""
    number, delegator = strict.place_unshipped(), shop(roles=[SHIPPING])
    answer = delegator.restricted_token(ANY_ADDRESS, targetApplication="amzn1.sp.solution.sim")
    opened = SellerClient(strict.client, strict.clock, strict.check)
    opened.headers = {"x-amz-access-token": answer.get_json()["restrictedDataToken"]}
    assert "Name" in opened.order_v0(number, "/address")["ShippingAddress"]
    while opened.read_v0(number, "/address").status_code != 429:
        pass
    assert strict.read_v0(number, "/address").status_code == 429
    assert delegator.restrict(ANY_ADDRESS).read_v0(number, "/address").status_code == 200
    strict.sim("authorizations/revoke", {"client_id": "shop"})
    assert_spapi_error(opened.read_v0(number, "/address"), 403, "Unauthorized", details=REVOKED)


def test_nothing_is_delegated_to_an_application_that_is_not_there(strict):
    refused = strict.restricted_token(ANY_ADDRESS, targetApplication="amzn1.sp.solution.none")
    assert_spapi_error(refused, 400, "InvalidInput", "Invalid Input", "amzn1.sp.solution.none")


def test_a_client_may_name_itself_in_a_basic_header(amazon, shop):
    token = shop().refresh_token
    grant = {"grant_type": "refresh_token", "refresh_token": token}
    assert amazon.client.post(URL, data=grant, auth=("shop", "shop-secret")).status_code == 200
    assert_lwa_error(amazon.client.post(URL, data=grant, auth=("shop", "no")), 401, "invalid_client", "")
