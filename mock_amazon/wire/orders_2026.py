"""An order as Orders 2026-01-01 shows it, with everything included. Rendered when the order changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_amazon.models import Order, OrderItem
from mock_amazon.moments import written
from mock_amazon.ordering.lifecycle import DELIVERABLE, PAYMENT_OPEN, CancelledBy, Status, shipped_quantities
from mock_amazon.ordering.totals import breakdown, details, line_total, order_total
from mock_amazon.wire.included import rare_blocks
from mock_amazon.wire.present import Json, present
from mock_amazon.wire.promises import deliver_by, ship_by
from mock_amazon.wire.v2026 import items, people
from mock_amazon.wire.v2026.packages import packages
from mock_amazon.wire.v2026.taxes import payment, tax
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


def render(order: Order) -> None:
    """Write the order's document, and when the phone number in it disappears."""
    whole = document(order)
    order.document = dump(whole).decode()
    order.rare_blocks = " ".join(rare_blocks(whole))
    pending = order.state in PAYMENT_OPEN
    order.unpaid_document = dump(document(order, priced=True)).decode() if pending else None
    total = order_total(order.items, tax_included=order.marketplace.tax_included)
    paid_by = payment(order, total)
    order.payment = dump(paid_by).decode() if paid_by else None
    shipped = order.state is Status.SHIPPED and not order.by_amazon
    order.phone_until = deliver_by(order)[1] if shipped and order.ship_to.get("phone") else None


def document(order: Order, *, priced: bool = False) -> Json:
    """The vendor's Order object but for PAYMENT; parts that Amazon does not have (yet) are left out.

    ``priced``: with the amounts even where the payment is open.
    """
    paid = order.state not in PAYMENT_OPEN
    number = order.seller_order_id
    # A pending order has no amounts at all: importers that book 0 meet it here.
    amounts = paid or priced
    return present(
        orderId=order.amazon_order_id,
        orderAliases=[{"aliasId": number, "aliasType": "SELLER_ORDER_ID"}] if number else None,
        createdTime=written(order.purchase_date),
        lastUpdatedTime=written(order.last_update),
        programs=_programs(order),
        associatedOrders=_associated(order),
        salesChannel={
            "channelName": "AMAZON",
            "marketplaceId": order.marketplace_id,
            "marketplaceName": order.marketplace.name,
        },
        buyer=people.buyer(order) if paid else None,
        recipient=people.recipient(order),
        proceeds=_proceeds(order) if amounts else None,
        tax=tax(order),
        fulfillment=_fulfillment(order),
        orderItems=_items(order, amounts=amounts),
        packages=packages(order),
        fulfillmentOrders=[{"fulfillmentOrderId": one} for one in order.facts.get("fulfillment_orders", ())],
    )


def _programs(order: Order) -> list[str]:
    facts = order.facts
    flags = {
        "AMAZON_BUSINESS": order.business,
        "AMAZON_EASY_SHIP": order.easy_ship and order.marketplace.code != "BR",
        "DELIVERY_BY_AMAZON": order.easy_ship and order.marketplace.code == "BR",
        "FBM_SHIP_PLUS": order.ship_plus,
        "INVOICE_BY_AMAZON": facts.get("invoice_by_amazon"),
        "IN_STORE_PICK_UP": order.in_store_pickup,
        "PREMIUM": order.premium,
        "PREORDER": order.preorder,
        "PRIME": order.prime,
    }
    return sorted({name for name, on in flags.items() if on} | set(facts.get("programs", ())))


def _associated(order: Order) -> list[Json]:
    if order.replacement_of is None:
        return []
    kind = "EXCHANGE_ORIGINAL_ID" if order.facts.get("exchange") else "REPLACEMENT_ORIGINAL_ID"
    return [{"orderId": order.replacement_of, "associationType": kind}]


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
    if labels_from := order.facts.get("labels_from"):
        windows["labelPrintingWindow"] = {"earliestDateTime": labels_from}
    return {
        "fulfillmentStatus": STATUS[order.state],
        "fulfilledBy": FULFILLED_BY[order.channel],
        "fulfillmentServiceLevel": order.service_level,
        **windows,
    }


def _window(earliest: Any, latest: Any) -> Json:
    return {"earliestDateTime": written(earliest), "latestDateTime": written(latest)}


def _items(order: Order, *, amounts: bool) -> list[Json]:
    shipped = shipped_quantities(order.packed.values())
    return [_item(order, item, shipped[item.order_item_id], amounts=amounts) for item in order.items]


def _item(order: Order, item: OrderItem, shipped: int, *, amounts: bool) -> Json:
    paid = order.state not in PAYMENT_OPEN
    canceled = order.state is Status.CANCELED or bool(item.cancelled)
    return present(
        orderItemId=item.order_item_id,
        quantityOrdered=item.quantity,
        measurement=item.facts.get("measurement"),
        associatedOrderItems=items.services(item),
        programs=items.programs(item),
        product=present(
            asin=item.asin,
            title=item.title,
            sellerSku=item.seller_sku,
            condition=items.condition(item),
            price=items.price(order, item) if amounts else None,
            serialNumbers=items.serial_numbers(order, item),
            customization=items.customization(order, item) if paid else None,
        ),
        proceeds=_item_proceeds(order, item) if amounts else None,
        expense=items.expense(order, item) if paid else None,
        promotion=items.promotion(item) if paid else None,
        cancellation=_cancellation(order, item, canceled=canceled),
        fulfillment=present(
            quantityFulfilled=shipped,
            quantityUnfulfilled=0 if canceled else item.quantity - shipped,
            picking=items.picking(item),
            packing=items.packing(order, item, paid=paid),
            shipping=items.shipping(item),
        ),
        tax=items.tax(item) if paid else None,
    )


def _cancellation(order: Order, item: OrderItem, *, canceled: bool) -> Json:
    asked = order.cancel_request
    by = item.cancelled_by or (CancelledBy.BUYER if asked is None else CancelledBy.MERCHANT)
    return present(
        cancellationRequest={"requester": "BUYER", "cancelReason": asked} if asked else None,
        cancellationExecution={"cancelledBy": by} if canceled else None,
    )


def _item_proceeds(order: Order, item: OrderItem) -> Json:
    market = order.marketplace
    inner = details(item)
    parts = [
        present(
            type=kind,
            subtotal=market.money(amount),
            detailedBreakdowns=[
                {"subtype": name, "value": market.money(part)} for name, part in inner.get(kind, {}).items()
            ],
        )
        for kind, amount in breakdown(item).items()
    ]
    total = line_total(item, tax_included=market.tax_included)
    return {"proceedsTotal": market.money(total), "breakdowns": parts}
