"""Opaque tokens: content that a client carries about and cannot change. They keep no secret."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Any

from simkit import jsons
from simkit.simulation import simulation

_MARK = 24


def seal(content: list[Any], client_id: str) -> str:
    """A token of an application; like Amazon's it has signs that need URL-encoding."""
    data = jsons.dump(content)
    return base64.b64encode(_mark(client_id, data) + data).decode()


def unseal(token: str, client_id: str) -> list[Any] | None:
    """What was sealed for that application, None where the token was touched."""
    try:
        raw = base64.b64decode(token, validate=True)
    except (binascii.Error, ValueError):  # a token that was not URL-encoded lost its plus signs
        return None
    mark, data = raw[:_MARK], raw[_MARK:]
    if not hmac.compare_digest(mark, _mark(client_id, data)):
        return None
    content: list[Any] = jsons.load(data)
    return content


def fingerprint(content: object) -> str:
    return hashlib.sha256(jsons.dump(content)).hexdigest()[:16]


def _mark(client_id: str, data: bytes) -> bytes:
    key = f"{simulation().seed}/{client_id}"  # tells a token that was touched; it keeps no secret
    return hmac.digest(key.encode(), data, "sha256")[:_MARK]
