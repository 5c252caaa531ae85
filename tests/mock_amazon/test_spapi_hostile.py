"""Malformed input of every kind at every operation: refused as Amazon does, nothing half-written, no trace."""

import gzip

import hostile
import pytest
from amazon_seller import assert_spapi_error
from notification_tools import application_of
from vendor_models import FILES

from mock_amazon.grantless import GRANTLESS
from mock_amazon.models import Base, db
from simkit.snapshots import dump

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE"}
ALSO = {"sendTestNotification": {"GET", "DELETE"}, "addInventory": {"DELETE"}}
"""Methods for which the same path is that of another operation."""
TRACES = (b"Traceback", b"<html", b"<!doctype", b"werkzeug", b"sqlalchemy", b"sqlite3", b'File "')
WITH_BODY = [name for name, (_, _, method) in FILES.items() if method in {"post", "put", "patch"}]


def image(app):
    """Everything that is kept, but for the tokens and calls that end by themselves."""
    with app.app_context():
        db.session.remove()
        return dump(db.engine, Base.metadata)


class Attacker:
    """A seller who sends rubbish; its answers are judged."""

    def __init__(self, seller):
        self.seller = seller
        self.app = seller.client.application
        self.application = application_of(seller)
        self.number = seller.place_unshipped(regulated={})
        self.shippable = seller.place_unshipped()
        seller.sim("listings", {"sku": "MUG", "seller_sku": "MUG"}, 201)
        self.bodies = hostile.good_bodies(seller, self.shippable)
        self.before = image(self.app)

    def address(self, name, **slots):
        """The path of an operation with these words in it, which stand as they are."""
        order = self.shippable if name == "confirmShipment" else self.number
        words = {"orderId": order, **hostile.SLOTS, **slots}
        path = FILES[name][1]
        for slot in {part.split("}")[0] for part in path.split("{")[1:]}:
            path = path.replace(f"{{{slot}}}", words.get(slot, hostile.UNKNOWN_ID))
        return path

    def send(self, name, path=None, query="", *, data=None, method=None, headers=(), environ=(), judged=True):
        """Send, and look at the answer: of the model, no trace, and a refusal has changed nothing."""
        self.app.extensions["simulation"].vendor.volatile["buckets"].reset()
        path = self.address(name) if path is None else path
        usual = "&".join(f"{key}={value}" for key, value in hostile.QUERIES.get(name, {}).items())
        caller = self.application if name in GRANTLESS else self.seller
        known = {"Content-Type": "application/json", "x-amzn-idempotency-token": "T1", **caller.headers}
        answer = self.seller.client.open(
            f"{path}?{usual}&{query}",
            method=method or FILES[name][2].upper(),
            data=data,
            headers={**known, **dict(headers)},
            environ_overrides=dict(environ),
        )
        if judged:
            self.judge(name, answer)
        return answer

    def judge(self, name, answer):
        assert answer.status_code < 500, answer.get_data()[:200]
        assert answer.headers["x-amzn-RequestId"]
        assert "X-Injected" not in answer.headers
        content = answer.get_data()
        assert not [trace for trace in TRACES if trace in content], content[:200]
        if answer.request.method != "HEAD":
            self.seller.check(name, answer)
        if answer.status_code >= 400 and answer.request.method != "HEAD":
            assert answer.get_json()["errors"], content
            assert len(content) < 100_000
        if image(self.app) != self.before:
            assert answer.status_code < 300, f"{content!r} has changed something"
            self.app.extensions["simulation"].tick()  # what was asked for and is due
            self.before = image(self.app)


@pytest.fixture
def attacker(strict):
    strict.sim("account", {"throttling": "off"})
    return Attacker(strict)


@pytest.mark.parametrize("name", [name for name, (_, path, _) in FILES.items() if "{" in path])
def test_hostile_words_in_a_path(attacker, contracts, name):
    for slot in hostile.parameters(contracts, name, "path"):
        for word in hostile.TEXTS.values():
            attacker.send(name, attacker.address(name, **{slot: word}))


@pytest.mark.parametrize("name", FILES)
def test_hostile_values_of_parameters(attacker, contracts, name):
    for parameter in hostile.parameters(contracts, name, "query"):
        usual = {key: value for key, value in hostile.QUERIES.get(name, {}).items() if key != parameter}
        hostile_query = "&".join(f"{key}={value}" for key, value in usual.items())
        for value in hostile.VALUES.values():
            attacker.send(name, query=f"{hostile_query}&{parameter}={value}")
        attacker.send(name, query=f"{parameter}=a&{parameter}=b&{parameter}[]=c")


@pytest.mark.parametrize("name", WITH_BODY)
def test_hostile_bodies(attacker, name):
    for body in hostile.BODIES.values():
        attacker.send(name, data=body)
        attacker.send(name, data=body, headers={"Content-Encoding": "gzip"})
    attacker.send(name, data=gzip.compress(b"[" * 1000), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("name", WITH_BODY)
def test_every_value_of_a_body_spoilt(attacker, name):
    for _, content in hostile.spoilt(attacker.bodies[name]):
        attacker.send(name, data=hostile.written(content))
    attacker.send(name, data=hostile.doubled(attacker.bodies[name]))


@pytest.mark.parametrize("name", WITH_BODY)
def test_a_body_of_20_mb_is_too_large(attacker, name):
    """For the gateway, before the operation: some models do not have the status."""
    answer = attacker.send(name, data=hostile.LARGE, judged=False)
    assert_spapi_error(answer, 413, "RequestTooLarge")
    assert image(attacker.app) == attacker.before


@pytest.mark.parametrize("name", FILES)
def test_other_methods_are_no_resource(attacker, name):
    path = FILES[name][1]
    known = {method.upper() for _, other, method in FILES.values() if other == path} | ALSO.get(name, set())
    for method in METHODS - known:
        answer = attacker.send(name, method=method)
        assert answer.status_code == 403
        assert answer.headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"


@pytest.mark.parametrize("name", FILES)
def test_headers(attacker, name):
    body = hostile.written(attacker.bodies.get(name, {}))
    for agent, denied in (("A" * 500, False), ("A" * 501, True)):
        answer = attacker.send(name, data=body, headers={"User-Agent": agent})
        assert (b"User-Agent" in answer.get_data()) == denied
    for content_type in hostile.CONTENT_TYPES:
        attacker.send(name, data=body, headers={"Content-Type": content_type})
    for token in ("", " ", "\xff", "A" * 10_240, "a\0b", "Atza|"):
        answer = attacker.send(name, data=body, headers={"x-amz-access-token": token})
        assert_spapi_error(answer, 403, "Unauthorized", "Access to requested resource is denied.")
    for header in (
        "Host",
        "Accept",
        "Accept-Encoding",
        "Authorization",
        "Cookie",
        "X-Forwarded-Proto",
        "Range",
    ):
        for value in ("\xff", "A" * 10_240, "../..", "a\0b", ""):
            attacker.send(name, data=body, headers={header: value})
