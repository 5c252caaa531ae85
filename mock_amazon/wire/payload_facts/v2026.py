"""The rare facts of answers of Orders 2026-01-01."""

from __future__ import annotations

from typing import Any

from mock_amazon.ordering import fact_words as words
from mock_amazon.wire.payload_facts.reading import at, clock, measurement, objects, small
from mock_amazon.wire.present import Json, present

ORDER_KEYS = ("orderAliases", "tax", "payment", "fulfillmentOrders")
"""Fields of an order that are read here."""
ITEM_KEYS = ("measurement", "associatedOrderItems", "programs", "expense", "promotion", "tax")
"""Fields of an item that are read here."""
_PAID_BY = {words.paid_by(payment): payment for payment in words.PAYMENTS}


def order_facts(order: Json) -> Json:
    programs = order.get("programs") or []
    aliases = [one for one in objects(order.get("orderAliases")) if one.get("aliasType") == "SELLER_ORDER_ID"]
    kinds = [one.get("associationType") for one in objects(order.get("associatedOrders"))]
    invoicing, packages = at(order, "tax", "taxInvoicing"), objects(order.get("packages"))
    detailed = [at(one, "packageStatus", "detailedStatus") for one in packages]
    return present(
        seller_order_id=next((one.get("aliasId") for one in aliases), None),
        exchange="EXCHANGE_ORIGINAL_ID" in kinds or None,
        order_type="Preorder" if "PREORDER" in programs else None,
        programs=[name for name in programs if name in words.ORDER_PROGRAMS],
        invoice_by_amazon="INVOICE_BY_AMAZON" in programs or None,
        in_store_pickup="IN_STORE_PICK_UP" in programs or None,
        **_payments(order),
        easy_ship=next((small(word, words.EASY_SHIP) for word in detailed if word), None),
        electronic_invoice=small(at(invoicing, "invoiceStatus"), words.INVOICES),
        invoice_preference=at(invoicing, "buyerInvoicePreference"),
        ship_from=next(
            (_address(one["shipFromAddress"]) for one in packages if "shipFromAddress" in one), None
        ),
        marketplace_taxes=_tax_ids(_registrations(order, "MARKETPLACE")),
        seller_name=next((one.get("legalName") for one in _registrations(order, "MERCHANT")), None),
        delivery=_delivery(at(order, "recipient", "deliveryPreference")),
        labels_from=at(order, "fulfillment", "labelPrintingWindow", "earliestDateTime"),
        fulfillment_orders=[one.get("fulfillmentOrderId") for one in objects(order.get("fulfillmentOrders"))],
    )


def buyer_facts(order: Json) -> Json:
    buyer = order.get("buyer")
    registrations = _registrations(order, "BUYER")
    business = [one for one in registrations if one.get("taxRegistrationType") == "BUSINESS"]
    others = [one for one in registrations if one not in business]
    invoice = business[0] if business else {}
    attributes = objects(invoice.get("taxRegistrationAttributes"))
    return present(
        company=at(buyer, "buyerCompanyName"),
        purchase_order=at(buyer, "buyerPurchaseOrderNumber"),
        tax=present(
            company=next((one["legalName"] for one in others if "legalName" in one), None),
            region=next((at(one, "taxRegistrationAddress", "countryCode") for one in others), None),
            ids=_tax_ids(others),
        ),
        invoice=present(
            company=invoice.get("legalName"),
            address=_in_one_text(invoice.get("taxRegistrationAddress")),
            tax_id=invoice.get("taxRegistrationNumber"),
            tax_office=next((one.get("value") for one in attributes if one.get("key") == "TAX_OFFICE"), None),
        ),
    )


