"""Malformed input of every kind at every operation: refused as Amazon does, and nothing half-written."""

import gzip

import hostile
import pytest
from amazon_seller import assert_spapi_error
from attacker import Attacker, image
from vendor_models import FILES

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE"}
ALSO = {"sendTestNotification": {"GET", "DELETE"}, "addInventory": {"DELETE"}}
"""Methods for which the same path is that of another operation."""
WITH_BODY = [name for name, (_, _, method) in FILES.items() if method in {"post", "put", "patch"}]


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
        for value in hostile.VALUES.values():
            attacker.send(name, query={parameter: value})
        attacker.send(name, query={parameter: f"a&{parameter}=b", f"{parameter}[]": "c"})


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
