"""A client that signs its calls by OAuth 1.0a, as integrations do."""

from __future__ import annotations

from typing import Any

from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256, Client
from werkzeug.test import TestResponse

KEYS = {
    "client_key": "sim-consumer-key",
    "client_secret": "sim-consumer-secret",
    "resource_owner_key": "sim-integration-token",
    "resource_owner_secret": "sim-token-secret",
}


def header(shop: Any, uri: str, method: str = "GET", **changes: Any) -> str:
    """The Authorization header of one call, signed at the shop's time."""
    wanted = {
        **KEYS,
        "signature_method": SIGNATURE_HMAC_SHA256,
        "timestamp": str(int(shop.clock.now().timestamp())),
        **changes,
    }
    _, headers, _ = Client(**wanted).sign(f"http://localhost{uri}", http_method=method)
    return headers["Authorization"]


def signed(shop: Any, method: str, uri: str, json: Any = None, **changes: Any) -> TestResponse:
    headers = {"Authorization": header(shop, uri, method, **changes)}
    return shop.client.open(uri, method=method, headers=headers, json=json)
