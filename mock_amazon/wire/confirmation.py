"""The body of confirmShipment: checked and refused as Amazon does; fields unknown to it are ignored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import fields

from mock_amazon.errors import InvalidInput, violation
from mock_amazon.marketplaces import BY_ID
from mock_amazon.moments import read, whole_milliseconds
from mock_amazon.wire.bodies import WORDS, Part, Units, loaded, text

LONGEST = 200


@dataclass(frozen=True)
class Confirmation:
    """A package that a seller tells of; contents are units by order item id."""

    marketplace_id: str
    reference: str
    carrier: str
    method: str | None
    tracking: str
    shipped_at: datetime
    contents: Mapping[str, int]
    codes: Mapping[str, list[str]]


class _Item(Part):
    order_item_id = text(required=True, data_key="orderItemId")
    quantity = Units(required=True, error_messages=WORDS)
    codes = fields.List(text(), data_key="transparencyCodes", load_default=list)


class _Package(Part):
    reference = text(required=True, data_key="packageReferenceId")
    carrier_code = text(required=True, data_key="carrierCode")
    carrier_name = text(data_key="carrierName", load_default="", allow_none=True)
    method = text(data_key="shippingMethod", load_default=None, allow_none=True)
    tracking = text(required=True, data_key="trackingNumber")
    ship_date = text(required=True, data_key="shipDate")
    items = fields.List(fields.Nested(_Item), required=True, data_key="orderItems", error_messages=WORDS)


class _Request(Part):
    marketplace_id = text(required=True, data_key="marketplaceId")
    cod = text(data_key="codCollectionMethod", load_default=None, allow_none=True)
    package = fields.Nested(_Package, required=True, data_key="packageDetail", error_messages=WORDS)


_request, _package = _Request(), _Package()


def read_confirmation(data: bytes) -> Confirmation:
    """Read the body.

    Raises InvalidInput.
    """
    content = loaded(_request, data)
    package = content["package"]
    _check_request(content)
    _check_package(package)
    shipped_at = read(package["ship_date"])
    if shipped_at is None:
        raise InvalidInput("Invalid Input", f"shipDate: {package['ship_date']!r}", code="Invalid Input")
    units: Counter[str] = Counter()
    codes: dict[str, list[str]] = {}
    for item in package["items"]:
        units[item["order_item_id"]] += item["quantity"]
        codes.setdefault(item["order_item_id"], []).extend(item["codes"])
    return Confirmation(
        marketplace_id=content["marketplace_id"],
        reference=package["reference"],
        carrier=package["carrier_name"] if _is_other(package) else package["carrier_code"],
        method=package["method"],
        tracking=package["tracking"],
        shipped_at=whole_milliseconds(shipped_at),
        contents=units,
        codes=codes,
    )


def _check_request(content: dict[str, Any]) -> None:
    market = BY_ID.get(content["marketplace_id"])
    if market is None:
        raise InvalidInput("Marketplace ID is not defined", "1001")
    if content["cod"] is None:
        return
    if content["cod"] != "DirectPayment":
        raise violation(
            f"'{content['cod']}'",
            "codCollectionMethod",
            "Member must satisfy enum value set: [DirectPayment]",
        )
    if market.code != "JP":
        raise InvalidInput("codCollectionMethod is only supported in the JP marketplace.")


def _check_package(package: dict[str, Any]) -> None:
    number = package["reference"]
    if not (number.isascii() and number.isdigit() and int(number[:LONGEST])) or len(number) > LONGEST:
        raise InvalidInput("PackageReferenceId: is invalid, must be a positive numeric value.")
    for name, key in (("carrierCode", "carrier_code"), ("trackingNumber", "tracking")):
        if not package[key].strip():
            raise violation(
                "''", f"packageDetail.{name}", "Member must have length greater than or equal to 1"
            )
    for key in ("carrier_code", "carrier_name", "method", "tracking"):
        if len(package[key] or "") > LONGEST:
            limit = f"Member must have length less than or equal to {LONGEST}"
            raise violation(f"'{package[key]}'", f"packageDetail.{_package.fields[key].data_key}", limit)
    if _is_other(package) and not package["carrier_name"]:
        raise InvalidInput("CarrierName: is required when CarrierCode is Other.")
    _check_items(package["items"])


def _check_items(items: list[dict[str, Any]]) -> None:
    path = "packageDetail.orderItems"
    if not items:
        raise violation("'[]'", path, "Member must have length greater than or equal to 1")
    for index, item in enumerate(items):
        if item["quantity"] < 1:
            limit = "Member must have value greater than or equal to 1"
            raise violation(f"'{item['quantity']}'", f"{path}.{index}.quantity", limit)


def _is_other(package: dict[str, Any]) -> bool:
    return bool(package["carrier_code"].lower() == "other")
