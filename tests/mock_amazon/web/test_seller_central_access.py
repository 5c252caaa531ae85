import base64

import pytest
from amazon_seller import assert_spapi_error
from werkzeug.routing import Rule

from mock_amazon import create_app
from simkit.clock import VirtualClock
from simkit.program import ServerConfig

PLACE = {"lines": [{"sku": "MUG", "qty": 1, "unit_price": "5.00"}]}


def pages_of(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("seller_central.")]


def address(rule: Rule, number: str) -> str:
    query = "?application_id=amzn1.sp.solution.sim" if rule.rule == "/apps/authorize/consent" else ""
    return rule.rule.replace("<number>", number).replace("<path:filename>", "seller_central.css") + query


@pytest.fixture
def server(request):
    """A server of its own, with an order; configured as the test's parameter says."""
    options = getattr(request, "param", {})
    return create_app(ServerConfig(clock=VirtualClock(), **options))


def test_every_page_answers_and_is_safe(visitor, amazon):
    number = amazon.place()
    app = visitor.client.application
    readable = [rule for rule in pages_of(app) if "GET" in rule.methods]
    assert len(readable) == 10
    for rule in readable:
        with visitor.client.get(address(rule, number)) as answer:
            assert answer.status_code in {200, 302}, rule
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'")
            assert "script" not in policy
            assert "x-amzn-RequestId" not in answer.headers
            if answer.status_code == 200 and answer.mimetype == "text/html":
                assert "<script" not in answer.text
                assert "· Seller Central</title>" in answer.text


def test_every_change_needs_the_token_of_a_form(visitor, amazon):
    number = amazon.place()
    before = amazon.state(number)
    changing = [rule for rule in pages_of(visitor.client.application) if "POST" in rule.methods]
    assert len(changing) == 8
    for rule in changing:
        answer = visitor.client.post(address(rule, number), data={"lines.0.sku": "MUG"})
        assert (answer.status_code, "CSRF" in answer.text) == (400, True), rule
    assert visitor.client.get("/_sim/state").get_json()["orders"] == [before]


def test_no_page_is_an_operation_of_the_vendor(visitor, amazon):
    visitor.look(f"/orders-v3/order/{amazon.place()}")
    for rule in pages_of(visitor.client.application):
        view = visitor.client.application.view_functions[rule.endpoint]
        assert not hasattr(view, "operation")


def test_the_api_keeps_its_own_words_beside_the_pages(amazon):
    assert_spapi_error(amazon.client.get("/orders-v4"), 403, "Unauthorized")
    assert_spapi_error(amazon.client.get("/orders/2026-01-01/orders"), 403, "Unauthorized")


def test_strangers_do_not_see_the_pages(server):
    client = server.test_client()
    for path in ("/orders-v3", "/orders-v3/new", "/orders-v3/order/1"):
        answer = client.get(path, environ_base={"REMOTE_ADDR": "192.0.2.7"})
        assert (answer.status_code, "this machine only" in answer.text) == (403, True)
        rebound = client.get(path, headers={"Host": "evil.example"})
        assert rebound.status_code == 403


@pytest.mark.parametrize("server", [{"control_token": "s3cret"}], indirect=True)
def test_a_server_with_a_control_token_asks_for_it(server):
    client = server.test_client()
    refused = client.get("/orders-v3")
    assert (refused.status_code, refused.headers["WWW-Authenticate"][:5]) == (401, "Basic")
    assert "s3cret" not in refused.text
    for password, status in (("wrong", 401), ("", 401), ("s3cret", 200)):
        word = base64.b64encode(f"me:{password}".encode()).decode()
        answer = client.get(
            "/orders-v3",
            headers={"Authorization": f"Basic {word}"},
            environ_base={"REMOTE_ADDR": "192.0.2.7"},
        )
        assert answer.status_code == status


@pytest.mark.parametrize("server", [{"control": False}], indirect=True)
def test_without_the_control_api_the_pages_only_show(server):
    client = server.test_client()
    page = client.get("/orders-v3")
    assert page.status_code == 200
    assert "Place a test order" not in page.text
    server.extensions["simkit_csrf"].protect = lambda: None  # so that nothing but the guard is in the way
    answers = [client.get("/orders-v3/new")]
    answers += [client.post(path) for path in ("/orders-v3/new", "/orders-v3/order/1/cancel")]
    for answer in answers:
        assert (answer.status_code, "--no-control" in answer.text) == (403, True)
