"""The same malformed input on PostgreSQL, which is stricter: no text with a NUL, no boundless number."""

import json
from itertools import count, islice

import pytest
from commerce_attacker import VARIABLE, Attacker
from commerce_bodies import STRICT, WORDS, Bodies, spoilt
from commerce_shop import Shop

import mock_commerce
from simkit import postgresql
from simkit.clock import VirtualClock
from simkit.postgresql import schema_of
from simkit.program import ServerConfig

PARTS = 4
SEGMENTS = ("NUL", "a lone surrogate", "a large number", "more than 64 bits", "emoji")
parts = pytest.mark.parametrize("part", range(PARTS))


@pytest.fixture
def attacker(own_world):
    clock = VirtualClock()
    app = mock_commerce.create_app(ServerConfig(own_world, clock))
    shop = Shop(app.test_client(), clock)
    shop.sign_in()
    yield Attacker(shop, watching=False)  # the same code wrote nothing on SQLite
    app.extensions["simulation"].close()
    postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "commerce")])


@parts
def test_bodies_and_addresses(attacker, contracts, part):
    bodies = Bodies(json.loads((contracts / "commerce" / "openapi-order-subset-2.4.9.json").read_text()))
    turns = count()
    for method, rule in [route for route in sorted(attacker.routes) if route[0] in {"POST", "PUT"}][
        part::PARTS
    ]:
        for _, content in islice(spoilt(bodies.good(method, rule), 1, turns, things=STRICT), 0, None, 5):
            attacker.send(method, rule, json=content)
        for name in VARIABLE.findall(rule):
            for word in SEGMENTS:
                address = attacker.address(rule, **{name: WORDS[word]})
                attacker.send(method, rule, address, json=bodies.good(method, rule))
