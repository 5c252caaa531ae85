"""Bodies, parameters and answers of the Notifications API; fields unknown to it are ignored, as Amazon does.

An event filter is stricter: Amazon shows what was sent and says that it failed to validate
(amzn/selling-partner-api-models#4135).
"""

from __future__ import annotations

import re
from typing import Any

import orjson
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from mock_amazon.errors import InvalidInput
from mock_amazon.marketplaces import BY_ID
from mock_amazon.models import Destination, Subscription
from mock_amazon.notifications.subscribing import UNREADABLE
from mock_amazon.notifications.types import FILTERS, ORDER_CHANGE, ORDER_CHANGES, TYPES, VERSIONS
from mock_amazon.wire.parameters import Query
from simkit.jsons import dump

Json = dict[str, Any]
_NAME, _ARN, _DIRECTIVE = 256, 1000, 256
_ARN_PATTERN = re.compile(r"arn:aws:sqs:[^\s:]+:[^\s:]+:[^\s:\x00-\x1f]+\Z")
_TEST_REFUSED = (
    "Invalid Input, recheck that the AppId and DestinationId are valid and DestinationId belongs "
    "to the application"
)


class _Part(Schema):
    class Meta:
        unknown = EXCLUDE


def _text(longest: int = 200, **more: Any) -> fields.String:
    written = validate.Regexp(r"[^\x00-\x1f\x7f]+\Z")
    return fields.String(validate=[validate.Length(1, longest), written], **more)


class _Sqs(_Part):
    arn = fields.String(required=True, validate=[validate.Length(1, _ARN), validate.Regexp(_ARN_PATTERN)])


class _EventBridge(_Part):
    region = _text(required=True)
    accountId = _text(50, required=True)  # noqa: N815 - kept and shown as it is written


class _Resource(_Part):
    sqs = fields.Nested(_Sqs, allow_none=True)
    eventBridge = fields.Nested(_EventBridge, allow_none=True)  # noqa: N815 - the same


class _Destination(_Part):
    name = _text(_NAME, required=True)
    resource = fields.Nested(_Resource, required=True, data_key="resourceSpecification")


class _Directive(_Part):
    event_filter = fields.Dict(data_key="eventFilter", load_default=None, allow_none=True)
    expression = fields.String(data_key="filterExpression", load_default=None, allow_none=True)


class _Subscription(_Part):
    destination_id = fields.String(required=True, data_key="destinationId")
    payload_version = _text(100, required=True, data_key="payloadVersion")
    directive = fields.Nested(_Directive, data_key="processingDirective", load_default=None, allow_none=True)


class _Aggregation(Schema):
    aggregationTimePeriod = fields.String(  # noqa: N815 - checked, not loaded
        required=True, validate=validate.OneOf(("FiveMinutes", "TenMinutes"))
    )


class _EventFilter(Schema):
    """Every key that a filter of some type may have."""

    class Meta:
        unknown = RAISE

    eventFilterType = fields.String(required=True)  # noqa: N815 - these are checked, not loaded
    marketplaceIds = fields.List(fields.String(validate=validate.OneOf(BY_ID)))  # noqa: N815
    orderChangeTypes = fields.List(fields.String(validate=validate.OneOf(ORDER_CHANGES)))  # noqa: N815
    aggregationSettings = fields.Nested(_Aggregation)  # noqa: N815
    trackingIdentifier = fields.Dict()  # noqa: N815


class _Test(_Part):
    payload_version = _text(100, required=True, data_key="payloadVersion")
    scenario = _text(required=True, data_key="testScenario")


class _TestRequest(_Part):
    destination_id = fields.String(required=True, data_key="destinationId")
    test = fields.Nested(_Test, required=True, data_key="testNotification")


_destination, _subscription, _event_filter, _test = (
    _Destination(),
    _Subscription(),
    _EventFilter(),
    _TestRequest(),
)


def read_destination(data: bytes) -> tuple[str, dict[str, dict[str, str]]]:
    """Name and resource.

    Raises InvalidInput.
    """
    content = _loaded(_destination, data, InvalidInput("Invalid Input"))
    resource = {name: part for name, part in content["resource"].items() if part is not None}
    if len(resource) != 1:
        raise InvalidInput("Invalid Input", "Use one resource type (sqs or eventBridge) per destination.")
    return content["name"], resource


def read_subscription(data: bytes, kind: str, *, by_marketplace: bool) -> Json:
    """Destination, version and directive; ``by_marketplace``: whether ORDER_CHANGE is filtered by it.

    Raises InvalidInput.
    """
    content = _loaded(_subscription, data, InvalidInput(UNREADABLE))
    if content["payload_version"] != VERSIONS.get(kind, content["payload_version"]):
        raise InvalidInput(UNREADABLE, f"Payload version is not supported for notification type {kind}")
    directive = content["directive"] or {}
    if directive.get("expression") is not None:
        details = f"Processing Directive filterExpression is not supported for notification type {kind}"
        raise InvalidInput(UNREADABLE, details)
    wishes = directive.get("event_filter")
    if wishes:
        _check_filter(wishes, kind, by_marketplace=by_marketplace)
    elif kind == ORDER_CHANGE:  # the model leaves it open, Amazon insists: abuzuhri/Amazon-SP-API-CSharp#621
        raise InvalidInput(UNREADABLE, "Processing Directive eventFilter must not be empty")
    return {**content, "directive": {"eventFilter": wishes} if wishes else None}


def _check_filter(wishes: Json, kind: str, *, by_marketplace: bool) -> None:
    allowed = FILTERS.get(kind, frozenset()) | {"eventFilterType"}
    if kind == ORDER_CHANGE and not by_marketplace:
        allowed -= {"marketplaceIds"}
    unfit = kind not in FILTERS or wishes.get("eventFilterType") != kind or not wishes.keys() <= allowed
    if unfit or _event_filter.validate(wishes):
        shown = dump(wishes).decode()
        raise InvalidInput(
            UNREADABLE, f"EventFilter Payload {shown} failed to validate for notification type {kind}"
        )


def read_test(data: bytes) -> str:
    """The destination of a test notification.

    Raises InvalidInput.
    """
    content = _loaded(_test, data, test_refused())
    return str(content["destination_id"])


def test_refused() -> InvalidInput:
    return InvalidInput("InvalidInput", _TEST_REFUSED)


def version_asked(query: Query) -> str | None:
    """The payload version that is asked for; one that cannot be is the same as an unknown one."""
    return (query.get("payloadVersion") or "").replace("\x00", "?") or None


def checked_type(kind: str) -> str:
    """The type, if there is one of that name.

    Raises InvalidInput.
    """
    if kind not in TYPES:
        raise InvalidInput(UNREADABLE, f"{kind} is not a notification type")
    return kind


def destination_json(destination: Destination) -> Json:
    return {
        "destinationId": destination.destination_id,
        "name": destination.name,
        "resource": destination.resource,
    }


def subscription_json(subscription: Subscription) -> Json:
    directive = subscription.directive
    return {
        "subscriptionId": subscription.subscription_id,
        "payloadVersion": subscription.payload_version,
        "destinationId": subscription.destination.destination_id,
        **({"processingDirective": directive} if directive else {}),
    }


def _loaded(schema: Schema, data: bytes, refusal: InvalidInput) -> Json:
    """What the body holds, or the refusal; ids in it are not repeated."""
    try:
        content: Json = schema.load(orjson.loads(data))
    except (orjson.JSONDecodeError, ValidationError):
        raise refusal from None
    return content
