"""Malformed input that is for no operation of a model: tokens, pre-signed URLs, control, pages."""

import re

import hostile
import pytest
from attacker import image
from defusedxml.ElementTree import fromstring
from feed_desk import XML

LWA = "/auth/o2/token"
CLIENT = {"client_id": "amzn1.application-oa2-client.sim", "client_secret": "sim-secret"}
REFRESH = CLIENT | {"grant_type": "refresh_token", "refresh_token": "Atzr|sim-main-us"}
CREDENTIALS = CLIENT | {"grant_type": "client_credentials", "scope": "sellingpartnerapi::notifications"}
CODE = CLIENT | {"grant_type": "authorization_code", "code": "none", "redirect_uri": "https://a.example"}
TRACE = re.compile(rb"Traceback|sqlalchemy|sqlite3|psycopg|File \"")


def test_hostile_bodies_of_the_token_endpoint(amazon):
    before = image(amazon.client.application)
    for body in (*hostile.BODIES.values(), hostile.LARGE, b"&" * 5_000, b"=&=&=", b"grant_type=%00"):
        for content_type in ("application/json", "application/x-www-form-urlencoded", *hostile.CONTENT_TYPES):
            refused_by_lwa(amazon.client.post(LWA, data=body, headers={"Content-Type": content_type}))
    assert image(amazon.client.application) == before


def refused_by_lwa(answer):
    content = answer.get_json()
    assert answer.status_code in {400, 401, 413}, content
    assert set(content) == {"error", "error_description", "request_id"}
    assert "x-amzn-RateLimit-Limit" not in answer.headers


@pytest.mark.parametrize("form", [REFRESH, CREDENTIALS, CODE])
def test_every_parameter_of_the_token_endpoint_spoilt(amazon, form):
    before = image(amazon.client.application)
    for name in form:
        for text in hostile.VALUES.values():
            others = "&".join(f"{key}={value}" for key, value in form.items() if key != name)
            refused_by_lwa_unless_optional(amazon.client.post(LWA, data=f"{others}&{name}={text}"), name)
        for wrong in hostile.WRONG.values():
            data = hostile.written(form | {name: wrong})
            refused_by_lwa_unless_optional(amazon.client.post(LWA, data=data), name)
    assert image(amazon.client.application) == before


def refused_by_lwa_unless_optional(answer, name):
    assert (answer.status_code < 300) <= (name == "redirect_uri")
    refused_by_lwa(answer)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "NONSENSE"])
def test_the_token_endpoint_takes_no_other_method(amazon, method):
    answer = amazon.client.open(LWA, method=method)
    assert (answer.status_code, answer.mimetype) == (400, "application/json")


def test_hostile_basic_headers_of_the_token_endpoint(amazon):
    for header in (
        "Basic",
        "Basic !!!",
        "Basic AAAA",
        "Basic /////w==",
        "Basic AAo6AA==",
        "Bearer \xff",
        "\xff",
    ):
        form = {"grant_type": "client_credentials", "scope": "sellingpartnerapi::notifications"}
        refused_by_lwa(amazon.client.post(LWA, data=form, headers={"Authorization": header}))


@pytest.fixture
def url(desk):
    return desk.document()["url"].partition("localhost")[2]


def refused_by_store(answer):
    assert 400 <= answer.status_code < 500, answer.get_data()
    assert answer.mimetype == "application/xml"
    if answer.request.method != "HEAD":
        assert fromstring(answer.get_data()).findtext("Code")
    assert not TRACE.search(answer.get_data())


def test_hostile_words_in_the_url_of_a_document(amazon, url):
    path, query = url.split("?")
    folder = path.rpartition("/")[0]
    before = image(amazon.client.application)
    for word in (*hostile.TEXTS.values(), "/", "//", "."):
        refused_by_store(put(amazon, f"{folder}/{word}?{query}"))
    for pair in query.split("&"):
        name = pair.partition("=")[0]
        if name in {"X-Amz-Algorithm", "X-Amz-SignedHeaders", "X-Amz-Credential"}:
            continue  # told, but not part of our signature
        for value in hostile.VALUES.values():
            refused_by_store(put(amazon, f"{path}?{query.replace(pair, f'{name}={value}')}"))
        refused_by_store(put(amazon, f"{path}?{query.replace(pair, '')}"))
    assert image(amazon.client.application) == before


