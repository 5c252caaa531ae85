"""Callers who are not who they say, or may not do what they ask for, at every route."""

from __future__ import annotations

import base64
import json
import re

import jwt
import pytest

from mock_commerce.access.auth import ANONYMOUS, EVERYTHING, SELF
from mock_commerce.access.tokens import _secret

PASSWORD = "Passw0rd!"


def routes(app):
    """Method, address and resource of every route of the REST API, with 1 and words in its places."""
    for rule in app.url_map.iter_rules():
        resource = getattr(app.view_functions[rule.endpoint], "resource", None)
        if rule.rule.startswith("/rest/V1/") and resource:
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, re.sub(r"<[^>]*>", "1", rule.rule), resource


def customer(shop, email="ann@example.com"):
    account = {"customer": {"email": email, "firstname": "Ann", "lastname": "Lee"}, "password": PASSWORD}
    assert shop.client.post("/rest/V1/customers", json=account).status_code == 200
    login = {"username": email, "password": PASSWORD}
    token = shop.client.post("/rest/V1/integration/customer/token", json=login).get_json()
    return {"Authorization": f"Bearer {token}"}


def admin(shop, *resources):
    shop.sim("roles", {"name": "Clerk", "resources": list(resources)})
    shop.sim("admins", {"username": "clerk", "password": "Clerk-123", "role": "Clerk"})
    login = {"username": "clerk", "password": "Clerk-123"}
    token = shop.client.post("/rest/V1/integration/admin/token", json=login).get_json()
    return {"Authorization": f"Bearer {token}"}


def refused(shop, method, path, headers):
    """The resource that is missed; None where the caller is let in."""
    answer = shop.client.open(path, method=method, headers=headers, json={})
    if answer.status_code != 401:
        return None
    return answer.get_json().get("parameters", {}).get("resources")


def test_nobody_and_no_customer_comes_to_what_is_for_administrators(shop):
    mine = customer(shop)
    for method, path, resource in routes(shop.client.application):
        for headers in ({}, mine):
            allowed = resource == ANONYMOUS or (resource == SELF and headers)
            if path.endswith(("/password", "/revoke-customer-token")) and allowed:
                continue
            assert refused(shop, method, path, headers) == (None if allowed else resource), (method, path)


def test_a_role_opens_its_own_routes_and_no_others(shop):
    known = {resource for _, _, resource in routes(shop.client.application)} - {ANONYMOUS, SELF}
    assert len(known) > 30
    for resource in known:
        headers = admin(shop, resource)
        for method, path, needed in routes(shop.client.application):
            if needed not in {resource, ANONYMOUS} and method == "GET":
                assert refused(shop, method, path, headers) == needed, (resource, method, path)
            elif needed == resource and method == "GET":
                assert refused(shop, method, path, headers) is None, (resource, method, path)


def test_a_changing_route_needs_all_of_its_resource(shop):
    known = {resource for _, _, resource in routes(shop.client.application)} - {ANONYMOUS, SELF}
    for resource in sorted(known):
        headers = admin(shop, *(known - {resource}))
        for method, path, needed in routes(shop.client.application):
            if needed == resource:
                assert refused(shop, method, path, headers) == needed, (method, path)
                address = path.replace("/rest/V1/", "/rest/async/V1/")
                if method != "GET":
                    assert refused(shop, method, address, headers) == needed, (method, address)


def test_administrators_are_no_customers(shop):
    headers = admin(shop, EVERYTHING)
    for method, path, resource in routes(shop.client.application):
        if resource == SELF:
            assert refused(shop, method, path, headers) == SELF, (method, path)


