"""What a wish may say of rare facts and amounts, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mock_amazon.marketplaces import Marketplace
from mock_amazon.models import Order
from mock_amazon.ordering.lifecycle import Channel
from mock_amazon.ordering.totals import EXTRAS
from mock_amazon.wire.facts import COLUMNS, payment_method_of
from simkit.control import BadControl

ONLY_IN = {
    "buyer.county": ("BR",),
    "buyer.tax": ("BR", "MX", "IN"),
    "buyer.invoice": ("TR",),
    "facts.invoice_preference": ("TR",),
    "facts.marketplace_taxes": ("BR",),
    "facts.seller_name": ("BR",),
}
"""The marketplaces of some facts, by Amazon's model ordersV0."""
BY_MERCHANT = ("easy_ship", "in_store_pickup", "fulfillment_orders")
"""Facts of orders that the merchant fulfils."""


def change_facts(order: Order, facts: Mapping[str, Any]) -> None:
    """Add facts to an order, or replace them.

    Raises BadControl; nothing is changed then.
    """
    wish = {"buyer": {}, "facts": facts, "channel": order.channel}
    checked_facts(wish, order.marketplace)
    for name in facts:
        if name in COLUMNS:
            setattr(order, name, facts[name])
    if "payments" in facts:
        order.payment_method = payment_method_of(facts["payments"])
    order.facts = {**order.facts, **{name: facts[name] for name in facts if name not in COLUMNS}}


def columns_and_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an order as its columns keep them."""
    defaults = {"payment_method": "Other", "in_store_pickup": False}
    columns = defaults | {name: facts[name] for name in COLUMNS if name in facts}
    if "payments" in facts:
        columns["payment_method"] = payment_method_of(facts["payments"])
    return {**columns, "facts": {name: facts[name] for name in facts if name not in COLUMNS}}


def checked_facts(wish: Mapping[str, Any], market: Marketplace) -> dict[str, Any]:
    """The facts of an order that may stand in that marketplace and channel.

    Raises BadControl.
    """
    facts: dict[str, Any] = wish["facts"]
    for part, values in (("buyer", wish["buyer"]), ("facts", facts)):
        for name in values:
            places = ONLY_IN.get(f"{part}.{name}", (market.code,))
            if market.code not in places:
                raise BadControl(f"field '{part}.{name}': Amazon has that in {', '.join(places)} only")
    for name in BY_MERCHANT:
        if facts.get(name) and wish["channel"] == Channel.AFN:
            raise BadControl(f"field 'facts.{name}': there is no such order that Amazon ships")
    return facts


def check_amounts(path: str, line: dict[str, Any], market: Marketplace) -> None:
    """Whether the currency has such amounts, and no discount is more than what it is for.

    Raises BadControl.
    """
    for name in ("unit_price", "tax", "shipping", "discount", "gift_wrap", *EXTRAS):
        check_decimals(f"{path}.{name}", line[name], market)
    price = line["unit_price"] * line["qty"] + line["shipping"] + line["gift_wrap"]
    most = {
        "discount": (price, "the line's"),
        "shipping_discount": (line["shipping"], "the shipping's"),
        "cod_fee_discount": (line["cod_fee"], "the fee's"),
        "discount_tax": (line["tax"] + line["gift_wrap_tax"], "the line's tax of"),
        "shipping_discount_tax": (line["shipping_tax"], "the shipping's tax of"),
    }
    for name, (limit, whose) in most.items():
        if line[name] > limit:
            raise BadControl(f"field '{path}.{name}': '{line[name]}' is more than {whose} {limit}")
    if line["discount"] + line["shipping_discount"] > price:
        raise BadControl(f"field '{path}.shipping_discount': with the discount it is more than {price}")


def line_facts(line: dict[str, Any]) -> dict[str, Any]:
    """The facts of a line as its column keeps them."""
    amounts = {name: str(line[name]) for name in EXTRAS if line[name]}
    promotions = {key: line[key] for key in ("promotion_ids",) if key in line}
    return {**line["facts"], **promotions, **amounts}


def check_decimals(path: str, amount: Decimal, market: Marketplace) -> None:
    """Raise BadControl for an amount with more decimals than the currency has."""
    if -int(amount.as_tuple().exponent) > market.decimals:
        allowed = f"{market.decimals} that {market.currency} has"
        raise BadControl(f"field '{path}': {str(amount)!r} has more decimals than the {allowed}")