def put(amazon, address, **headers):
    return amazon.client.put(address, data=b"<a/>", headers={"Content-Type": XML} | headers)


def test_uploads_of_another_type_method_or_size(amazon, url):
    before = image(amazon.client.application)
    for content_type in hostile.CONTENT_TYPES:
        refused_by_store(amazon.client.put(url, data=b"<a/>", headers={"Content-Type": content_type}))
    for method in ("GET", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "NONSENSE"):
        refused_by_store(amazon.client.open(url, method=method, headers={"Content-Type": XML}))
    refused_by_store(amazon.client.put(url, data=hostile.LARGE, headers={"Content-Type": XML}))
    assert image(amazon.client.application) == before


@pytest.mark.parametrize("body", hostile.BODIES.values(), ids=hostile.BODIES)
@pytest.mark.parametrize(
    "kind", ["POST_ORDER_FULFILLMENT_DATA", "JSON_LISTINGS_FEED", "POST_FLAT_FILE_FULFILLMENT_DATA"]
)
def test_hostile_documents_end_as_feeds_do(desk, kind, body):
    feed_id = desk.submit(kind, body, "text/xml")
    desk.seller.later(minutes=2)
    assert desk.feed(feed_id)["processingStatus"] in {"DONE", "FATAL"}


def verbs(app):
    """Every verb of the control API, with words in its path."""
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.rule.startswith("/_sim/"):
                yield method, rule.rule


def filled(rule, word):
    return re.sub(r"<[^>]*>", lambda _: word, rule)


def test_the_control_api_refuses_hostile_words_and_bodies_clearly(amazon):
    number = amazon.place_unshipped()
    for method, rule in sorted(verbs(amazon.client.application)):
        before = image(amazon.client.application)
        for word in hostile.TEXTS.values() if "<" in rule else ():
            refused_by_control(amazon.client.open(filled(rule, word), method=method, json={}), before)
        if method != "POST" or rule == "/_sim/reset":
            continue
        for body in hostile.BODIES.values():
            if body not in {b"", b"{}", hostile.BODIES["a mark of the byte order"]}:
                refused_by_control(amazon.client.post(filled(rule, number), data=body), before)
        for body in ({"\0": "\0"}, {"id": []}, {"😀": "A" * 10_240}, {"name": "\0"}):
            answer = amazon.client.post(filled(rule, number), json=body)
            refused_by_control(answer, before)
        assert image(amazon.client.application) == before, rule


def refused_by_control(answer, before):
    content = answer.get_data()
    assert 400 <= answer.status_code < 500, (answer.request.path, content[:300])
    assert answer.mimetype == "application/json", (answer.request.path, content[:300])
    assert list(answer.get_json()) == ["error"]
    assert not TRACE.search(content)


def test_seller_central_answers_hostile_words_with_a_page(amazon):
    amazon.place_unshipped()
    before = image(amazon.client.application)
    pages = [
        rule
        for rule in amazon.client.application.url_map.iter_rules()
        if rule.endpoint.startswith("seller_central.")
    ]
    for rule in pages:
        for word in hostile.VALUES.values():
            for method in rule.methods - {"OPTIONS", "HEAD"}:
                names = (
                    "tab",
                    "page",
                    "account",
                    "number",
                    "application_id",
                    "redirect_uri",
                    "state",
                    "seller",
                    "client_id",
                    "id",
                    "lines.0.sku",
                    "lines.0.qty",
                    "buyer.name",
                    "placed",
                )
                query = "&".join(f"{name}={word}" for name in names)
                address = filled(rule.rule, word.replace("?", ""))
                answer = amazon.client.open(
                    f"{address}?{query}",
                    method=method,
                    data=query,
                    content_type="application/x-www-form-urlencoded",
                )
                assert answer.status_code < 500, (address, method, word)
                assert not TRACE.search(answer.get_data())
    assert image(amazon.client.application) == before
