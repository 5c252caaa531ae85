"""The vendor's own models as a judge of every answer, by its operation and status."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker, ValidationError
from werkzeug.test import TestResponse

_LISTINGS = "listingsItems_2021-08-01.json"
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
    "getListingsItem": (_LISTINGS, "/listings/2021-08-01/items/{sellerId}/{sku}", "get"),
    "putListingsItem": (_LISTINGS, "/listings/2021-08-01/items/{sellerId}/{sku}", "put"),
    "patchListingsItem": (_LISTINGS, "/listings/2021-08-01/items/{sellerId}/{sku}", "patch"),
    "deleteListingsItem": (_LISTINGS, "/listings/2021-08-01/items/{sellerId}/{sku}", "delete"),
    "searchListingsItems": (_LISTINGS, "/listings/2021-08-01/items/{sellerId}", "get"),
    "getInventorySummaries": ("fbaInventory.json", "/fba/inventory/v1/summaries", "get"),
    "createInventoryItem": ("fbaInventory.json", "/fba/inventory/v1/items", "post"),
    "addInventory": ("fbaInventory.json", "/fba/inventory/v1/items/inventory", "post"),
    "deleteInventoryItem": ("fbaInventory.json", "/fba/inventory/v1/items/{sellerSku}", "delete"),
    "getOrderRegulatedInfo": ("ordersV0.json", "/orders/v0/orders/{orderId}/regulatedInfo", "get"),
    "updateVerificationStatus": ("ordersV0.json", "/orders/v0/orders/{orderId}/regulatedInfo", "patch"),
    "getAccount": ("sellers.json", "/sellers/v1/account", "get"),
    **{
        operation: ("notifications.json", f"/notifications/v1/{path}", method)
        for operation, method, path in (
            ("createDestination", "post", "destinations"),
            ("getDestinations", "get", "destinations"),
            ("getDestination", "get", "destinations/{destinationId}"),
            ("deleteDestination", "delete", "destinations/{destinationId}"),
            ("createSubscription", "post", "subscriptions/{notificationType}"),
            ("getSubscription", "get", "subscriptions/{notificationType}"),
            ("getSubscriptions", "get", "subscriptions"),
            ("getSubscriptionById", "get", "subscriptions/{notificationType}/{subscriptionId}"),
            ("deleteSubscriptionById", "delete", "subscriptions/{notificationType}/{subscriptionId}"),
            ("sendTestNotification", "post", "subscriptions/{notificationType}/testNotification"),
        )
    },
    **{
        name: ("feeds_2021-06-30.json", f"/feeds/2021-06-30/{path}", method)
        for name, path, method in (
            ("createFeedDocument", "documents", "post"),
            ("getFeedDocument", "documents/{feedDocumentId}", "get"),
            ("createFeed", "feeds", "post"),
            ("getFeeds", "feeds", "get"),
            ("getFeed", "feeds/{feedId}", "get"),
            ("cancelFeed", "feeds/{feedId}", "delete"),
        )
    },
    **{
        name: ("reports_2021-06-30.json", f"/reports/2021-06-30/{path}", method)
        for name, path, method in (
            ("createReport", "reports", "post"),
            ("getReports", "reports", "get"),
            ("getReport", "reports/{reportId}", "get"),
            ("cancelReport", "reports/{reportId}", "delete"),
            ("createReportSchedule", "schedules", "post"),
            ("getReportSchedules", "schedules", "get"),
            ("getReportSchedule", "schedules/{reportScheduleId}", "get"),
            ("cancelReportSchedule", "schedules/{reportScheduleId}", "delete"),
            ("getReportDocument", "documents/{reportDocumentId}", "get"),
        )
    },
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
        assert response.mimetype == "application/json"  # of an empty answer too: never a page
        if validator is None:
            assert response.get_data() == b""
            return
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
        definitions = model["definitions"]
        definitions = {name: _merged(schema, definitions) for name, schema in definitions.items()}
        schema = {"definitions": definitions, "allOf": [answer["schema"]]}
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


def _merged(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A definition that is put together from others, as one: else each part would refuse the others' keys."""
    parts = [
        definitions[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        for part in schema.get("allOf", [])
    ]
    if len(parts) < 2:
        return schema
    properties = {name: value for part in parts for name, value in part.get("properties", {}).items()}
    required = [name for part in parts for name in part.get("required", [])]
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


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
