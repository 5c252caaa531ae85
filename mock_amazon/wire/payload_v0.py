"""An order from real answers of Orders v0: that of getOrder, or one of getOrders, and that of getOrderItems.

Source: Amazon's model ordersV0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import fields

from mock_amazon.lifecycle import Channel, Status
from mock_amazon.wire import payload_parts as parts
from mock_amazon.wire.orders_v0 import SERVICE
from mock_amazon.wire.payload_parts import Draft, DraftLine, Json, Loose, UnusablePayload

_LEVELS = {category: level for level, (category, _) in SERVICE.items()}
_ALL_GONE = frozenset({Status.SHIPPED, Status.INVOICE_UNCONFIRMED})
_ZERO = Decimal(0)


class _Money(Loose):
    currency = parts.text(3, data_key="CurrencyCode", required=True)
    amount = parts.Amount(data_key="Amount", required=True)


def _money(key: str) -> fields.Nested:
    return fields.Nested(_Money, data_key=key, load_default=None)


class _Address(Loose):
    name = parts.text(300, data_key="Name")
    line1 = parts.text(300, data_key="AddressLine1")
    line2 = parts.text(300, data_key="AddressLine2")
    line3 = parts.text(300, data_key="AddressLine3")
    city = parts.text(300, data_key="City")
    region = parts.text(300, data_key="StateOrRegion")
    postal_code = parts.text(300, data_key="PostalCode")
    country = parts.text(300, data_key="CountryCode")
    phone = parts.text(300, data_key="Phone")


class _Buyer(Loose):
    name = parts.text(200, data_key="BuyerName", load_default="")
    email = parts.text(200, data_key="BuyerEmail", load_default="")


class _Order(Loose):
    number = parts.number(data_key="AmazonOrderId", required=True)
    status = parts.word(tuple(Status), data_key="OrderStatus", required=True)
    channel = parts.word(tuple(Channel), data_key="FulfillmentChannel", load_default=Channel.MFN.value)
    marketplace_id = parts.text(20, data_key="MarketplaceId", load_default="")
    level = parts.word(_LEVELS, data_key="ShipmentServiceLevelCategory", load_default="Standard")
    total = _money("OrderTotal")
    ship_to = fields.Nested(_Address, data_key="ShippingAddress", load_default=dict)
    buyer = fields.Nested(_Buyer, data_key="BuyerInfo", load_default=lambda: {"name": "", "email": ""})
    prime = fields.Boolean(data_key="IsPrime", load_default=False)
    business = fields.Boolean(data_key="IsBusinessOrder", load_default=False)
    premium = fields.Boolean(data_key="IsPremiumOrder", load_default=False)
    replaces = fields.Boolean(data_key="IsReplacementOrder", load_default=False)
    replacement_of = parts.number(data_key="ReplacedOrderId", load_default=None)


class _Wishes(Loose):
    wrap = _money("GiftWrapPrice")
    wrap_tax = _money("GiftWrapTax")
    message = parts.text(1000, data_key="GiftMessageText")


class _Item(Loose):
    item_id = parts.text(20, data_key="OrderItemId", required=True)
    asin = parts.text(20, data_key="ASIN", load_default="")
    sku = parts.text(200, data_key="SellerSKU", load_default="")
    title = parts.text(500, data_key="Title", load_default="")
    ordered = parts.units(data_key="QuantityOrdered", required=True)
    shipped = parts.units(data_key="QuantityShipped", load_default=None)
    price = _money("ItemPrice")
    shipping = _money("ShippingPrice")
    fee = _money("CODFee")
    fee_discount = _money("CODFeeDiscount")
    tax = _money("ItemTax")
    shipping_tax = _money("ShippingTax")
    shipping_discount = _money("ShippingDiscount")
    shipping_discount_tax = _money("ShippingDiscountTax")
    discount = _money("PromotionDiscount")
    discount_tax = _money("PromotionDiscountTax")
    wishes = fields.Nested(_Wishes, data_key="BuyerInfo", load_default=dict)


class _Items(Loose):
    number = parts.number(data_key="AmazonOrderId", required=True)
    items = fields.List(fields.Nested(_Item), data_key="OrderItems", required=True)
    more = fields.String(data_key="NextToken", load_default="")


_order_schema, _items_schema = _Order(), _Items()


def read(order: Json, items: Json | None) -> Draft:
    """Raises UnusablePayload."""
    head = parts.loaded(_order_schema, order)
    if items is None:
        raise UnusablePayload("a v0 order has no items: the answer of getOrderItems is needed too", "items")
    status = Status(head["status"])
    total = head["total"]
    return Draft(
        number=head["number"],
        status=status,
        marketplace_id=head["marketplace_id"],
        currency=total["currency"] if total else "",
        total=total["amount"] if total else None,
        channel=head["channel"],
        service_level=_LEVELS[head["level"]],
        ship_to=head["ship_to"],
        buyer_name=head["buyer"]["name"],
        buyer_email=head["buyer"]["email"],
        lines=_lines(head["number"], items, status),
        prime=head["prime"],
        business=head["business"],
        premium=head["premium"],
        replacement=head["replaces"],
        replacement_of=head["replacement_of"],
        not_kept=tuple(dict.fromkeys(_not_kept(order, items))),
        money_fields=("OrderTotal", "ItemPrice"),
    )


def _not_kept(order: Json, items: Json) -> list[str]:
    return [*parts.left_out(_order_schema, order), *parts.left_out(_items_schema, items)]


def _lines(order_number: str, items: Json, status: Status) -> tuple[DraftLine, ...]:
    content = parts.loaded(_items_schema, items, "items")
    if content["number"] != order_number:
        message = f"field 'AmazonOrderId': these are the items of {content['number']}, not of {order_number}"
        raise UnusablePayload(message, "items")
    if content["more"]:
        raise UnusablePayload("field 'NextToken': these are not all items; join the pages first", "items")
    return tuple(_line(item, status) for item in content["items"])


def _line(item: dict[str, Any], status: Status) -> DraftLine:
    # ItemPrice is for all units of the line: multiplying it again is a classic import bug.
    gone = item["ordered"] if status in _ALL_GONE else 0
    wishes = item["wishes"]
    return DraftLine(
        item_id=item["item_id"],
        sku=item["sku"],
        quantity=item["ordered"],
        shipped=gone if item["shipped"] is None else item["shipped"],
        price=item["price"] and item["price"]["amount"],
        asin=item["asin"],
        title=item["title"],
        tax=_sum(item, "tax", "shipping_tax")
        + _sum(wishes, "wrap_tax")
        - _sum(item, "discount_tax", "shipping_discount_tax"),
        shipping=_sum(item, "shipping", "fee") - _sum(item, "fee_discount"),
        discount=_sum(item, "discount", "shipping_discount"),
        gift_wrap=_sum(wishes, "wrap"),
        gift_message=wishes.get("message"),
    )


def _sum(amounts: dict[str, Any], *names: str) -> Decimal:
    return sum((amounts[name]["amount"] for name in names if amounts.get(name)), _ZERO)