def part(content):
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def forged(shop):
    now = int(shop.clock.now().timestamp())
    claims = {"uid": 1, "utypid": 2, "iat": now, "exp": now + 3600}
    with shop.client.application.app_context():
        key = _secret()
    head, _, signature = shop.headers["Authorization"].split()[1].split(".")
    more = {
        "no key": jwt.encode(claims, None, algorithm="none"),
        "None": f"{part({'alg': 'None'})}.{part(claims)}.x",
        "another key": jwt.encode(claims, "x" * 40),
        "another method": jwt.encode(claims, key + key, algorithm="HS512"),
        "no signature": f"{head}.{part(claims)}.",
        "another one's signature": f"{head}.{part({**claims, 'exp': now + 9999})}.{signature}",
    }
    odd = [
        {"exp": None}, {"exp": "x"}, {"exp": float("inf")}, {"exp": 2**70}, {"iat": None}, {"iat": [1]},
        {"uid": None}, {"uid": "1"}, {"uid": [1]}, {"uid": 10**30}, {"uid": -1}, {"uid": True}, {"uid": 1.5},
        {"utypid": 1}, {"utypid": 3}, {"utypid": 4}, {"utypid": "2"}, {"utypid": None},
    ]  # fmt: skip
    return more | {str(changes): jwt.encode(claims | changes, key) for changes in odd}


def test_forged_and_odd_tokens_are_those_of_a_guest(shop):
    found = {
        what: shop.client.get("/rest/V1/modules", headers={"Authorization": f"Bearer {token}"}).status_code
        for what, token in forged(shop).items()
    }
    assert set(found.values()) == {401}, found


@pytest.mark.parametrize("version", ["2.4.3", "2.4.8"])
def test_a_token_ends_with_its_user(shop, version):
    shop.sim("config", {"version": version})
    mine, clerk = customer(shop), admin(shop, EVERYTHING)

    def statuses():
        calls = (("customers/me", mine), ("modules", clerk))
        return [shop.client.get(f"/rest/V1/{path}", headers=headers).status_code for path, headers in calls]

    assert statuses() == [200, 200]
    shop.sim("admins", {"username": "clerk", "active": False})
    shop.sign_in()
    shop.call("DELETE", "customers/1")
    assert statuses() == [401, 401]


def test_the_mask_of_a_cart_is_void_once_it_is_a_customers(shop):
    """Code of magento2 (quote_id_mask)."""
    shop.product()
    mask = shop.client.post("/rest/V1/guest-carts").get_json()
    item = {"cartItem": {"sku": "MUG", "qty": 1, "quote_id": mask}}
    shop.client.post(f"/rest/V1/guest-carts/{mask}/items", json=item)
    mine, other = customer(shop), customer(shop, "bob@example.com")
    body = {"customerId": 1, "storeId": 1}
    assert shop.client.put(f"/rest/V1/guest-carts/{mask}", json=body, headers=mine).get_json() is True
    for method, path in (("GET", ""), ("GET", "/items"), ("POST", "/items"), ("GET", "/billing-address")):
        answer = shop.client.open(f"/rest/V1/guest-carts/{mask}{path}", method=method, json=item)
        assert answer.status_code == 404, (method, path)
    body = {"customerId": 2, "storeId": 1}
    assert shop.client.put(f"/rest/V1/guest-carts/{mask}", json=body, headers=other).status_code == 404
    assert len(shop.client.get("/rest/V1/carts/mine/items", headers=mine).get_json()) == 1


def test_a_customer_comes_to_no_other_cart_by_its_id(shop):
    shop.product()
    mine, other = customer(shop), customer(shop, "bob@example.com")
    carts = [shop.client.post("/rest/V1/carts/mine", headers=who).get_json() for who in (mine, other)]
    item = {"cartItem": {"sku": "MUG", "qty": 1, "quote_id": str(carts[0])}}
    shop.client.post("/rest/V1/carts/mine/items", json=item, headers=other)
    assert shop.client.get("/rest/V1/carts/mine/items", headers=mine).get_json() == []
    for path in (f"guest-carts/{carts[0]}", f"guest-carts/{carts[0]}/items"):
        assert shop.client.get(f"/rest/V1/{path}").status_code == 404
