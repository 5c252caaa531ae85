"""The headers of every answer: a request id always, the rate limit where Amazon tells it.

``x-amz-apigw-id`` and ``X-Amzn-Trace-Id`` were seen on real answers; clients print them in their logs.
"""

from __future__ import annotations

import base64
import hashlib
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Flask, Response, g, request

from mock_amazon.documents import s3
from simkit.simulation import simulation

NOT_AMAZON = frozenset({"sim", "seller_central", "simkit", "bootstrap"})
"""Blueprints that are no part of the API: the control API, the pages and their sheets."""


class RequestIds:
    """Counts the requests: the same seed and the same calls give the same ids."""

    def __init__(self) -> None:
        self._count = 0

    def next(self, seed: int) -> str:
        self._count += 1
        digest = hashlib.sha256(f"{seed}/request/{self._count}".encode()).digest()
        return str(UUID(bytes=digest[:16], version=4))

    def dump(self) -> Any:
        return self._count

    def load(self, state: Any) -> None:
        self._count = state

    def reset(self) -> None:
        self._count = 0


def request_id() -> str:
    """The id of the current request."""
    if "request_id" not in g:
        ids = simulation().vendor.volatile["request_ids"]
        assert isinstance(ids, RequestIds)  # noqa: S101 - narrows the kit's protocol
        g.request_id = ids.next(simulation().seed)
    known: str = g.request_id
    return known


def init_app(app: Flask) -> None:
    @app.after_request
    def add(response: Response) -> Response:
        if request.blueprint in NOT_AMAZON or request.path.startswith(s3.PREFIX):
            return response
        response.headers["x-amzn-RequestId"] = request_id()
        if request.blueprint != "tokens":  # Login with Amazon stands behind something else
            response.headers.extend(_of_gateway(request_id()))
        # Never on 401, 403 and 429, where a client would need it most.
        told = response.status_code < HTTPStatus.MULTIPLE_CHOICES or response.status_code in {400, 404}
        if told and (rate := g.get("rate_limit")):
            response.headers["x-amzn-RateLimit-Limit"] = rate
        return response


def _of_gateway(identity: str) -> dict[str, str]:
    digest = hashlib.sha256(identity.encode()).digest()
    seconds = int(simulation().clock.now().timestamp())
    return {
        "x-amz-apigw-id": base64.urlsafe_b64encode(digest[:11]).decode(),
        "X-Amzn-Trace-Id": f"Root=1-{seconds:08x}-{digest[11:23].hex()}",
    }
