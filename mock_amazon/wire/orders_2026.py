"""An order as Orders 2026-01-01 shows it, with everything included. Rendered when the order changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_amazon.lifecycle import DELIVERABLE, PAYMENT_OPEN, Status, shipped_quantities
from mock_amazon.models import Order, OrderItem, Package
from mock_amazon.moments import written
from mock_amazon.totals import breakdown, line_total, order_total
from mock_amazon.wire.promises import deliver_by, ship_by
from simkit.jsons import dump

STATUS = {
    Status.PENDING_AVAILABILITY: "PENDING_AVAILABILITY",
    Status.PENDING: "PENDING",
    Status.UNSHIPPED: "UNSHIPPED",
    Status.PARTIALLY_SHIPPED: "PARTIALLY_SHIPPED",
    Status.SHIPPED: "SHIPPED",
    Status.CANCELED: "CANCELLED",
    Status.UNFULFILLABLE: "UNFULFILLABLE",
    Status.INVOICE_UNCONFIRMED: "SHIPPED",  # this version has no word for it
}
FULFILLED_BY = {"MFN": "MERCHANT", "AFN": "AMAZON"}

Json = dict[str, Any]


def render(order: Order) -> None:
    """Write the order's document, and when the phone number in it disappears."""
    order.document = dump(document(order)).decode()
    shipped = order.state is Status.SHIPPED and not order.by_amazon
    order.phone_until = deliver_by(order)[1] if shipped and order.ship_to.get("phone") else None


def document(order: Order) -> Json:
    """The vendor's Order object; parts that Amazon does not have (yet) are left out, never null."""
    programs = _programs(order)
    paid = order.state not in PAYMENT_OPEN
    return _present(
        orderId=order.amazon_order_id,
        orderAliases=_aliases(order),
        createdTime=written(order.purchase_date),
        lastUpdatedTime=written(order.last_update),
        programs=programs,
        associatedOrders=_associated(order),
        salesChannel={
            "channelName": "AMAZON",
            "marketplaceId": order.marketplace_id,
            "marketplaceName": order.marketplace.name,
        },
        buyer=_buyer(order) if paid else None,
        recipient=_recipient(order),
        # A pending order has no amounts at all: importers that book 0 meet it here.
        proceeds=_proceeds(order) if paid else None,
        fulfillment=_fulfillment(order),
        orderItems=_items(order),
        packages=[_package(package) for package in order.packages] if not order.by_amazon else None,
    )


def _present(**fields: Any) -> Json:
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}


def _programs(order: Order) -> list[str]:
    flags = {
        "AMAZON_BUSINESS": order.business,
        "PREMIUM": order.premium,
        "PREORDER": order.state is Status.PENDING_AVAILABILITY,
        "PRIME": order.prime,
    }
    return [name for name, on in flags.items() if on]


def _aliases(order: Order) -> list[Json]:
    if order.merchant_order_id is None:
        return []
    return [{"aliasId": order.merchant_order_id, "aliasType": "SELLER_ORDER_ID"}]


def _associated(order: Order) -> list[Json]:
    if order.replacement_of is None:
        return []
    return [{"orderId": order.replacement_of, "associationType": "REPLACEMENT_ORIGINAL_ID"}]


def _buyer(order: Order) -> Json:
    if order.by_amazon:
        return {}  # Amazon ships: the merchant has no use for the buyer's name or address
    reachable = order.state in DELIVERABLE
    return _present(buyerName=order.buyer_name, buyerEmail=order.buyer_email if reachable else None)


def _recipient(order: Order) -> Json | None:
    if order.state not in DELIVERABLE:
        return None
    to = order.ship_to
    place = {
        "city": to.get("city"),
        "stateOrRegion": to.get("region"),
        "postalCode": to.get("postal_code"),
        "countryCode": to.get("country"),
    }
    if order.by_amazon:
        return _present(deliveryAddress=_present(**place))
    lines = {f"addressLine{number}": to.get(f"line{number}") for number in (1, 2, 3)}
    kind = "COMMERCIAL" if order.business else "RESIDENTIAL"
    address = _present(name=to.get("name"), **lines, **place, phone=to.get("phone"), addressType=kind)
    return {"deliveryAddress": address}