def line_facts(item: Json) -> Json:
    product, fulfillment = item.get("product"), item.get("fulfillment")
    points = at(item, "expense", "pointsCost", "pointsGranted")
    programs, packing = item.get("programs") or [], at(fulfillment, "packing")
    shipping, wish = at(fulfillment, "shipping"), at(fulfillment, "picking", "substitutionPreference")
    constraints = {theirs: ours for ours, (_, theirs) in words.CONSTRAINTS.items()}
    condition = at(product, "condition")
    schemes = objects(at(item, "tax", "taxCalculationBreakdowns"))
    return present(
        condition=small(at(condition, "conditionType"), words.CONDITIONS),
        subcondition=small(at(condition, "conditionSubtype"), words.SUBCONDITIONS),
        condition_note=at(condition, "conditionNote"),
        points=points
        and {"number": at(points, "pointsNumber"), "value": at(points, "pointsMonetaryValue", "amount")},
        scheduled_from=at(shipping, "scheduledDeliveryWindow", "earliestDateTime"),
        scheduled_to=at(shipping, "scheduledDeliveryWindow", "latestDateTime"),
        business_price=at(product, "price", "priceDesignation") == "BUSINESS_PRICE" or None,
        tax_collected=bool(at(item, "tax", "taxCollections")) or None,
        deemed_reseller=next((one.get("reportingScheme") for one in schemes), None),
        ioss_number=at(shipping, "internationalShipping", "iossNumber"),
        serial_number_required=bool(at(packing, "serialNumberRequirement")) or None,
        serial_numbers=at(product, "serialNumbers"),
        transparency="TRANSPARENCY" in programs or None,
        programs=[name for name in programs if name in words.ITEM_PROGRAMS],
        customized_url=at(product, "customization", "customizedUrl"),
        gift_wrap_level=at(packing, "giftOption", "giftWrapLevel"),
        measurement=measurement(item.get("measurement"), "unit", "value"),
        substitution=wish and _substitution(wish),
        constraints=[constraints.get(name, name) for name in at(shipping, "shippingConstraints") or ()],
        services=[
            present(order=one.get("orderId"), item=one.get("orderItemId"))
            for one in objects(item.get("associatedOrderItems"))
        ],
    )


def promotion_ids(item: Json) -> list[Any]:
    return [
        one["promotionId"] for one in objects(at(item, "promotion", "breakdowns")) if "promotionId" in one
    ]


def _registrations(order: Json, entity: str) -> list[Json]:
    told = objects(at(order, "tax", "taxRegistrations"))
    return [one for one in told if one.get("entityType") == entity]


def _tax_ids(registrations: list[Json]) -> list[Json]:
    pairs = [(one.get("taxRegistrationType"), one.get("taxRegistrationNumber")) for one in registrations]
    return [{"name": name, "value": value} for name, value in pairs if name and value]


def _payments(order: Json) -> Json:
    """One payment of everything by what has no name of its own is as good as none told."""
    executions = objects(at(order, "payment", "paymentExecutions"))
    told = [
        present(
            method=_PAID_BY.get(str(one.get("paymentMethod")), "Other"),
            amount=at(one, "paymentAmount", "amount"),
            acquirer=one.get("acquirerId"),
            card_brand=one.get("cardBrand"),
            authorization=one.get("authorizationCode"),
        )
        for one in executions
    ]
    everything = {"amount": at(order, "proceeds", "grandTotal", "amount")}
    for method in words.PAYMENT_METHODS:
        if told == [{"method": method, **everything}]:
            return {"payment_method": method} if method != "Other" else {}
    return {"payments": told}


def _address(address: Any) -> Json:
    keys = {f"line{number}": f"addressLine{number}" for number in (1, 2, 3)}
    keys |= {"name": "name", "city": "city", "district": "districtOrCounty", "municipality": "municipality"}
    keys |= {"region": "stateOrRegion", "postal_code": "postalCode", "country": "countryCode"}
    return present(**{ours: at(address, theirs) for ours, theirs in keys.items()})


def _in_one_text(address: Any) -> str:
    """v0 has it so: the lines, the city and its code."""
    keys = ("addressLine1", "addressLine2", "addressLine3", "postalCode", "city", "stateOrRegion")
    return ", ".join(part for key in keys if isinstance(part := at(address, key), str) and part)


def _delivery(told: Any) -> Json:
    hours = [
        {"day": one.get("dayOfWeek"), **window}
        for one in objects(at(told, "deliveryTime", "businessHours"))
        for window in _windows(one)
    ]
    exceptions = [
        present(date=one.get("exceptionDate"), windows=_windows(one))
        for one in objects(at(told, "deliveryTime", "exceptionDates"))
    ]
    return present(
        drop_off=at(told, "dropOffLocation"),
        instructions=at(told, "addressInstruction"),
        capabilities=at(told, "deliveryCapabilities"),
        hours=hours,
        exceptions=exceptions,
    )


def _windows(day: Json) -> list[Json]:
    return [
        {
            "opens": clock(one.get("startTime"), "hour", "minute"),
            "closes": clock(one.get("endTime"), "hour", "minute"),
        }
        for one in objects(day.get("timeWindows"))
    ]


def _substitution(wish: Json) -> Json:
    options = [
        present(
            asin=one.get("asin"),
            sku=one.get("sellerSku"),
            title=one.get("title"),
            qty=one.get("quantityOrdered"),
            measurement=measurement(one.get("measurement"), "unit", "value"),
        )
        for one in objects(at(wish, "substitutionOptions"))
    ]
    return present(type=at(wish, "substitutionType"), options=options)
