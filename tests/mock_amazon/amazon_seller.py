"""A seller's client as tests use it: every answer is checked against the vendor's models."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from simkit.clock import VirtualClock

US = "ATVPDKIKX0DER"
EVERYTHING = "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT"
LONG_AGO = "2020-01-01T00:00:00Z"
ORDERS_V0 = "/orders/v0/orders"
PARTS_V0 = {
    "": "getOrderV0",
    "/address": "getOrderAddress",
    "/buyerInfo": "getOrderBuyerInfo",
    "/orderItems": "getOrderItems",
    "/orderItems/buyerInfo": "getOrderItemsBuyerInfo",
}
NOT_VALID = "The input you have submitted is not valid. Please check your input and try again."

Check = Callable[[str, TestResponse], None]


def assert_spapi_error(
    response: TestResponse, status: int, code: str, message: str | None = None, details: str | None = None
) -> dict[str, Any]:
    """Amazon's error envelope: one error, with these words where they are given, and the headers it has."""
    body = response.get_json()
    assert response.status_code == status, body
    assert list(body) == ["errors"]
    (error,) = body["errors"]
    assert set(error) == {"code", "message", "details"}
    assert error["code"] == code
    assert message is None or message in error["message"], error
    assert details is None or details in error["details"], error
    assert response.headers["x-amzn-RequestId"]
    assert ("x-amzn-RateLimit-Limit" in response.headers) <= (status in {400, 404})
    return error


