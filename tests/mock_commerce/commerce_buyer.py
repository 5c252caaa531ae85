"""A buyer with a cart, through one of the three doors; every answer is judged by the vendor's schema."""

from __future__ import annotations

import re
from typing import Any

from commerce_shop import Shop
from jsonschema import Draft4Validator
from werkzeug.test import TestResponse

TEXAS = {
    "firstname": "Ann",
    "lastname": "Lee",
    "street": ["1 Main St", "Apt 2"],
    "city": "Austin",
    "region_code": "TX",
    "region_id": 57,
    "postcode": "78701",
    "country_id": "US",
    "telephone": "5125550100",
    "email": "ann@example.com",
}
ANN = {"email": "ann@example.com", "firstname": "Ann", "lastname": "Lee", "website_id": 1}
PASSWORD = "Secret123"
NULLS = re.compile(
    r"(customer|(billing_)?address)/\w+$|shipping/method$|weee_tax_applied(_amount)?$|"
    r"payment/(account_status|cc_last4)$|(tracks/\d+/|^)(weight|qty|description)$|(low_stock_date|base_cost)$|"
    r"parent_txn_id$|^(items/\d+/)?(state|status)$|price_(from|to)$|custom_attributes/\d+/value$|"
    r"^(region(_id|_code)?|country_id|telephone|postcode|city|firstname|lastname|email|method)$"
)
"""Required, but null where nobody said it (getters of magento2 2.4.6: ``|null`` drops, others stay);
values of custom attributes may be lists."""
NOT_JUDGED = r"/(order|payment-information|set-payment-information|ship|invoice|refund)$"
"""Ids of orders are text though the schema says number (spec section 1); true is not an id at all."""


class Judge:
    """Compares answers with the vendor's OpenAPI document."""

    def __init__(self, openapi: dict[str, Any]) -> None:
        self.openapi = openapi

    def check(self, method: str, path: str, content: Any) -> None:
        template, operation = self._operation(method, path)
        if template is None or (method != "GET" and re.search(NOT_JUDGED, path)):
            return
        schema = operation["responses"].get("200", {}).get("schema")
        if schema is None or content is None:
            return
        root = {**schema, "definitions": self.openapi["definitions"]}
        found = [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
            for error in Draft4Validator(root).iter_errors(content)
            if not NULLS.search("/".join(map(str, error.absolute_path)))
        ]
        assert found == [], (method, path, found)
        self._known(schema, content, path)

    def _operation(self, method: str, path: str) -> tuple[str | None, dict[str, Any]]:
        wanted = "/V1/" + path.split("?", maxsplit=1)[0].rstrip("/")
        fitting = [
            template
            for template in self.openapi["paths"]
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template.rstrip("/")), wanted)
            and method.lower() in self.openapi["paths"][template]
        ]
        if not fitting:
            return None, {}
        template = min(fitting, key=lambda one: one.count("{"))
        return template, self.openapi["paths"][template][method.lower()]

    def _known(self, schema: dict[str, Any], content: Any, path: str) -> None:
        """Nothing is answered that the schema does not know."""
        while "$ref" in schema:
            schema = self.openapi["definitions"][schema["$ref"].rsplit("/", 1)[1]]
        if isinstance(content, list):
            for element in content:
                self._known(schema.get("items", {}), element, path)
        elif isinstance(content, dict) and "properties" in schema:
            assert set(content) <= set(schema["properties"]), path
            for key, value in content.items():
                self._known(schema["properties"][key], value, f"{path}/{key}")


class JudgedShop(Shop):
    """An administrator's client whose whole answers are judged."""

    def __init__(self, shop: Shop, judge: Judge) -> None:
        super().__init__(shop.client, shop.clock)
        self.headers, self.judge = shop.headers, judge

    def call(self, method: str, path: str, **kwargs: Any) -> TestResponse:
        answer = super().call(method, path, **kwargs)
        if answer.status_code == 200 and "fields" not in answer.request.args:
            self.judge.check(method, path, answer.get_json())
        return answer


