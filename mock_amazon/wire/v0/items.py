"""An order item's amounts, what its buyer wishes, and what few items have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_amazon.models import Order, OrderItem
from mock_amazon.moments import rewritten_short
from mock_amazon.ordering.fact_words import CONSTRAINTS
from mock_amazon.ordering.lifecycle import PAYMENT_OPEN
from mock_amazon.wire.present import Json, present
from mock_amazon.wire.v0.order_facts import money

_EXTRAS = {
    "shipping_tax": "ShippingTax",
    "shipping_discount": "ShippingDiscount",
    "shipping_discount_tax": "ShippingDiscountTax",
    "discount_tax": "PromotionDiscountTax",
    "cod_fee": "CODFee",
    "cod_fee_discount": "CODFeeDiscount",
}


def prices(order: Order, item: OrderItem) -> Json:
    """The amounts but those of the gift wrap, and what the price is."""
    if order.state in PAYMENT_OPEN:
        return {}
    amounts = {
        "ItemPrice": item.unit_price * item.quantity,
        "ItemTax": item.tax,
        "PromotionDiscount": item.discount,
    }
    if item.shipping:
        amounts["ShippingPrice"] = item.shipping
    amounts |= {_EXTRAS[name]: amount for name, amount in item.extras.items() if name in _EXTRAS}
    return {
        **{name: money(order, amount) for name, amount in amounts.items()},
        "IsGift": "true" if item.is_gift else "false",
        **_priced_facts(order, item),
    }


def _priced_facts(order: Order, item: OrderItem) -> Json:
    facts = item.facts
    points = facts.get("points")
    return present(
        PointsGranted=points
        and {
            "PointsNumber": points["number"],
            "PointsMonetaryValue": money(order, Decimal(points["value"])),
        },
        PromotionIds=facts.get("promotion_ids"),
        PriceDesignation="BusinessPrice" if facts.get("business_price") else None,
        TaxCollection={"Model": "MarketplaceFacilitator", "ResponsibleParty": "Amazon Services, Inc."}
        if facts.get("tax_collected")
        else None,
        DeemedResellerCategory=facts.get("deemed_reseller"),
    )


def wishes(order: Order, item: OrderItem) -> tuple[Json, Json]:
    """How it is wrapped, and what the buyer writes; only the latter is personal."""
    if order.state in PAYMENT_OPEN:
        return {}, {}
    tax = item.extras.get("gift_wrap_tax")
    wrap = present(
        GiftWrapPrice=money(order, item.gift_wrap) if item.gift_wrap else None,
        GiftWrapTax=money(order, tax) if tax else None,
        GiftWrapLevel=item.wrap_level,
    )
    if order.by_amazon:
        return wrap, {}
    url = item.facts.get("customized_url")
    customized = {"CustomizedURL": url} if url else None
    return wrap, present(GiftMessageText=item.gift_message, BuyerCustomizedInfo=customized)


def condition(item: OrderItem) -> Json:
    kind = item.facts.get("condition", "New")
    return present(
        ConditionNote=item.facts.get("condition_note"),
        ConditionId=kind,
        ConditionSubtypeId=item.facts.get("subcondition", kind),
    )


def rare(order: Order, item: OrderItem) -> Json:
    facts = item.facts
    constraints = [CONSTRAINTS[name][0] for name in facts.get("constraints", ())]
    return present(
        AssociatedItems=[
            {"OrderId": one["order"], "OrderItemId": one["item"], "AssociationType": "VALUE_ADD_SERVICE"}
            for one in facts.get("services", ())
        ],
        ScheduledDeliveryStartDate=_short(facts.get("scheduled_from")),
        ScheduledDeliveryEndDate=_short(facts.get("scheduled_to")),
        SerialNumberRequired=bool(facts.get("serial_number_required")) if order.easy_ship else None,
        IossNumber=facts.get("ioss_number"),
        StoreChainStoreId=order.store_chain_store,
        SerialNumbers=facts.get("serial_numbers") if order.by_amazon else None,
        SubstitutionPreferences=_substitution(facts.get("substitution")),
        Measurement=_measurement(facts.get("measurement")),
        ShippingConstraints=dict.fromkeys(filter(None, constraints), "MANDATORY"),
        AmazonPrograms=present(Programs=facts.get("programs")),
    )


def _short(text: str | None) -> str | None:
    return rewritten_short(text) if text else None


def _substitution(wish: dict[str, Any] | None) -> Json | None:
    if wish is None:
        return None
    options = [
        present(
            ASIN=one.get("asin"),
            QuantityOrdered=one.get("qty"),
            SellerSKU=one.get("sku"),
            Title=one.get("title"),
            Measurement=_measurement(one.get("measurement")),
        )
        for one in wish.get("options", ())
    ]
    return present(SubstitutionType=wish["type"], SubstitutionOptions=options)


def _measurement(told: dict[str, Any] | None) -> Json | None:
    return told and {"Unit": told["unit"], "Value": told["value"]}
