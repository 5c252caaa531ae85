"""The body of updateShipmentStatus: checked and refused as Amazon does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import fields

from mock_amazon.errors import InvalidInput, violation
from mock_amazon.marketplaces import BY_ID
from mock_amazon.wire.bodies import WORDS, Part, Units, loaded, text

READY, PICKED_UP, REFUSED = "ReadyForPickup", "PickedUp", "RefusedPickup"
STATUSES = (READY, PICKED_UP, REFUSED)


@dataclass(frozen=True)
class ShipmentStatus:
    """What became of an order in its store; without items it is about all that is left."""

    marketplace_id: str
    status: str
    items: Mapping[str, int] | None


class _Item(Part):
    order_item_id = text(required=True, data_key="orderItemId")
    quantity = Units(required=True, error_messages=WORDS)


class _Request(Part):
    marketplace_id = text(required=True, data_key="marketplaceId")
    status = text(required=True, data_key="shipmentStatus")
    items = fields.List(
        fields.Nested(_Item), data_key="orderItems", load_default=None, allow_none=True, error_messages=WORDS
    )


_request = _Request()


def read_shipment_status(data: bytes) -> ShipmentStatus:
    """Read the body.

    Raises InvalidInput.
    """
    content = loaded(_request, data)
    if content["marketplace_id"] not in BY_ID:
        raise InvalidInput("Marketplace ID is not defined", "1001")
    status: str = content["status"]
    if status not in STATUSES:
        limit = f"Member must satisfy enum value set: [{', '.join(STATUSES)}]"
        raise violation(f"'{status}'", "shipmentStatus", limit)
    items: Counter[str] = Counter()
    for index, item in enumerate(content["items"] or ()):
        if item["quantity"] < 1:
            limit = "Member must have value greater than or equal to 1"
            raise violation(f"'{item['quantity']}'", f"orderItems.{index}.quantity", limit)
        items[item["order_item_id"]] += item["quantity"]
    return ShipmentStatus(content["marketplace_id"], status, items or None)
