"""An order as Orders v0 shows it, in parts. Rendered when the order changes; ``parts_v0`` joins them."""

from __future__ import annotations

from typing import Any

from mock_amazon.models import Order, OrderItem
from mock_amazon.moments import written_short
from mock_amazon.ordering.lifecycle import DELIVERABLE, PAYMENT_OPEN, Status, shipped_quantities
from mock_amazon.ordering.totals import order_total
from mock_amazon.wire.promises import deliver_by, ship_by
from mock_amazon.wire.v0 import items, people
from mock_amazon.wire.v0.order_facts import flags, money, payment, rare
from simkit.jsons import dump

SERVICE = {
    "STANDARD": ("Standard", "Std"),
    "EXPEDITED": ("Expedited", "Exp"),
    "PRIORITY": ("Priority", "Priority"),
    "SECOND_DAY": ("SecondDay", "Second"),
    "NEXT_DAY": ("NextDay", "Next"),
    "SAME_DAY": ("SameDay", "SameDay"),
    "SCHEDULED": ("Scheduled", "Scheduled"),
    "FREE_ECONOMY": ("FreeEconomy", "Econ"),
}
"""Service level: its category, and how the name of a merchant's service begins."""

Json = dict[str, Any]


def render_v0(order: Order) -> None:
    """Write the order's parts and its items', and the delivery dates that v0 filters by."""
    promised = order.state in DELIVERABLE and not order.by_amazon
    order.earliest_delivery, order.latest_delivery = deliver_by(order) if promised else (None, None)
    order.v0_order = _text(_order(order))
    place = people.place(order.ship_to) if order.state in DELIVERABLE else None
    person = {} if order.by_amazon else people.person(order)
    order.v0_place = None if place is None else _text(place)
    order.v0_address = None if place is None else _text(person | place)
    order.v0_buyer = _text(people.buyer(order)) or None
    order.v0_tax = _text(people.tax_information(order)) or None
    order.v0_delivery = _text(people.delivery(order)) or None
    shipped = shipped_quantities(order.packed.values())
    for item in order.items:
        item.v0_item = _text(_item(order, item, shipped[item.order_item_id]))
        wrap, message = items.wishes(order, item)
        item.v0_wrap, item.v0_gift = _text(wrap) or None, _text(wrap | message) or None


def _text(part: Json) -> str:
    return dump(part).decode() if part else ""


def _order(order: Order) -> Json:
    category, _ = SERVICE[order.service_level]
    replaces = order.replacement_of is not None
    return {
        "AmazonOrderId": order.amazon_order_id,
        "SellerOrderId": order.seller_order_id or order.amazon_order_id,
        "PurchaseDate": written_short(order.purchase_date),
        "LastUpdateDate": written_short(order.last_update),
        "OrderStatus": order.status,
        "FulfillmentChannel": order.channel,
        "SalesChannel": order.marketplace.name,
        "ShipServiceLevel": _service(order),
        **_amounts(order),
        **_counts(order),
        **payment(order),
        "IsReplacementOrder": replaces,
        **({"ReplacedOrderId": order.replacement_of} if replaces else {}),
        "MarketplaceId": order.marketplace_id,
        "ShipmentServiceLevelCategory": category,
        "OrderType": order.order_type,
        **_windows(order),
        "IsBusinessOrder": order.business,
        "IsPrime": order.prime,
        "IsPremiumOrder": order.premium,
        **flags(order),
        **rare(order),
    }


def _service(order: Order) -> str:
    category, begins = SERVICE[order.service_level]
    return category if order.by_amazon else f"{begins} {order.marketplace.country} D2D Dom"


def _amounts(order: Order) -> Json:
    # A pending order has no amounts at all: importers that book 0 meet it here.
    if order.state in PAYMENT_OPEN:
        return {}
    total = order_total(order.items, tax_included=order.marketplace.tax_included)
    return {"OrderTotal": money(order, total)}


def _counts(order: Order) -> Json:
    shipped = sum(shipped_quantities(order.packed.values()).values())
    ordered = sum(item.quantity for item in order.items)
    left = 0 if order.state is Status.CANCELED else ordered - shipped
    return {"NumberOfItemsShipped": shipped, "NumberOfItemsUnshipped": left}


def _windows(order: Order) -> Json:
    if order.by_amazon:
        return {}
    windows = dict(zip(("EarliestShipDate", "LatestShipDate"), ship_by(order), strict=True))
    if order.earliest_delivery and order.latest_delivery:
        windows["EarliestDeliveryDate"] = order.earliest_delivery
        windows["LatestDeliveryDate"] = order.latest_delivery
    return {name: written_short(time) for name, time in windows.items()}


def _item(order: Order, item: OrderItem, shipped: int) -> Json:
    return {
        "ASIN": item.asin,
        "SellerSKU": item.seller_sku,
        "OrderItemId": item.order_item_id,
        "Title": item.title,
        "QuantityOrdered": item.quantity,
        "QuantityShipped": shipped,
        "ProductInfo": {"NumberOfItems": str(item.facts.get("items_in_asin", 1))},
        **items.prices(order, item),
        **items.condition(item),
        "IsTransparency": bool(item.facts.get("transparency")),
        **items.rare(order, item),
        "BuyerRequestedCancel": {
            "IsBuyerRequestedCancel": "false" if order.cancel_request is None else "true",
            "BuyerCancelReason": order.cancel_request or "",
        },
    }
