"""POST_ORDER_FULFILLMENT_DATA: shipments as XML messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_amazon.feeds.envelope import child, children, text_of, units_of
from mock_amazon.feeds.results import incomplete
from mock_amazon.feeds.shipping import Shipment, Wanted, ship
from mock_amazon.wire.xml_times import xml_time

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def fulfil(seller_id: str, element: Element) -> list[str]:
    """Carry out an OrderFulfillment; answers warnings.

    Raises Refused.
    """
    return ship(seller_id, _shipment(element))


def _shipment(element: Element) -> Shipment:
    data = child(element, "FulfillmentData")
    reference = text_of(element, "MerchantFulfillmentID")
    if reference and not (reference.isascii() and reference.isdigit() and reference.strip("0")):
        raise incomplete(f"MerchantFulfillmentID: {reference!r} is not a positive number")
    shipped_at = xml_time(text_of(element, "FulfillmentDate"))
    if shipped_at is None:
        raise incomplete(f"FulfillmentDate: {text_of(element, 'FulfillmentDate')!r} is not a date and time")
    return Shipment(
        amazon_id=text_of(element, "AmazonOrderID"),
        merchant_id=text_of(element, "MerchantOrderID"),
        shipped_at=shipped_at,
        carrier=_carrier(data),
        method=text_of(data, "ShippingMethod") or None,
        tracking=text_of(data, "ShipperTrackingNumber"),
        wanted=[_wanted(item) for item in children(element, "Item")],
        reference=reference[:60],
        cod=text_of(element, "CODCollectionMethod"),
    )


def _carrier(data: Element | None) -> str:
    code, name = text_of(data, "CarrierCode"), text_of(data, "CarrierName")
    return name if not code or (code.lower() == "other" and name) else code


def _wanted(item: Element) -> Wanted:
    code, merchant_id = text_of(item, "AmazonOrderItemCode"), text_of(item, "MerchantOrderItemID")
    return Wanted(code, merchant_id, units_of(item, "Quantity"))
