"""A shop as tests use it: the REST client of an administrator, and the control API beside it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from simkit.clock import VirtualClock

ADDRESS = {
    "firstname": "Ann",
    "lastname": "Lee",
    "street": ["1 Main St", "Apt 2"],
    "city": "Austin",
    "region": "TX",
    "postcode": "78701",
    "country_id": "US",
    "telephone": "5125550100",
}


def assert_commerce_error(
    response: TestResponse, status: int, message: str, parameters: Any = None
) -> dict[str, Any]:
    """Commerce's error envelope: this message, these parameters and nothing that does not belong."""
    body = response.get_json()
    assert response.status_code == status, body
    assert body["message"] == message
    assert body.get("parameters") == parameters
    assert set(body) <= {"message", "parameters", "errors", "code"}
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    return body


class Shop:
    """The client of an administrator, and the control API beside it."""

    def __init__(self, client: FlaskClient, clock: VirtualClock) -> None:
        self.client = client
        self.clock = clock
        self.headers: dict[str, str] = {}

    def sign_in(self) -> str:
        answer = self.client.post(
            "/rest/V1/integration/admin/token", json={"username": "admin", "password": "admin123"}
        )
        token = answer.get_json()
        self.headers = {"Authorization": f"Bearer {token}"}
        return token

    def call(self, method: str, path: str, **kwargs: Any) -> TestResponse:
        return self.client.open(f"/rest/V1/{path}", method=method, headers=self.headers, **kwargs)

    def get(self, path: str, **kwargs: Any) -> Any:
        return self._ok(self.call("GET", path, **kwargs))

    def post(self, path: str, body: Any = None) -> Any:
        return self._ok(self.call("POST", path, json={} if body is None else body))

    def put(self, path: str, body: Any) -> Any:
        return self._ok(self.call("PUT", path, json=body))

    @staticmethod
    def _ok(answer: TestResponse) -> Any:
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def sim(self, path: str, body: Any = None, *, status: int | None = None) -> Any:
        answer = self.client.post(f"/_sim/{path}", json={} if body is None else body)
        assert answer.status_code == (status or answer.status_code)
        if status is None:
            assert answer.status_code < 300, answer.get_json()
        return answer.get_json()

    def state(self) -> dict[str, Any]:
        return self.client.get("/_sim/state").get_json()

    def stock(self, sku: str = "MUG") -> tuple[float, float, float]:
        row = self.state()["stock"][sku]
        return row["qty"], row["salable"], row["reserved"]

    def product(self, sku: str = "MUG", **keys: Any) -> None:
        self.sim("products", {"sku": sku, **keys})

    def place(self, *orders: dict[str, Any]) -> list[dict[str, Any]]:
        return self.post("amazon-sales-channel/orders", {"orders": list(orders)})

    def place_one(self, order: dict[str, Any]) -> dict[str, Any]:
        (result,) = self.place(order)
        return result

    def search(self, path: str, *filters: tuple[str, ...], **query: str) -> dict[str, Any]:
        """A list call with one group per filter."""
        parameters = {"searchCriteria": "", **query}
        for number, one in enumerate(filters):
            for key, value in zip(("field", "value", "condition_type"), one, strict=False):
                parameters[f"searchCriteria[filter_groups][{number}][filters][0][{key}]"] = value
        return self.get(path, query_string=parameters)
