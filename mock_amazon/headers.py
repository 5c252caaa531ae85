"""The headers of every answer: a request id always, the rate limit where Amazon tells it."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Flask, Response, g, request

from mock_amazon.documents import s3
from simkit.simulation import simulation

_NOT_AMAZON = frozenset({"sim", "seller_central", "simkit", "bootstrap"})
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


def init_app(app: Flask, ids: RequestIds) -> None:
    @app.after_request
    def add(response: Response) -> Response:
        if request.blueprint in _NOT_AMAZON or request.path.startswith(s3.PREFIX):
            return response
        response.headers["x-amzn-RequestId"] = ids.next(simulation().seed)
        # Never on 401, 403 and 429, where a client would need it most.
        told = response.status_code < HTTPStatus.MULTIPLE_CHOICES or response.status_code in {400, 404}
        if told and (rate := g.get("rate_limit")):
            response.headers["x-amzn-RateLimit-Limit"] = rate
        return response
