"""The programs in which an order takes part, and how these stand, as ORDER_CHANGE tells them. Pure."""

from __future__ import annotations

from typing import Any

from mock_amazon.models import Order
from mock_amazon.wire.present import present


def programs(order: Order) -> dict[str, Any]:
    """What the summary of a notification says of them; nothing of those that the order is not in."""
    return present(
        OrderPrograms=_of_order(order),
        ShippingPrograms=_of_shipping(order),
        EasyShipShipmentStatus=order.easy_ship,
        ElectronicInvoiceStatus=order.electronic_invoice,
    )


def _of_order(order: Order) -> list[str]:
    belongs = {
        "Business": order.business,
        "Prime": order.prime,
        "Premium": order.premium,
        "IBA": order.facts.get("invoice_by_amazon"),
        "Replacement": order.replacement_of is not None,
    }
    return [name for name, so in belongs.items() if so]


def _of_shipping(order: Order) -> list[str]:
    belongs = {
        "ShipDateSet": order.facts.get("ship_date_estimated"),
        "GlobalExpress": order.facts.get("global_express"),
        "ISPU": order.in_store_pickup,
        "AccessPoint": order.to_pickup_point,
        "EasyShip": order.easy_ship,
    }
    return [name for name, so in belongs.items() if so]
