"""An order from real answers of Orders 2026-01-01: an element of searchOrders, or that of getOrder.

Source: Amazon's model orders_2026-01-01.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from marshmallow import fields

from mock_amazon.lifecycle import Status
from mock_amazon.wire import payload_parts as parts
from mock_amazon.wire.orders_2026 import FULFILLED_BY, STATUS
from mock_amazon.wire.payload_parts import Draft, DraftLine, DraftPackage, Json, Loose, UnusablePayload
from mock_amazon.wire.promises import DAYS

_STATUSES = {written: status for status, written in reversed(STATUS.items())}
_CHANNELS = {written: channel for channel, written in FULFILLED_BY.items()}
_ALL_GONE = Status.SHIPPED
_KINDS = ("ITEM", "TAX", "SHIPPING", "DISCOUNT", "GIFT_WRAP")


class _Money(Loose):
    currency = parts.text(3, data_key="currencyCode", required=True)
    amount = parts.Amount(required=True)


class _Breakdown(Loose):
    type = parts.word(_KINDS, required=True)
    subtotal = fields.Nested(_Money, required=True)
    details = fields.Raw(data_key="detailedBreakdowns")


class _Address(Loose):
    name = parts.text(300)
    line1 = parts.text(300, data_key="addressLine1")
    line2 = parts.text(300, data_key="addressLine2")
    line3 = parts.text(300, data_key="addressLine3")
    city = parts.text(300)
    region = parts.text(300, data_key="stateOrRegion")
    postal_code = parts.text(300, data_key="postalCode")
    country = parts.text(300, data_key="countryCode")
    phone = parts.text(300)


class _Recipient(Loose):
    address = fields.Nested(_Address, data_key="deliveryAddress", load_default=dict)


class _Buyer(Loose):
    name = parts.text(200, data_key="buyerName", load_default="")
    email = parts.text(200, data_key="buyerEmail", load_default="")


class _Channel(Loose):
    marketplace_id = parts.text(20, data_key="marketplaceId", load_default="")


class _Total(Loose):
    total = fields.Nested(_Money, data_key="grandTotal", load_default=None)
    parts = fields.Raw(data_key="breakdowns")


class _Fulfillment(Loose):
    status = parts.word(_STATUSES, data_key="fulfillmentStatus", required=True)
    by = parts.word(_CHANNELS, data_key="fulfilledBy", load_default="MERCHANT")
    level = parts.word(DAYS, data_key="fulfillmentServiceLevel", load_default="STANDARD")


class _Association(Loose):
    number = fields.String(data_key="orderId", load_default=None)
    kind = fields.String(data_key="associationType", load_default="")


class _Price(Loose):
    unit = fields.Nested(_Money, data_key="unitPrice", load_default=None)


class _Product(Loose):
    asin = parts.text(20, load_default="")
    title = parts.text(500, load_default="")
    sku = parts.text(200, data_key="sellerSku", load_default="")
    price = fields.Nested(_Price, load_default=None)


class _Proceeds(Loose):
    total = fields.Nested(_Money, data_key="proceedsTotal", load_default=None)
    breakdowns = fields.List(fields.Nested(_Breakdown), load_default=list)


class _Gift(Loose):
    message = parts.text(1000, data_key="giftMessage")


class _Packing(Loose):
    gift = fields.Nested(_Gift, data_key="giftOption", load_default=dict)


class _ItemFulfillment(Loose):
    shipped = parts.units(data_key="quantityFulfilled", load_default=None)
    left = parts.units(data_key="quantityUnfulfilled")
    packing = fields.Nested(_Packing, load_default=dict)


class _Item(Loose):
    item_id = parts.text(20, data_key="orderItemId", required=True)
    ordered = parts.units(data_key="quantityOrdered", required=True)
    product = fields.Nested(_Product, required=True)
    proceeds = fields.Nested(_Proceeds, load_default=None)
    fulfillment = fields.Nested(_ItemFulfillment, load_default=dict)


class _Content(Loose):
    item_id = parts.text(20, data_key="orderItemId", required=True)
    units = parts.units(data_key="quantity", required=True)


class _Package(Loose):
    reference = parts.text(60, data_key="packageReferenceId", required=True)
    carrier = parts.text(200, load_default="")
    tracking = parts.text(200, data_key="trackingNumber", load_default="")
    method = parts.text(200, data_key="shippingService", load_default=None)
    contents = fields.List(fields.Nested(_Content), data_key="packageItems", load_default=list)


class _Order(Loose):
    number = parts.number(data_key="orderId", required=True)
    programs = fields.List(fields.String(), load_default=list)
    associations = fields.List(fields.Nested(_Association), data_key="associatedOrders", load_default=list)
    channel = fields.Nested(_Channel, data_key="salesChannel", load_default=lambda: {"marketplace_id": ""})
    buyer = fields.Nested(_Buyer, load_default=lambda: {"name": "", "email": ""})
    recipient = fields.Nested(_Recipient, load_default=lambda: {"address": {}})
    proceeds = fields.Nested(_Total, load_default=lambda: {"total": None})
    fulfillment = fields.Nested(
        _Fulfillment,
        required=True,
        error_messages={"required": "it is missing: ask Amazon for it with includedData=FULFILLMENT"},
    )
    items = fields.List(fields.Nested(_Item), data_key="orderItems", required=True)
    packages = fields.List(fields.Nested(_Package), load_default=list)


_PROGRAMS = frozenset({"PRIME", "AMAZON_BUSINESS", "PREMIUM", "PREORDER"})
_schema = _Order()


def read(order: Json, items: Json | None) -> Draft:
    """Raises UnusablePayload."""
    if items is not None:
        raise UnusablePayload("an order of 2026-01-01 has its items in it: leave these out", "items")
    head = parts.loaded(_schema, order)
    status = _STATUSES[head["fulfillment"]["status"]]
    total = head["proceeds"]["total"]
    programs = set(head["programs"])
    replaced = _replaced(head["associations"])
    return Draft(
        number=head["number"],
        status=status,
        marketplace_id=head["channel"]["marketplace_id"],
        currency=total["currency"] if total else "",
        total=total["amount"] if total else None,
        channel=_CHANNELS[head["fulfillment"]["by"]],
        service_level=head["fulfillment"]["level"],
        ship_to=head["recipient"]["address"],
        buyer_name=head["buyer"]["name"],
        buyer_email=head["buyer"]["email"],
        lines=tuple(_line(item, status) for item in head["items"]),
        packages=tuple(map(_package, head["packages"])),
        prime="PRIME" in programs,
        business="AMAZON_BUSINESS" in programs,
        premium="PREMIUM" in programs,
        replacement=replaced is not None,
        replacement_of=replaced,
        not_kept=tuple(dict.fromkeys(_not_kept(order, head))),
        money_fields=("proceeds.grandTotal", "orderItems.proceeds"),
    )


def _not_kept(order: Json, head: Json) -> Iterator[str]:
    yield from parts.left_out(_schema, order)
    yield from (f"programs: {name}" for name in head["programs"] if name not in _PROGRAMS)


def _replaced(associations: list[dict[str, Any]]) -> str | None:
    originals = [one["number"] for one in associations if one["kind"] == "REPLACEMENT_ORIGINAL_ID"]
    return next((number for number in originals if parts.ORDER_ID.fullmatch(number or "")), None)


def _line(item: dict[str, Any], status: Status) -> DraftLine:
    amounts: dict[str, Decimal] = {}
    for part in (item["proceeds"] or {}).get("breakdowns", []):
        amounts[part["type"]] = amounts.get(part["type"], Decimal(0)) + part["subtotal"]["amount"]
    told = item["fulfillment"].get("shipped")
    gone = item["ordered"] if status is _ALL_GONE else 0
    gift = item["fulfillment"].get("packing", {}).get("gift", {})
    product = item["product"]
    return DraftLine(
        item_id=item["item_id"],
        sku=product["sku"],
        quantity=item["ordered"],
        shipped=gone if told is None else told,
        price=amounts.get("ITEM", _listed(item)),
        asin=product["asin"],
        title=product["title"],
        tax=amounts.get("TAX", Decimal(0)),
        shipping=amounts.get("SHIPPING", Decimal(0)),
        discount=abs(amounts.get("DISCOUNT", Decimal(0))),  # its sign is not documented
        gift_wrap=amounts.get("GIFT_WRAP", Decimal(0)),
        gift_message=gift.get("message"),
    )


def _listed(item: dict[str, Any]) -> Decimal | None:
    """The price of all units by the product's unit price: an answer without PROCEEDS has no other."""
    unit = (item["product"]["price"] or {}).get("unit")
    return unit["amount"] * item["ordered"] if unit else None


def _package(package: dict[str, Any]) -> DraftPackage:
    contents: Counter[str] = Counter()
    for content in package["contents"]:
        contents[content["item_id"]] += content["units"]
    return DraftPackage(
        package["reference"], package["carrier"], package["tracking"], contents, package["method"]
    )