class Buyer:
    """A cart and who may touch it."""

    def __init__(self, shop: Shop, judge: Judge, prefix: str, quote_id: Any, headers: dict[str, str]) -> None:
        self.shop, self.judge, self.prefix = shop, judge, prefix
        self.quote_id, self.headers = quote_id, headers

    def call(self, method: str, path: str, body: Any = None) -> TestResponse:
        address = f"{self.prefix}/{path}".rstrip("/")
        answer = self.shop.client.open(f"/rest/V1/{address}", method=method, headers=self.headers, json=body)
        if answer.status_code == 200:
            self.judge.check(method, address, answer.get_json())
        return answer

    def ok(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.call(method, path, body)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def add(self, sku: Any = "MUG", qty: Any = 1, **choice: Any) -> TestResponse:
        item = {"sku": sku, "qty": qty, "quote_id": self.quote_id}
        if choice:
            item["product_option"] = {"extension_attributes": choice}
        return self.call("POST", "items", {"cartItem": item})

    def change(self, item_id: int, qty: Any, **choice: Any) -> TestResponse:
        item: dict[str, Any] = {"item_id": item_id, "qty": qty, "quote_id": self.quote_id}
        if choice:
            item["product_option"] = {"extension_attributes": choice}
        return self.call("PUT", f"items/{item_id}", {"cartItem": item})

    def ship_to(self, address: Any = None, method: str = "flatrate", **more: Any) -> TestResponse:
        wish = {
            "shipping_address": TEXAS if address is None else address,
            "billing_address": TEXAS,
            "shipping_carrier_code": method,
            "shipping_method_code": method,
        }
        return self.call("POST", "shipping-information", {"addressInformation": {**wish, **more}})

    def pay(self, method: str = "checkmo", **more: Any) -> TestResponse:
        """The last step of the storefront; administrators have another."""
        payment = {"method": method, **more}
        if self.prefix.startswith("carts/") and "mine" not in self.prefix:
            return self.call("PUT", "order", {"paymentMethod": payment})
        body: dict[str, Any] = {"paymentMethod": payment}
        if self.prefix.startswith("guest"):
            body["email"] = "buyer@example.com"
        return self.call("POST", "payment-information", body)

    def order(self) -> dict[str, Any]:
        """All steps with a mug; answers the order."""
        for answer in (self.add(), self.ship_to()):
            assert answer.status_code == 200, answer.get_json()
        return self.placed()

    def placed(self) -> dict[str, Any]:
        answer = self.pay()
        assert answer.status_code == 200, answer.get_json()
        assert isinstance(answer.get_json(), str)
        return self.shop.get(f"orders/{answer.get_json()}")


def sign_up(shop: Shop, **changes: Any) -> dict[str, str]:
    """A new customer; answers what he calls with."""
    customer = {**ANN, **changes}
    shop.post("customers", {"customer": customer, "password": PASSWORD})
    return sign_in(shop, customer["email"])


def sign_in(shop: Shop, email: str = "ann@example.com", password: str = PASSWORD) -> dict[str, str]:
    token = shop.post("integration/customer/token", {"username": email, "password": password})
    return {"Authorization": f"Bearer {token}"}


def guest(shop: Shop, judge: Judge) -> Buyer:
    mask = shop.post("guest-carts")
    return Buyer(shop, judge, f"guest-carts/{mask}", mask, {})


def customer(shop: Shop, judge: Judge, headers: dict[str, str] | None = None) -> Buyer:
    headers = headers or sign_up(shop)
    answer = shop.client.post("/rest/V1/carts/mine", headers=headers, json={})
    return Buyer(shop, judge, "carts/mine", answer.get_json(), headers)


def administrator(shop: Shop, judge: Judge) -> Buyer:
    cart_id = shop.post("carts")
    return Buyer(shop, judge, f"carts/{cart_id}", cart_id, shop.headers)


DOORS = {"guest": guest, "customer": customer, "administrator": administrator}
