"""The vendor's own models as a judge of every answer, by its operation and status."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker, ValidationError
from werkzeug.test import TestResponse

FILES = {
    "searchOrders": ("orders_2026-01-01.json", "/orders/2026-01-01/orders", "get"),
    "getOrder": ("orders_2026-01-01.json", "/orders/2026-01-01/orders/{orderId}", "get"),
    "getOrders": ("ordersV0.json", "/orders/v0/orders", "get"),
    "getOrderV0": ("ordersV0.json", "/orders/v0/orders/{orderId}", "get"),
    "getOrderBuyerInfo": ("ordersV0.json", "/orders/v0/orders/{orderId}/buyerInfo", "get"),
    "getOrderAddress": ("ordersV0.json", "/orders/v0/orders/{orderId}/address", "get"),
    "getOrderItems": ("ordersV0.json", "/orders/v0/orders/{orderId}/orderItems", "get"),
    "getOrderItemsBuyerInfo": ("ordersV0.json", "/orders/v0/orders/{orderId}/orderItems/buyerInfo", "get"),
    "createRestrictedDataToken": ("tokens_2021-03-01.json", "/tokens/2021-03-01/restrictedDataToken", "post"),
    "confirmShipment": ("ordersV0.json", "/orders/v0/orders/{orderId}/shipmentConfirmation", "post"),
    "updateShipmentStatus": ("ordersV0.json", "/orders/v0/orders/{orderId}/shipment", "post"),
    "getMarketplaceParticipations": ("sellers.json", "/sellers/v1/marketplaceParticipations", "get"),
}


class VendorModels:
    """Validates answers; the folder is that of the contracts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "amazon"
        self._validator = lru_cache(self._make_validator)

    def check(self, operation: str, response: TestResponse) -> None:
        validator = self._validator(operation, response.status_code)
        if validator is None:
            assert response.get_data() == b""
            return
        assert response.mimetype == "application/json"
        validator.validate(response.get_json())

    def differences(self, operation: str, response: TestResponse) -> set[tuple[str, int, str]]:
        """What the model does not allow: operation, status, and the place and rule in the answer."""
        validator = self._validator(operation, response.status_code)
        errors = [] if validator is None else validator.iter_errors(response.get_json())
        return {(operation, response.status_code, _place(error)) for error in errors}

    def _make_validator(self, operation: str, status: int) -> Draft4Validator | None:
        model, answer = self._answer(operation, status)
        if "schema" not in answer:
            return None
        schema = {"definitions": model["definitions"], "allOf": [answer["schema"]]}
        return Draft4Validator(_closed(schema), format_checker=FormatChecker())

    def _answer(self, operation: str, status: int) -> tuple[dict[str, Any], dict[str, Any]]:
        file, path, method = FILES[operation]
        model = json.loads((self._folder / file).read_text())
        answers = model["paths"][path][method]["responses"]
        assert str(status) in answers, f"{operation} never answers {status}"
        return model, answers[str(status)]


def _place(error: ValidationError) -> str:
    path = ".".join("[]" if isinstance(part, int) else str(part) for part in error.absolute_path)
    return f"{path} {error.validator}"


def _closed(schema: Any) -> Any:
    """The same schema where objects have no property but those it names: a misspelt key is an error."""
    if isinstance(schema, list):
        return [_closed(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(inner) for key, inner in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed["additionalProperties"] = False
    return closed
