"""An order from real answers of Orders v0: that of getOrder, or one of getOrders, and that of getOrderItems.

Source: Amazon's model ordersV0.
"""

from __future__ import annotations

from decimal import Decimal

from marshmallow import fields

from mock_amazon.ordering.lifecycle import Channel, Status
from mock_amazon.ordering.totals import EXTRAS
from mock_amazon.wire import payload_parts as parts
from mock_amazon.wire.orders_v0 import SERVICE
from mock_amazon.wire.payload_facts import v0 as facts_v0
from mock_amazon.wire.payload_facts.reading import kept, kept_of_buyer
from mock_amazon.wire.payload_parts import Draft, DraftLine, Json, Loose, UnusablePayload

_LEVELS = {category: level for level, (category, _) in SERVICE.items()}
_ALL_GONE = frozenset({Status.SHIPPED, Status.INVOICE_UNCONFIRMED})
_ZERO = Decimal(0)
_TYPES = {"Residential": "RESIDENTIAL", "Commercial": "COMMERCIAL"}


class _Money(Loose):
    currency = parts.text(3, data_key="CurrencyCode", required=True)
    amount = parts.Amount(data_key="Amount", required=True)


def _money(key: str) -> fields.Nested:
    return fields.Nested(_Money, data_key=key, load_default=None)


class _Extended(Loose):
    street_name = parts.text(300, data_key="StreetName")
    street_number = parts.text(300, data_key="StreetNumber")
    complement = parts.text(300, data_key="Complement")
    neighborhood = parts.text(300, data_key="Neighborhood")


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
    company = parts.text(300, data_key="CompanyName")
    county = parts.text(300, data_key="County")
    district = parts.text(300, data_key="District")
    municipality = parts.text(300, data_key="Municipality")
    extended = fields.Nested(_Extended, data_key="ExtendedFields")
    kind = parts.text(20, data_key="AddressType")


class _Buyer(Loose):
    name = parts.text(200, data_key="BuyerName", load_default="")
    email = parts.text(200, data_key="BuyerEmail", load_default="")
    purchase_order = fields.Raw(data_key="PurchaseOrderNumber")
    county = fields.Raw(data_key="BuyerCounty")
    tax = fields.Raw(data_key="BuyerTaxInfo")


class _Order(Loose.from_dict(parts.raw(*facts_v0.ORDER_KEYS))):  # type: ignore[misc]  # made from a table
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
    level = fields.Raw(data_key="GiftWrapLevel")
    customized = fields.Raw(data_key="BuyerCustomizedInfo")


class _Item(Loose.from_dict(parts.raw(*facts_v0.ITEM_KEYS))):  # type: ignore[misc]  # made from a table
    item_id = parts.text(20, data_key="OrderItemId", required=True)
    asin = parts.text(20, data_key="ASIN", load_default="")
    sku = parts.text(200, data_key="SellerSKU", load_default="")
    title = parts.text(500, data_key="Title", load_default="")
    ordered = parts.units(data_key="QuantityOrdered", required=True)
    shipped = parts.units(data_key="QuantityShipped", load_default=None)
    price = _money("ItemPrice")
    shipping = _money("ShippingPrice")
    cod_fee = _money("CODFee")
    cod_fee_discount = _money("CODFeeDiscount")
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
    lines, lost = _lines(head["number"], items, status)
    told_items = [one for one in items["OrderItems"] if isinstance(one, dict)]
    facts, no_fact = kept("order", facts_v0.order_facts(order, told_items))
    buyer_facts, no_buyer_fact = kept_of_buyer(facts_v0.buyer_facts(order))
    return Draft(
        number=head["number"],
        status=status,
        marketplace_id=head["marketplace_id"],
        currency=total["currency"] if total else "",
        total=total["amount"] if total else None,
        channel=head["channel"],
        service_level=_LEVELS[head["level"]],
        ship_to=_ship_to(head["ship_to"], pickup_point=order.get("IsAccessPointOrder") is True),
        facts=facts,
        buyer_facts=buyer_facts,
        buyer_name=head["buyer"]["name"],
        buyer_email=head["buyer"]["email"],
        lines=lines,
        prime=head["prime"],
        business=head["business"],
        premium=head["premium"],
        replacement=head["replaces"],
        replacement_of=head["replacement_of"],
        not_kept=tuple(dict.fromkeys([*_not_kept(order, items), *no_fact, *no_buyer_fact, *lost])),
        money_fields=("OrderTotal", "ItemPrice"),
    )


def _not_kept(order: Json, items: Json) -> list[str]:
    return [*parts.left_out(_order_schema, order), *parts.left_out(_items_schema, items)]


def _ship_to(address: Json, *, pickup_point: bool) -> dict[str, str]:
    rest = {key: value for key, value in address.items() if key not in {"extended", "kind"}}
    kind = "PICKUP_POINT" if pickup_point else _TYPES.get(address.get("kind", ""))
    extended: dict[str, str] = address.get("extended", {})
    return rest | extended | ({"type": kind} if kind else {})


def _lines(order_number: str, items: Json, status: Status) -> tuple[tuple[DraftLine, ...], list[str]]:
    content = parts.loaded(_items_schema, items, "items")
    if content["number"] != order_number:
        message = f"field 'AmazonOrderId': these are the items of {content['number']}, not of {order_number}"
        raise UnusablePayload(message, "items")
    if content["more"]:
        raise UnusablePayload("field 'NextToken': these are not all items; join the pages first", "items")
    lines, lost = [], []
    for item, told in zip(content["items"], items["OrderItems"], strict=True):
        facts, no_fact = kept("line", facts_v0.line_facts(told))
        lines.append(_line(item, told, status, facts))
        lost += no_fact
    return tuple(lines), lost


def _line(item: Json, told: Json, status: Status, facts: Json) -> DraftLine:
    # ItemPrice is for all units of the line: multiplying it again is a classic import bug.
    gone = item["ordered"] if status in _ALL_GONE else 0
    wishes = item["wishes"]
    extras = {name: _amount(item | {"gift_wrap_tax": wishes.get("wrap_tax")}, name) for name in EXTRAS}
    return DraftLine(
        item_id=item["item_id"],
        sku=item["sku"],
        quantity=item["ordered"],
        shipped=gone if item["shipped"] is None else item["shipped"],
        price=item["price"] and item["price"]["amount"],
        asin=item["asin"],
        title=item["title"],
        tax=_amount(item, "tax"),
        shipping=_amount(item, "shipping"),
        discount=_amount(item, "discount"),
        gift_wrap=_amount(wishes, "wrap"),
        gift_message=wishes.get("message"),
        facts=parts.extra_facts(extras, facts, told.get("PromotionIds")),
    )


def _amount(amounts: Json, name: str) -> Decimal:
    """Without sign: that of discounts is not documented."""
    money = amounts.get(name)
    return abs(money["amount"]) if money else _ZERO