def _proceeds(order: Order) -> Json:
    market = order.marketplace
    sums: dict[str, Decimal] = {}
    for item in order.items:
        for kind, amount in breakdown(item).items():
            sums[kind] = sums.get(kind, Decimal(0)) + amount
    total = order_total(order.items, tax_included=market.tax_included)
    return {
        "grandTotal": market.money(total),
        "breakdowns": [{"type": kind, "subtotal": market.money(amount)} for kind, amount in sums.items()],
    }


def _fulfillment(order: Order) -> Json:
    windows: Json = {}
    if not order.by_amazon:
        windows["shipByWindow"] = _window(*ship_by(order))
        if order.state in DELIVERABLE:
            windows["deliverByWindow"] = _window(*deliver_by(order))
    return {
        "fulfillmentStatus": STATUS[order.state],
        "fulfilledBy": FULFILLED_BY[order.channel],
        "fulfillmentServiceLevel": order.service_level,
        **windows,
    }


def _window(earliest: Any, latest: Any) -> Json:
    return {"earliestDateTime": written(earliest), "latestDateTime": written(latest)}


def _items(order: Order) -> list[Json]:
    shipped = shipped_quantities(order.packed.values())
    return [_item(order, item, shipped[item.order_item_id]) for item in order.items]


def _item(order: Order, item: OrderItem, shipped: int) -> Json:
    market = order.marketplace
    paid = order.state not in PAYMENT_OPEN
    canceled = order.state is Status.CANCELED or bool(item.cancelled)
    gift = {"giftMessage": item.gift_message, "giftWrapLevel": "STANDARD" if item.gift_wrap else None}
    packing = {"giftOption": _present(**gift)} if paid and item.is_gift else None
    return _present(
        orderItemId=item.order_item_id,
        quantityOrdered=item.quantity,
        product=_present(
            asin=item.asin,
            title=item.title,
            sellerSku=item.seller_sku,
            condition={"conditionType": "NEW", "conditionSubtype": "NEW"},
            price={"unitPrice": market.money(item.unit_price)} if paid else None,
        ),
        proceeds=_item_proceeds(order, item) if paid else None,
        cancellation=_cancellation(order, canceled=canceled),
        fulfillment=_present(
            quantityFulfilled=shipped,
            quantityUnfulfilled=0 if canceled else item.quantity - shipped,
            packing=packing,
        ),
    )


def _cancellation(order: Order, *, canceled: bool) -> Json:
    asked = order.cancel_request
    by = "BUYER" if asked is None else "MERCHANT"  # who is asked does it
    return _present(
        cancellationRequest={"requester": "BUYER", "cancelReason": asked} if asked else None,
        cancellationExecution={"cancelledBy": by} if canceled else None,
    )


def _item_proceeds(order: Order, item: OrderItem) -> Json:
    market = order.marketplace
    parts = []
    for kind, amount in breakdown(item).items():
        part: Json = {"type": kind, "subtotal": market.money(amount)}
        if kind in {"TAX", "DISCOUNT"}:
            part["detailedBreakdowns"] = [{"subtype": "ITEM", "value": market.money(amount)}]
        parts.append(part)
    total = line_total(item, tax_included=market.tax_included)
    return {"proceedsTotal": market.money(total), "breakdowns": parts}


def _package(package: Package) -> Json:
    return _present(
        packageReferenceId=package.reference,
        createdTime=written(package.created),
        packageStatus={"status": "SHIPPED"},  # detailedStatus is missing in practice
        carrier=package.carrier,
        shipTime=written(package.ship_date),
        shippingService=package.shipping_method,
        trackingNumber=package.tracking,
        packageItems=[
            _present(
                orderItemId=content.order_item_id,
                quantity=content.quantity,
                transparencyCodes=content.transparency_codes,
            )
            for content in package.contents
        ],
    )
