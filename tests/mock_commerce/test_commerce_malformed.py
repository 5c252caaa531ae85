"""Malformed input of every kind at every changing route: refused as Commerce does, and nothing half-saved.

Deeper runs by hand: ``CHANNELSIM_FUZZ_EXAMPLES=9 CHANNELSIM_FUZZ_SEED=7 pytest …`` tries nine wrong things at
each place of a body in place of one, others for another seed.
"""

import itertools
import json
import os
from datetime import timedelta

import pytest
from commerce_attacker import VARIABLE
from commerce_bodies import CONTENT_TYPES, RAW, WORDS, Bodies, doubled, spoilt
from commerce_shop import assert_commerce_error

FEW = int(os.environ.get("CHANNELSIM_FUZZ_EXAMPLES", "1"))
SEED = int(os.environ.get("CHANNELSIM_FUZZ_SEED", "0"))
SOME = 3
TOKENS = ("", "Bearer", "Bearer a b", "Bearer \xff", f"Bearer {'a' * 10_000}", "Bearer a.b.c")
PARTS = 6
"""Into which the routes are cut, for tests that run beside each other."""
JSON = {"Content-Type": "application/json"}
parts = pytest.mark.parametrize("part", range(PARTS))


@pytest.fixture(scope="module")
def bodies(contracts):
    return Bodies(json.loads((contracts / "commerce" / "openapi-order-subset-2.4.9.json").read_text()))


@pytest.fixture
def some():
    """Takes a few of many things, others the next time."""
    turns = itertools.count(SEED)
    return lambda things: [things[next(turns) % len(things)] for _ in range(min(SOME * FEW, len(things)))]


def changing(attacker, part, methods=("POST", "PUT")):
    return [route for route in sorted(attacker.routes) if route[0] in methods][part::PARTS]


@parts
def test_bodies_that_are_none(attacker, bodies, some, part):
    for method, rule in changing(attacker, part):
        for body in (*some(list(RAW.values())), doubled(bodies.good(method, rule))):
            attacker.send(method, rule, data=body, headers=JSON)
        for content_type in some(CONTENT_TYPES):
            attacker.send(method, rule, data=b'{"entity": {}}', headers={"Content-Type": content_type})


@parts
def test_every_value_of_a_body_spoilt(attacker, bodies, part):
    turns = itertools.count(SEED)
    for method, rule in changing(attacker, part):
        for _, content in spoilt(bodies.good(method, rule), FEW, turns):
            attacker.send(method, rule, data=json.dumps(content).encode(), headers=JSON)


@parts
def test_hostile_words_in_an_address(attacker, bodies, some, part):
    for method, rule in changing(attacker, part, ("GET", "POST", "PUT", "DELETE")):
        for name in VARIABLE.findall(rule):
            body = {} if method in {"GET", "DELETE"} else {"json": bodies.good(method, rule)}
            for word in some(list(WORDS.values())):
                attacker.send(method, rule, attacker.address(rule, **{name: word}), **body)


@parts
def test_no_property_of_the_vendors_schema_is_unknown(attacker, bodies, part):
    for method, rule in changing(attacker, part):
        attacker.said = ""
        attacker.send(method, rule, json=bodies.good(method, rule))
        assert "accessor" not in attacker.said, (method, rule)


@parts
def test_a_property_that_nobody_knows_is_masked_and_changes_nothing(attacker, bodies, part):
    for method, rule in changing(attacker, part):
        schema = bodies.schema(method, rule) or {}
        for name, argument in schema.get("properties", {}).items():
            odd = {"no_such_property": 1}
            if "$ref" in argument or "$ref" in argument.get("items", {}):
                body = {**bodies.good(method, rule), name: odd if "$ref" in argument else [odd]}
                assert attacker.send(method, rule, json=body).status_code == 500, (method, rule, name)


@parts
def test_an_unknown_store_view_cannot_be_processed(attacker, part):
    for method, rule in changing(attacker, part, ("GET", "POST", "PUT", "DELETE")):
        body = {} if method in {"GET", "DELETE"} else {"json": {}}
        answer = attacker.send(method, rule, prefix="/nosuch", **body)
        assert_commerce_error(answer, 400, "Specified request cannot be processed.")


@parts
def test_a_bad_token_makes_a_guest_who_may_not(attacker, some, part):
    for method, rule in changing(attacker, part, ("GET", "POST", "PUT", "DELETE")):
        resource = attacker.routes[method, rule]
        if resource == "anonymous":
            continue
        for token in some(TOKENS):
            answer = attacker.send(method, rule, headers={"Authorization": token})
            message = "The consumer isn't authorized to access %resources."
            assert_commerce_error(answer, 401, message, {"resources": resource})


def test_an_expired_token_is_one_of_nobody(attacker):
    clock = attacker.shop.clock
    start = clock.now()
    clock.advance(timedelta(hours=5))
    for (method, rule), resource in attacker.routes.items():
        if resource != "anonymous":
            path = attacker.address(rule)
            answer = attacker.shop.client.open(path, method=method, headers=attacker.headers(resource))
            message = "The consumer isn't authorized to access %resources."
            assert_commerce_error(answer, 401, message, {"resources": resource})
    clock.set(start)
    attacker.restore()
