"""What few order items have, by the blocks in which 2026-01-01 tells it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mock_amazon.models import Order, OrderItem
from mock_amazon.ordering.fact_words import CONSTRAINTS, SHIP_PLUS, upper
from mock_amazon.wire.present import Json, present


def programs(item: OrderItem) -> list[str]:
    told = [name for name in item.facts.get("programs", ()) if name != SHIP_PLUS]  # that is of the order
    return ["TRANSPARENCY", *told] if item.facts.get("transparency") else told


def services(item: OrderItem) -> list[Json]:
    return [
        {"orderId": one["order"], "orderItemId": one["item"], "associationType": "VALUE_ADD_SERVICE"}
        for one in item.facts.get("services", ())
    ]


def condition(item: OrderItem) -> Json:
    kind = item.facts.get("condition", "New")
    return present(
        conditionType=upper(kind),
        conditionSubtype=upper(item.facts.get("subcondition", kind)),
        conditionNote=item.facts.get("condition_note"),
    )


def price(order: Order, item: OrderItem) -> Json:
    special = "BUSINESS_PRICE" if item.facts.get("business_price") else None
    return present(unitPrice=order.marketplace.money(item.unit_price), priceDesignation=special)


def serial_numbers(order: Order, item: OrderItem) -> list[str] | None:
    return item.facts.get("serial_numbers") if order.by_amazon else None


def customization(order: Order, item: OrderItem) -> Json:
    return {} if order.by_amazon else present(customizedUrl=item.facts.get("customized_url"))


def expense(order: Order, item: OrderItem) -> Json:
    points = item.facts.get("points")
    if points is None:
        return {}
    value = order.marketplace.money(Decimal(points["value"]))
    granted = {"pointsNumber": points["number"], "pointsMonetaryValue": value}
    return {"pointsCost": {"pointsGranted": granted}}


def promotion(item: OrderItem) -> Json:
    return present(breakdowns=[{"promotionId": one} for one in item.facts.get("promotion_ids", ())])


def tax(item: OrderItem) -> Json:
    scheme = item.facts.get("deemed_reseller")
    collected = {"model": "MARKETPLACE_FACILITATOR", "responsibleParty": "Amazon Services, Inc."}
    return present(
        taxCalculationBreakdowns=[{"reportingScheme": scheme}] if scheme else None,
        taxCollections=[collected] if item.facts.get("tax_collected") else None,
    )


def picking(item: OrderItem) -> Json:
    wish = item.facts.get("substitution")
    if wish is None:
        return {}
    options = [
        present(
            asin=one.get("asin"),
            quantityOrdered=one.get("qty"),
            sellerSku=one.get("sku"),
            title=one.get("title"),
            measurement=one.get("measurement"),
        )
        for one in wish.get("options", ())
    ]
    preference = present(substitutionType=wish["type"], substitutionOptions=options)
    return {"substitutionPreference": preference}


def packing(order: Order, item: OrderItem, *, paid: bool) -> Json:
    needed = order.easy_ship and item.facts.get("serial_number_required")
    found = {"serialNumberRequirement": {"requirementType": "REQUIRED"}} if needed else {}
    if paid and item.is_gift:
        found["giftOption"] = present(
            giftMessage=None if order.by_amazon else item.gift_message,
            giftWrapLevel=item.wrap_level,
        )
    return found


def shipping(item: OrderItem) -> Json:
    facts: Mapping[str, Any] = item.facts
    window = present(earliestDateTime=facts.get("scheduled_from"), latestDateTime=facts.get("scheduled_to"))
    constraints = {CONSTRAINTS[name][1]: "MANDATORY" for name in facts.get("constraints", ())}
    return present(
        scheduledDeliveryWindow=window,
        shippingConstraints=constraints,
        internationalShipping=present(iossNumber=facts.get("ioss_number")),
    )
