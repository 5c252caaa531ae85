"""The body of confirmShipment. Source: ConfirmShipmentRequest of the vendor's model ordersV0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from mock_amazon.errors import NOT_VALID, InvalidInput
from mock_amazon.moments import read, whole_milliseconds

_TEXT = validate.Length(min=1, max=200)


class _StrictText(fields.String):
    """Text, not a number: Amazon refuses ``"packageReferenceId": 1`` (models#5094)."""


class _Item(Schema):
    class Meta:
        unknown = EXCLUDE

    item_id = fields.String(data_key="orderItemId", required=True)
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    codes = fields.List(fields.String(), data_key="transparencyCodes", load_default=list)


class _Detail(Schema):
    class Meta:
        unknown = EXCLUDE

    reference = _StrictText(data_key="packageReferenceId", required=True)
    carrier_code = fields.String(data_key="carrierCode", required=True, validate=_TEXT)
    carrier_name = fields.String(data_key="carrierName", load_default="")
    method = fields.String(data_key="shippingMethod", load_default=None)
    tracking = fields.String(data_key="trackingNumber", required=True, validate=_TEXT)
    shipped_at = fields.String(data_key="shipDate", required=True)
    items = fields.List(
        fields.Nested(_Item), data_key="orderItems", required=True, validate=validate.Length(min=1)
    )


class _Request(Schema):
    class Meta:
        unknown = EXCLUDE

    marketplace_id = fields.String(data_key="marketplaceId", required=True)
    detail = fields.Nested(_Detail, data_key="packageDetail", required=True)


_schema = _Request()


@dataclass(frozen=True)
class Confirmation:
    """A package that a seller tells of."""

    marketplace_id: str
    reference: str
    carrier: str
    method: str | None
    tracking: str
    shipped_at: datetime
    contents: dict[str, int]
    codes: dict[str, list[str]]


def read_confirmation(body: bytes) -> Confirmation:
    """The body.

    Raises InvalidInput with Amazon's own texts where they are known.
    """
    try:
        content = _schema.load(current_app.json.loads(body))
    except ValidationError as error:
        paths = ", ".join(_paths(error.messages))
        raise InvalidInput(
            f"The input you have submitted is not valid. Please check the fields with invalid type [{paths}]."
        ) from None
    except ValueError:
        raise InvalidInput(NOT_VALID, "The request body is not JSON.") from None
    return _checked(content["marketplace_id"], content["detail"])


def _checked(marketplace_id: str, detail: dict[str, Any]) -> Confirmation:
    reference = detail["reference"]
    if not (reference.isascii() and reference.isdigit() and len(reference) <= 18 and int(reference) > 0):  # noqa: PLR2004
        raise InvalidInput("PackageReferenceId: is invalid, must be a positive numeric value.")
    shipped_at = read(detail["shipped_at"])
    if shipped_at is None:
        raise InvalidInput("Invalid Input", code="Invalid Input")  # the sandbox's own words
    carrier = detail["carrier_code"]
    if carrier == "Other":
        carrier = detail["carrier_name"]
        if not carrier:
            raise InvalidInput(NOT_VALID, "carrierName is required if carrierCode is Other.")
    contents: dict[str, int] = {}
    for item in detail["items"]:
        contents[item["item_id"]] = contents.get(item["item_id"], 0) + item["quantity"]
    return Confirmation(
        marketplace_id=marketplace_id,
        reference=reference,
        carrier=carrier,
        method=detail["method"],
        tracking=detail["tracking"],
        shipped_at=whole_milliseconds(shipped_at),
        contents=contents,
        codes={item["item_id"]: item["codes"] for item in detail["items"]},
    )


def _paths(messages: Any, start: str = "") -> list[str]:
    if not isinstance(messages, dict):
        return [start]
    found = []
    for key, inner in messages.items():
        found += _paths(inner, f"{start}.{key}" if start else str(key))
    return found
