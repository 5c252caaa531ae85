"""The server on a real socket: raw addresses and dropped connections."""

from __future__ import annotations

import pytest
import requests
from requests_oauthlib import OAuth1Session

from mock_commerce import create_app
from simkit.program import ServerConfig
from simkit.serving import LiveServer

pytestmark = pytest.mark.sockets


def test_encoded_slashes_and_dropped_answers_over_a_socket():
    with LiveServer(create_app(ServerConfig())) as server, requests.Session() as session:
        login = {"username": "admin", "password": "admin123"}
        token = session.post(f"{server.url}/rest/V1/integration/admin/token", json=login, timeout=5).json()
        session.headers["Authorization"] = f"Bearer {token}"
        session.post(f"{server.url}/_sim/products", json={"sku": "A/B +1"}, timeout=5)
        found = session.get(f"{server.url}/index.php/rest/default/V1/products/A%2FB+%2B1/", timeout=5)
        assert found.json()["sku"] == "A/B +1"
        fault = {"at": "list_modules", "kind": "drop_before_commit"}
        session.post(f"{server.url}/_sim/faults", json=fault, timeout=5)
        with pytest.raises(requests.ConnectionError):
            session.get(f"{server.url}/rest/V1/modules", timeout=5)
        assert session.get(f"{server.url}/rest/V1/modules", timeout=5).status_code == 200


def test_a_client_signs_its_calls_over_a_socket():
    settings = {"oauth_timestamps": "any"}
    with LiveServer(create_app(ServerConfig(settings=settings))) as server:
        keys = ("sim-consumer-key", "sim-consumer-secret", "sim-integration-token", "sim-token-secret")
        with OAuth1Session(*keys, signature_method="HMAC-SHA256") as session:
            product = {"product": {"sku": "A/B +1", "name": "Mug", "price": 5, "attribute_set_id": 4}}
            assert session.post(f"{server.url}/rest/V1/products", json=product, timeout=5).ok
            found = session.get(f"{server.url}/index.php/rest/default/V1/products/A%2FB%20%2B1", timeout=5)
            assert found.json()["sku"] == "A/B +1"
            query = {
                "searchCriteria[filter_groups][0][filters][0][field]": "sku",
                "searchCriteria[filter_groups][0][filters][0][value]": "a/b +1",
                "searchCriteria[pageSize]": 5,
                "fields": "items[sku],total_count",
            }
            found = session.get(f"{server.url}/rest/V1/products", params=query, timeout=5)
            assert found.json() == {"items": [{"sku": "A/B +1"}], "total_count": 1}