class SellerClient:
    """One seller of one server."""

    def __init__(self, client: FlaskClient, clock: VirtualClock, check: Check) -> None:
        self.client = client
        self.clock = clock
        self.check = check
        self.headers: dict[str, str] = {}

    def sign_in(self, refresh_token: str = "Atzr|sim-main-us") -> str:
        answer = self.token(grant_type="refresh_token", refresh_token=refresh_token)
        assert answer.status_code == 200, answer.get_json()
        token: str = answer.get_json()["access_token"]
        self.headers = {"x-amz-access-token": token}
        return token

    def token(self, **form: str) -> TestResponse:
        credentials = {"client_id": "amzn1.application-oa2-client.sim", "client_secret": "sim-secret"}
        return self.client.post("/auth/o2/token", data={**credentials, **form})

    def call(self, operation: str, method: str, path: str, **kwargs: Any) -> TestResponse:
        headers = {**self.headers, **kwargs.pop("headers", {})}
        response = self.client.open(path, method=method, headers=headers, **kwargs)
        self.check(operation, response)
        return response

    def search(self, **query: Any) -> TestResponse:
        if not {"createdAfter", "lastUpdatedAfter"} & set(query):
            query["lastUpdatedAfter"] = LONG_AGO
        return self.call("searchOrders", "GET", "/orders/2026-01-01/orders", query_string=query)

    def found(self, **query: Any) -> list[str]:
        """The ids that a search finds on its first page."""
        answer = self.search(**query)
        assert answer.status_code == 200, answer.get_json()
        return [order["orderId"] for order in answer.get_json()["orders"]]

    def get(self, number: str, included: str = EVERYTHING) -> TestResponse:
        query = {"includedData": included} if included else {}
        return self.call("getOrder", "GET", f"/orders/2026-01-01/orders/{number}", query_string=query)

    def order(self, number: str, included: str = EVERYTHING) -> dict[str, Any]:
        answer = self.get(number, included)
        assert answer.status_code == 200, answer.get_json()
        document: dict[str, Any] = answer.get_json()["order"]
        return document

    def orders_v0(self, **query: Any) -> TestResponse:
        query = {"MarketplaceIds": US} | query
        return self.call("getOrders", "GET", ORDERS_V0, query_string=query)

    def listed_v0(self, **query: Any) -> list[dict[str, Any]]:
        """The orders of the first page of getOrders, of any time unless told otherwise."""
        if not {"CreatedAfter", "LastUpdatedAfter", "AmazonOrderIds"} & set(query):
            query["LastUpdatedAfter"] = LONG_AGO
        return self.payload(self.orders_v0(**query))["Orders"]  # type: ignore[no-any-return]

    def found_v0(self, **query: Any) -> list[str]:
        return [order["AmazonOrderId"] for order in self.listed_v0(**query)]

    def read_v0(self, number: str, part: str = "", **query: Any) -> TestResponse:
        operation, path = PARTS_V0[part], f"{ORDERS_V0}/{number}{part}"
        return self.call(operation, "GET", path, query_string=query)

    def order_v0(self, number: str, part: str = "") -> Any:
        return self.payload(self.read_v0(number, part))

    def items_v0(self, number: str) -> list[dict[str, Any]]:
        return self.order_v0(number, "/orderItems")["OrderItems"]  # type: ignore[no-any-return]

    @staticmethod
    def payload(answer: TestResponse) -> Any:
        assert answer.status_code == 200, answer.get_json()
        content = answer.get_json()
        assert list(content) == ["payload"]
        return content["payload"]

    def restricted_token(self, *resources: Any, **more: Any) -> TestResponse:
        path, body = "/tokens/2021-03-01/restrictedDataToken", {"restrictedResources": list(resources)}
        return self.call("createRestrictedDataToken", "POST", path, json=body | more)

    def restrict(self, *resources: Any) -> SellerClient:
        """The same seller with a token that opens personal data."""
        answer = self.restricted_token(*resources)
        assert answer.status_code == 200, answer.get_json()
        opened = SellerClient(self.client, self.clock, self.check)
        opened.headers = {"x-amz-access-token": answer.get_json()["restrictedDataToken"]}
        return opened

    def listing(self, method: str, sku: str, seller: str = "SELLER-1", **kwargs: Any) -> TestResponse:
        """getListingsItem and its like; the marketplace is the United States unless told otherwise."""
        query = {"marketplaceIds": US} | kwargs.pop("query", {})
        path = f"/listings/2021-08-01/items/{seller}/{quote(sku, safe='')}"
        operation = f"{method.lower()}ListingsItem"
        return self.call(operation, method, path, query_string=query, **kwargs)

    def listed(self, sku: str, *included: str) -> dict[str, Any]:
        """A listing with these data sets."""
        answer = self.listing("GET", sku, query={"includedData": ",".join(included)} if included else {})
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()  # type: ignore[no-any-return]

    def submit(self, method: str, sku: str, status: str = "ACCEPTED", **kwargs: Any) -> dict[str, Any]:
        """A submission that comes to this."""
        answer = self.listing(method, sku, **kwargs)
        content: dict[str, Any] = answer.get_json()
        assert (answer.status_code, content.get("status")) == (200, status), content
        return content

    def search_listings(self, seller: str = "SELLER-1", **query: Any) -> TestResponse:
        path, query = f"/listings/2021-08-01/items/{seller}", {"marketplaceIds": US} | query
        return self.call("searchListingsItems", "GET", path, query_string=query)

    def summaries(self, **query: Any) -> TestResponse:
        """getInventorySummaries of the United States."""
        usual = {"granularityType": "Marketplace", "granularityId": US, "marketplaceIds": US}
        path = "/fba/inventory/v1/summaries"
        return self.call("getInventorySummaries", "GET", path, query_string=usual | query)

    def participations(self, **kwargs: Any) -> TestResponse:
        path = "/sellers/v1/marketplaceParticipations"
        return self.call("getMarketplaceParticipations", "GET", path, **kwargs)

    def confirm_shipment(self, number: str, body: Any) -> TestResponse:
        path = f"/orders/v0/orders/{number}/shipmentConfirmation"
        return self.call("confirmShipment", "POST", path, json=body)

    def update_shipment(self, number: str, body: Any) -> TestResponse:
        """In-store pickup."""
        return self.call("updateShipmentStatus", "POST", f"{ORDERS_V0}/{number}/shipment", json=body)

    def package(self, number: str, *units: int, reference: str = "1", **detail: Any) -> dict[str, Any]:
        """A body of confirmShipment: so many units of the first, second … item (0 leaves one out)."""
        ids = [line["order_item_id"] for line in self.state(number)["lines"]]
        items = [{"orderItemId": i, "quantity": n} for i, n in zip(ids, units, strict=False) if n]
        package = {
            "packageReferenceId": reference,
            "carrierCode": "UPS",
            "trackingNumber": "1Z999AA10123456784",
            "shipDate": "2026-03-01T08:30:00.000Z",
            "orderItems": items,
        }
        return {"marketplaceId": US, "packageDetail": package | detail}

    def sim(self, path: str, body: Any = None, status: int = 200) -> dict[str, Any]:
        answer = self.client.post(f"/_sim/{path}", json={} if body is None else body)
        content: dict[str, Any] = answer.get_json()
        assert answer.status_code == status, content
        return content

    def refused(self, path: str, body: Any, *words: str, status: int = 400) -> None:
        """A control call that is refused with these words, and changes nothing."""
        before = self.client.get("/_sim/state").get_json()
        error = self.sim(path, body, status)["error"]
        for word in words:
            assert word in error
        assert self.client.get("/_sim/state").get_json() == before

    def place(self, **changes: Any) -> str:
        """A new order of two mugs at 19.99, unless told otherwise; answers its number."""
        wish = {"lines": [{"sku": "MUG", "qty": 2, "unit_price": "19.99"}]} | changes
        return str(self.sim("orders", wish, 201)["amazon_order_id"])

    def place_unshipped(self, **changes: Any) -> str:
        return self.place(**({"status": "Unshipped"} | changes))

    def state(self, number: str) -> dict[str, Any]:
        orders = self.client.get("/_sim/state").get_json()["orders"]
        return next(order for order in orders if order["amazon_order_id"] == number)

    def later(self, **time: float) -> None:
        self.clock.advance(timedelta(**time))
