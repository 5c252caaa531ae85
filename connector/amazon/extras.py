"""What Amazon tells of an order beside what its import needs: for people to read, never to decide by.

A document that has none of it, or has it in an unknown form, is as good as any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, post_load

from connector.amazon import stored
from connector.amazon.loose import Loose
from connector.amazon.orders import Document


@dataclass(frozen=True)
class Extras:
    """Programs, the last day to ship, and the condition of each item by its id."""

    latest_ship_at: datetime | None = None
    premium: bool = False
    prime: bool = False
    business: bool = False
    conditions: Mapping[str, str] = field(default_factory=dict)


def _moment(data_key: str) -> fields.AwareDateTime:
    return fields.AwareDateTime(data_key=data_key, load_default=None, allow_none=True, default_timezone=UTC)


class _Window2026(Loose):
    latest = _moment("latestDateTime")


class _Fulfillment2026(Loose):
    ship_by = fields.Nested(_Window2026, data_key="shipByWindow", load_default=dict)


class _Condition2026(Loose):
    type = fields.String(data_key="conditionType", load_default="")


class _Product2026(Loose):
    condition = fields.Nested(_Condition2026, load_default=dict)


class _Item2026(Loose):
    item_id = fields.String(data_key="orderItemId", required=True)
    product = fields.Nested(_Product2026, load_default=dict)


class _Order2026(Loose):
    programs = fields.List(fields.String(), load_default=list)
    fulfillment = fields.Nested(_Fulfillment2026, load_default=dict)
    items = fields.List(fields.Nested(_Item2026), data_key="orderItems", load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Extras:
        return Extras(
            latest_ship_at=data["fulfillment"].get("ship_by", {}).get("latest"),
            premium="PREMIUM" in data["programs"],
            prime="PRIME" in data["programs"],
            business="AMAZON_BUSINESS" in data["programs"],
            conditions={
                item["item_id"]: item["product"].get("condition", {}).get("type", "").capitalize()
                for item in data["items"]
            },
        )


class _ItemV0(Loose):
    item_id = fields.String(data_key="OrderItemId", required=True)
    condition = fields.String(data_key="ConditionId", load_default="")


class _OrderV0(Loose):
    latest_ship_at = _moment("LatestShipDate")
    premium = fields.Boolean(data_key="IsPremiumOrder", load_default=False)
    prime = fields.Boolean(data_key="IsPrime", load_default=False)
    business = fields.Boolean(data_key="IsBusinessOrder", load_default=False)


class _DocumentV0(Loose):
    order = fields.Nested(_OrderV0, load_default=dict)
    items = fields.List(fields.Nested(_ItemV0), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Extras:
        conditions = {item["item_id"]: item["condition"] for item in data["items"]}
        return Extras(conditions=conditions, **data["order"])


_SCHEMAS = {stored.V2026: _Order2026(), stored.V0: _DocumentV0()}


def extras_of(document: Document) -> Extras:
    try:
        extras = _SCHEMAS[stored.version_of(document)].load(document)
    except ValidationError:
        return Extras()
    return extras if isinstance(extras, Extras) else Extras()
