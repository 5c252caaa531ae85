"""The same malformed input on PostgreSQL, which is stricter: no text with a NUL, no boundless number."""

import re

import hostile
import pytest
from amazon_seller import SellerClient
from attacker import Attacker
from vendor_models import FILES

from mock_amazon import create_app
from mock_amazon.quirks import QUIRKS
from simkit import postgresql
from simkit.clock import VirtualClock
from simkit.postgresql import schema_of
from simkit.program import ServerConfig

WORDS = ("NUL", "a NUL inside", "a lone surrogate", "a large number", "emoji", "10 kB")
TIMES = ("year 0", "year 9999", "before all time")
WRONG = ("a NUL", "64 bits", "more than 64 bits", "a negative number", "long", "an object with odd keys")
LINE = {"sku": "MUG", "qty": 2, "unit_price": "19.99"}
CONTROL = {
    "orders": {"id": "A1", "lines": [LINE], "buyer": {"name": "Jane Sample"}, "regulated": {}},
    "account": {"seller": "SELLER-1", "throttling": "off", "quirks": {"index_lag": "on"}},
    "sellers": {"seller": "SELLER-2", "marketplaces": ["US"]},
    "listings": {"sku": "A", "asin": "B000000001", "seller_sku": "A", "seller": "SELLER-1", "qty": 1},
    "fba-stock": {"sku": "A", "name": "Mug", "fulfillable": 1},
    "applications": {"client_id": "x", "name": "X"},
    "notifications/deliveries": {"destination": "arn:aws:sqs:us-east-1:123456789012:orders"},
    "notifications/messages/receive": {"destination": "arn:aws:sqs:us-east-1:123456789012:orders"},
    "snapshots": {"name": "a"},
}


@pytest.fixture
def attacker(own_world, check):
    clock = VirtualClock()
    app = create_app(ServerConfig(own_world, clock))
    seller = SellerClient(app.test_client(), clock, check)
    seller.sign_in()
    seller.sim("account", {"throttling": "off", "quirks": dict.fromkeys(QUIRKS, "off")})
    yield Attacker(seller, watching=False)  # the same code wrote nothing on SQLite
    app.extensions["simulation"].close()
    postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "amazon")])


def test_no_word_of_a_path_or_query_is_too_much(attacker, contracts):
    for name in FILES:
        for slot in hostile.parameters(contracts, name, "path"):
            for word in WORDS:
                attacker.send(name, attacker.address(name, **{slot: hostile.TEXTS[word]}))
        for parameter in hostile.parameters(contracts, name, "query"):
            for word in (*WORDS, *TIMES):
                attacker.send(name, query={parameter: hostile.VALUES[word]})


def test_no_value_of_a_body_is_too_much(attacker):
    for name, body in attacker.bodies.items():
        for what, content in hostile.spoilt(body):
            if what.rpartition(": ")[2] in WRONG:
                attacker.send(name, data=hostile.written(content))
    for token in ("a\0b", "A" * 10_240):
        attacker.send("getOrder", headers={"x-amz-access-token": token})


def test_no_word_in_the_path_of_a_control_call_or_a_page_is_too_much(attacker):
    client = attacker.seller.client
    for rule in attacker.app.url_map.iter_rules():
        for word in WORDS:
            address = re.sub(r"<[^>]*>", lambda _, word=word: hostile.TEXTS[word], rule.rule)
            names = (
                "number",
                "account",
                "application_id",
                "redirect_uri",
                "seller",
                "client_id",
                "operation",
                "destination",
            )
            query = "&".join(f"{name}={hostile.TEXTS[word]}" for name in names)
            for method in rule.methods - {"HEAD", "OPTIONS"} if rule.rule != "/_sim/reset" else ():
                answer = client.open(
                    f"{address}?{query}",
                    method=method,
                    data=query,
                    content_type="application/x-www-form-urlencoded",
                )
                assert answer.status_code < 500, (method, address)


@pytest.mark.parametrize("path", CONTROL)
def test_no_value_of_a_control_call_is_too_much(attacker, path):
    for what, content in hostile.spoilt(CONTROL[path]):
        if what.rpartition(": ")[2] in WRONG:
            answer = attacker.seller.client.post(f"/_sim/{path}", data=hostile.written(content))
            assert answer.status_code < 500, (content, answer.get_data())
