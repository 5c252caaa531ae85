"""A visitor of Seller Central, and the server that the other tests of mock_amazon use too."""

from __future__ import annotations

import re
from typing import Any

import pytest
from amazon_seller import SellerClient
from werkzeug.test import TestResponse


class Visitor:
    """Looks at pages and sends their forms, with the token that each form has."""

    def __init__(self, amazon: SellerClient) -> None:
        self.amazon = amazon
        self.client = amazon.client

    def look(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        assert answer.mimetype == "text/html"
        return str(answer.text)

    def send(self, path: str, form: dict[str, Any] | None = None) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.look("/orders-v3/new"))
        assert token
        return self.client.post(path, data={"csrf_token": token[1], **(form or {})})

    def act(self, number: str, action: str, form: dict[str, Any] | None = None) -> TestResponse:
        return self.send(f"/orders-v3/order/{number}/{action}", form)

    def refused(self, answer: TestResponse, *words: str) -> None:
        assert answer.status_code == 400
        for word in words:
            assert word in answer.text


@pytest.fixture
def visitor(amazon: SellerClient) -> Visitor:
    return Visitor(amazon)
