import re
from urllib.parse import parse_qs, urlsplit

import pytest

CONSENT = "/apps/authorize/consent"
BACK = "https://shop.example/back?from=amazon"
ASK = {"application_id": "amzn1.sp.solution.shop", "state": "s&1", "redirect_uri": BACK, "version": "beta"}
SHOP = {"client_id": "shop", "client_secret": "shop-secret"}


@pytest.fixture
def shop(amazon):
    wish = {**SHOP, "app_id": ASK["application_id"], "roles": ["Pricing"]}
    amazon.sim("applications", {**wish, "redirect_uris": [BACK, "https://shop.example/other"]}, 201)
    return amazon


def consent(visitor, **changes):
    query = {key: value for key, value in {**ASK, **changes}.items() if value is not None}
    return visitor.client.get(CONSENT, query_string=query)


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_seller_who_consents_is_sent_back_with_a_code(visitor, shop):
    page = consent(visitor)
    assert "Pricing" in page.text
    form = hidden(page.text) | {"state": ASK["state"], "seller": "SELLER-1"}
    answer = visitor.client.post(CONSENT, data=form)
    assert answer.status_code == 302
    where = urlsplit(answer.headers["Location"])
    assert (where.scheme, where.netloc, where.path) == ("https", "shop.example", "/back")
    told = parse_qs(where.query)
    code = told.pop("spapi_oauth_code")[0]
    assert told == {"from": ["amazon"], "state": ["s&1"], "selling_partner_id": ["SELLER-1"]}
    tokens = shop.token(grant_type="authorization_code", code=code, redirect_uri=BACK, **SHOP).get_json()
    shop.headers = {"x-amz-access-token": tokens["access_token"]}
    assert shop.participations().status_code == 200


def test_the_page_lets_its_form_lead_to_the_application_only(visitor, shop):
    policy = consent(visitor).headers["Content-Security-Policy"]
    assert "form-action 'self' https://shop.example;" in policy
    assert "shop.example" not in visitor.client.get("/apps/manage").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"redirect_uri": "https://evil.example/"}, 400),
        ({"redirect_uri": f"{BACK}&x=1"}, 400),
        ({"application_id": "amzn1.sp.solution.none"}, 404),
        ({"application_id": None}, 404),
        ({"application_id": "\0"}, 404),
        ({"redirect_uri": None}, 200),
    ],
)
def test_nobody_is_sent_where_the_application_is_not_registered(visitor, shop, changes, status):
    page = consent(visitor)
    assert consent(visitor, **changes).status_code == status
    form = {key: value for key, value in {**hidden(page.text), **changes}.items() if value is not None}
    answer = visitor.client.post(CONSENT, data={**form, "seller": "SELLER-1"})
    assert answer.status_code == (302 if status == 200 else status)


def test_consent_needs_the_token_of_the_form(visitor, shop):
    answer = visitor.client.post(CONSENT, data={**ASK, "seller": "SELLER-1"})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_consent_is_a_sellers(visitor, shop):
    form = hidden(consent(visitor).text)
    assert visitor.client.post(CONSENT, data={**form, "seller": "NOBODY"}).status_code == 400


def test_access_is_removed_and_given_again_by_hand(visitor, amazon):
    pair = {"client_id": "amzn1.application-oa2-client.sim", "seller": "SELLER-1"}
    assert "Authorized" in visitor.look("/apps/manage")
    assert visitor.send("/apps/manage/remove", pair).status_code == 302
    assert "No access" in visitor.look("/apps/manage")
    assert amazon.participations().status_code == 403
    page = visitor.send("/apps/manage/authorize", pair)
    token = re.search(r"Atzr\|[0-9a-f]{64}", page.text)
    assert token
    amazon.sign_in(token[0])
    assert amazon.participations().status_code == 200
    assert "Atzr|" not in visitor.look("/apps/manage"), "it is shown once"


@pytest.mark.parametrize("action", ["authorize", "remove"])
def test_only_what_is_there_can_be_managed(visitor, action):
    answer = visitor.send(f"/apps/manage/{action}", {"client_id": "nobody", "seller": "SELLER-1"})
    assert answer.status_code == 404
