"""An order from real answers of Orders 2026-01-01: an element of searchOrders, or that of getOrder.

Source: Amazon's model orders_2026-01-01.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from marshmallow import fields

from mock_amazon.fact_words import ADDRESS_TYPES, ORDER_PROGRAMS, PACKAGE_STATUSES, SHIP_PLUS
from mock_amazon.lifecycle import Status
from mock_amazon.totals import EXTRAS
from mock_amazon.wire import payload_parts as parts
from mock_amazon.wire.orders_2026 import FULFILLED_BY, STATUS
from mock_amazon.wire.payload_facts import proceeds
from mock_amazon.wire.payload_facts import v2026 as facts_2026
from mock_amazon.wire.payload_facts.reading import kept, kept_of_buyer
from mock_amazon.wire.payload_parts import Draft, DraftLine, DraftPackage, Json, Loose, UnusablePayload
from mock_amazon.wire.promises import DAYS

_STATUSES = {written: status for status, written in reversed(STATUS.items())}
_CHANNELS = {written: channel for channel, written in FULFILLED_BY.items()}
_ALL_GONE = Status.SHIPPED
_KINDS = ("ITEM", "TAX", "SHIPPING", "DISCOUNT", "GIFT_WRAP", "COD_FEE")


class _Money(Loose):
    currency = parts.text(3, data_key="currencyCode", required=True)
    amount = parts.Amount(required=True)


class _Detail(Loose):
    subtype = fields.String(load_default="")
    value = fields.Nested(_Money, load_default=None)


class _Breakdown(Loose):
    type = parts.word(_KINDS, required=True)
    subtotal = fields.Nested(_Money, required=True)
    details = fields.List(fields.Nested(_Detail), data_key="detailedBreakdowns", load_default=list)


class _Extended(Loose):
    street_name = parts.text(300, data_key="streetName")
    street_number = parts.text(300, data_key="streetNumber")
    complement = parts.text(300)
    neighborhood = parts.text(300)


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
    company = parts.text(300, data_key="companyName")
    district = parts.text(300, data_key="districtOrCounty")
    municipality = parts.text(300)
    extended = fields.Nested(_Extended, data_key="extendedFields")
    type = fields.Raw(data_key="addressType")


class _Recipient(Loose):
    address = fields.Nested(_Address, data_key="deliveryAddress", load_default=dict)
    preference = fields.Raw(data_key="deliveryPreference")


class _Buyer(Loose):
    name = parts.text(200, data_key="buyerName", load_default="")
    email = parts.text(200, data_key="buyerEmail", load_default="")
    company = fields.Raw(data_key="buyerCompanyName")
    purchase_order = fields.Raw(data_key="buyerPurchaseOrderNumber")


class _Channel(Loose):
    marketplace_id = parts.text(20, data_key="marketplaceId", load_default="")


class _Total(Loose):
    total = fields.Nested(_Money, data_key="grandTotal", load_default=None)
    parts = fields.Raw(data_key="breakdowns")


class _Fulfillment(Loose):
    status = parts.word(_STATUSES, data_key="fulfillmentStatus", required=True)
    by = parts.word(_CHANNELS, data_key="fulfilledBy", load_default="MERCHANT")
    level = parts.word(DAYS, data_key="fulfillmentServiceLevel", load_default="STANDARD")
    labels = fields.Raw(data_key="labelPrintingWindow")


class _Association(Loose):
    number = fields.String(data_key="orderId", load_default=None)
    kind = fields.String(data_key="associationType", load_default="")


class _Price(Loose):
    unit = fields.Nested(_Money, data_key="unitPrice", load_default=None)
    designation = fields.Raw(data_key="priceDesignation")


class _Product(Loose):
    asin = parts.text(20, load_default="")
    title = parts.text(500, load_default="")
    sku = parts.text(200, data_key="sellerSku", load_default="")
    price = fields.Nested(_Price, load_default=None)
    condition = fields.Raw()
    serial_numbers = fields.Raw(data_key="serialNumbers")
    customization = fields.Raw()


class _Proceeds(Loose):
    total = fields.Nested(_Money, data_key="proceedsTotal", load_default=None)
    breakdowns = fields.List(fields.Nested(_Breakdown), load_default=list)


class _Gift(Loose):
    message = parts.text(1000, data_key="giftMessage")
    level = fields.Raw(data_key="giftWrapLevel")


class _Packing(Loose):
    gift = fields.Nested(_Gift, data_key="giftOption", load_default=dict)
    serials = fields.Raw(data_key="serialNumberRequirement")


class _ItemFulfillment(Loose):
    shipped = parts.units(data_key="quantityFulfilled", load_default=None)
    left = parts.units(data_key="quantityUnfulfilled")
    packing = fields.Nested(_Packing, load_default=dict)
    picking = fields.Raw()
    shipping = fields.Raw()


class _Item(Loose.from_dict(parts.raw(*facts_2026.ITEM_KEYS))):  # type: ignore[misc]  # made from a table
    item_id = parts.text(20, data_key="orderItemId", required=True)
    ordered = parts.units(data_key="quantityOrdered", required=True)
    product = fields.Nested(_Product, required=True)
    proceeds = fields.Nested(_Proceeds, load_default=None)
    fulfillment = fields.Nested(_ItemFulfillment, load_default=dict)


class _Content(Loose):
    item_id = parts.text(20, data_key="orderItemId", required=True)
    units = parts.units(data_key="quantity", required=True)


class _PackageStatus(Loose):
    word = parts.word(PACKAGE_STATUSES, data_key="status", load_default="SHIPPED")
    detailed = fields.Raw(data_key="detailedStatus")


class _Package(Loose):
    reference = parts.text(60, data_key="packageReferenceId", required=True)
    carrier = parts.text(200, load_default="")
    tracking = parts.text(200, data_key="trackingNumber", load_default="")
    method = parts.text(200, data_key="shippingService", load_default=None)
    status = fields.Nested(_PackageStatus, data_key="packageStatus", load_default=dict)
    ship_from = fields.Raw(data_key="shipFromAddress")
    contents = fields.List(fields.Nested(_Content), data_key="packageItems", load_default=list)


class _Order(Loose.from_dict(parts.raw(*facts_2026.ORDER_KEYS))):  # type: ignore[misc]  # made from a table
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


_PROGRAMS = frozenset(
    {
        *("PRIME", "AMAZON_BUSINESS", "PREMIUM", "PREORDER", "AMAZON_EASY_SHIP", "IN_STORE_PICK_UP"),
        *("INVOICE_BY_AMAZON", SHIP_PLUS, *ORDER_PROGRAMS),
    }
)
_ORIGINALS = frozenset({"REPLACEMENT_ORIGINAL_ID", "EXCHANGE_ORIGINAL_ID"})
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
    lines, lost = _lines(order, head, status)
    facts, no_fact = kept("order", facts_2026.order_facts(order))
    buyer_facts, no_buyer_fact = kept_of_buyer(facts_2026.buyer_facts(order))
    return Draft(
        number=head["number"],
        status=status,
        marketplace_id=head["channel"]["marketplace_id"],
        currency=total["currency"] if total else "",
        total=total["amount"] if total else None,
        channel=_CHANNELS[head["fulfillment"]["by"]],
        service_level=head["fulfillment"]["level"],
        ship_to=_ship_to(head["recipient"]["address"]),
        facts=facts,
        buyer_facts=buyer_facts,
        buyer_name=head["buyer"]["name"],
        buyer_email=head["buyer"]["email"],
        lines=lines,
        packages=tuple(map(_package, head["packages"])),
        prime="PRIME" in programs,
        business="AMAZON_BUSINESS" in programs,
        premium="PREMIUM" in programs,
        replacement=replaced is not None,
        replacement_of=replaced,
        not_kept=tuple(dict.fromkeys([*_not_kept(order, head), *no_fact, *no_buyer_fact, *lost])),
        money_fields=("proceeds.grandTotal", "orderItems.proceeds"),
    )


def _not_kept(order: Json, head: Json) -> Iterator[str]:
    yield from parts.left_out(_schema, order)
    yield from (f"programs: {name}" for name in head["programs"] if name not in _PROGRAMS)


def _replaced(associations: list[dict[str, Any]]) -> str | None:
    originals = [one["number"] for one in associations if one["kind"] in _ORIGINALS]
    return next((number for number in originals if parts.ORDER_ID.fullmatch(number or "")), None)


def _ship_to(address: Json) -> dict[str, str]:
    rest = {key: value for key, value in address.items() if key not in {"extended", "type"}}
    kind = address.get("type")
    extended: dict[str, str] = address.get("extended", {})
    return rest | extended | ({"type": kind} if kind in ADDRESS_TYPES else {})


def _lines(order: Json, head: Json, status: Status) -> tuple[tuple[DraftLine, ...], list[str]]:
    """Ship+ is told with the order; we keep it with its first item."""
    plus = [SHIP_PLUS] if SHIP_PLUS in head["programs"] else []
    lines, lost = [], []
    for item, told in zip(head["items"], order["orderItems"], strict=True):
        facts, no_fact = kept("line", facts_2026.line_facts(told))
        if plus:
            facts["programs"] = [*facts.get("programs", []), plus.pop()]
        lines.append(_line(item, told, status, facts))
        lost += no_fact
    return tuple(lines), lost


def _line(item: Json, told: Json, status: Status, facts: Json) -> DraftLine:
    amounts = proceeds.amounts((item["proceeds"] or {}).get("breakdowns", []))
    shipped = item["fulfillment"].get("shipped")
    gone = item["ordered"] if status is _ALL_GONE else 0
    gift = item["fulfillment"].get("packing", {}).get("gift", {})
    product = item["product"]
    return DraftLine(
        item_id=item["item_id"],
        sku=product["sku"],
        quantity=item["ordered"],
        shipped=gone if shipped is None else shipped,
        price=amounts.get("item", _listed(item)),
        asin=product["asin"],
        title=product["title"],
        tax=amounts.get("tax", Decimal(0)),
        shipping=amounts.get("shipping", Decimal(0)),
        discount=amounts.get("discount", Decimal(0)),
        gift_wrap=amounts.get("gift_wrap", Decimal(0)),
        gift_message=gift.get("message"),
        facts=parts.extra_facts(
            {name: amounts[name] for name in EXTRAS if name in amounts},
            facts,
            facts_2026.promotion_ids(told),
        ),
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
        package["reference"],
        package["carrier"],
        package["tracking"],
        contents,
        package["method"],
        package["status"].get("word", "SHIPPED"),
    )
