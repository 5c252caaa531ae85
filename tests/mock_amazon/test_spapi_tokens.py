import json

import pytest

from mock_amazon.access.grantless import SCOPES

URL = "/auth/o2/token"
GRANT = {
    "grant_type": "refresh_token",
    "refresh_token": "Atzr|sim-main-us",
    "client_id": "amzn1.application-oa2-client.sim",
    "client_secret": "sim-secret",
}
FORM = "application/x-www-form-urlencoded"


def assert_lwa_error(response, status, error, description):
    body = response.get_json()
    assert response.status_code == status, body
    assert body["error"] == error
    assert description in body["error_description"]
    assert response.headers["x-amzn-RequestId"]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        pytest.param("&".join(f"{k}={v}".replace("|", "%7C") for k, v in GRANT.items()), FORM, id="form"),
        pytest.param("&".join(f"{k}={v}" for k, v in GRANT.items()), FORM, id="raw form"),
        pytest.param("&".join(f"{k}={v}" for k, v in GRANT.items()), None, id="form without a type"),
        pytest.param(json.dumps(GRANT), "application/json", id="json"),
        pytest.param(" " + json.dumps(GRANT), FORM, id="json that is called a form"),
    ],
)
def test_a_refresh_token_gives_an_access_token_however_it_is_sent(amazon, data, content_type):
    answer = amazon.client.post(URL, data=data, content_type=content_type)
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["access_token"].startswith("Atza|")
    assert {key: body[key] for key in ("token_type", "expires_in", "refresh_token")} == {
        "token_type": "bearer",
        "expires_in": 3600,
        "refresh_token": "Atzr|sim-main-us",
    }
    amazon.headers = {"x-amz-access-token": body["access_token"]}
    assert amazon.participations().status_code == 200


def test_client_credentials_give_a_token_without_refresh(amazon):
    answer = amazon.token(grant_type="client_credentials", scope="sellingpartnerapi::notifications")
    body = answer.get_json()
    assert body["access_token"].startswith("Atc|")
    assert "refresh_token" not in body


@pytest.mark.parametrize("scope", SCOPES)
def test_every_scope_can_be_asked_for(amazon, scope):
    answer = amazon.token(grant_type="client_credentials", scope=scope)
    assert answer.get_json()["scope"] == scope


@pytest.mark.parametrize(
    ("changes", "status", "error", "description"),
    [
        pytest.param({"client_secret": "wrong"}, 401, "invalid_client", "Client authentication", id="secret"),
        pytest.param({"client_id": "amzn1.x"}, 401, "invalid_client", "Client authentication", id="client"),
        pytest.param({"refresh_token": "Atzr|no"}, 400, "invalid_grant", "refresh_token", id="refresh token"),
        pytest.param({"refresh_token": ""}, 400, "invalid_request", "refresh_token", id="no refresh token"),
        pytest.param({"client_id": ""}, 400, "invalid_request", "client_id", id="no client"),
        pytest.param({"grant_type": ""}, 400, "invalid_request", "grant_type", id="no grant"),
        pytest.param({"grant_type": "password"}, 400, "unsupported_grant_type", "password", id="grant"),
        pytest.param(
            {"grant_type": "client_credentials", "scope": "all"}, 400, "invalid_scope", "all", id="scope"
        ),
        pytest.param({"grant_type": "client_credentials"}, 400, "invalid_request", "scope", id="no scope"),
    ],
)
def test_refusals(amazon, changes, status, error, description):
    assert_lwa_error(amazon.client.post(URL, data=GRANT | changes), status, error, description)


@pytest.mark.parametrize(
    "data",
    [
        *("{", "{} {}", "", b"\xff\xfe", "[]", '["grant_type"]', "null", "[" * 100_000),
        *("&".join(["a=b"] * 1000), '{"grant_type": ["refresh_token"]}', '{"grant_type": 1}'),
        *("grant_type=refresh_token&grant_type=refresh_token", "grant_type=refresh_token%00"),
        *('{"grant_type": {"$ne": ""}}', '{"grant_type": true}', '{"grant_type": null}'),
    ],
)
def test_unreadable_bodies_are_invalid_requests(amazon, data):
    assert_lwa_error(amazon.client.post(URL, data=data), 400, "invalid_request", "")


def test_tokens_follow_snapshots(amazon):
    amazon.sim("snapshots", {"name": "before"}, 201)
    token = amazon.sign_in()
    amazon.sim("snapshots/before/restore")
    assert amazon.participations().status_code == 403
    assert amazon.sign_in() == token, "the same steps give the same token"


def test_expired_tokens_are_told_from_unknown_ones_for_a_week(amazon):
    def details():
        return amazon.participations().get_json()["errors"][0]["details"]

    old = dict(amazon.headers)
    amazon.later(days=7)
    amazon.sign_in()
    amazon.headers = old
    assert "expired" in details()
    amazon.later(days=1)
    amazon.sign_in()
    amazon.headers = old
    assert "malformed" in details()


def test_a_fault_answers_in_the_words_of_the_token_endpoint(amazon):
    for status, error in ((401, "invalid_client"), (400, "invalid_request"), (500, "server_error")):
        amazon.sim("faults", {"at": "lwa_token", "kind": "status", "status": status}, 201)
        assert_lwa_error(amazon.client.post(URL, data=GRANT), status, error, "")
