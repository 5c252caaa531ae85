"""What few orders have beside their usual fields, and how they were paid."""

from __future__ import annotations

from decimal import Decimal

from mock_amazon.models import Order
from mock_amazon.moments import rewritten_short
from mock_amazon.ordering.fact_words import paid_by
from mock_amazon.ordering.lifecycle import PAYMENT_OPEN
from mock_amazon.wire.present import Json, present
from mock_amazon.wire.v0.people import classifications, merchant_address
from mock_amazon.wire.v2026.taxes import INVOICED_AT


def payment(order: Order) -> Json:
    told = order.facts.get("payments", ())
    methods = [part["method"] for part in told] or [order.payment_method]
    executions = [
        present(
            Payment=money(order, Decimal(part["amount"])),
            PaymentMethod=part["method"],
            AcquirerId=part.get("acquirer"),
            CardBrand=part.get("card_brand"),
            AuthorizationCode=part.get("authorization"),
        )
        for part in told
    ]
    return present(
        PaymentExecutionDetail=None if order.state in PAYMENT_OPEN else executions,
        PaymentMethod=order.payment_method,
        PaymentMethodDetails=list(dict.fromkeys(map(paid_by, methods))),
    )


def flags(order: Order) -> Json:
    facts = order.facts
    automated = facts.get("automated_shipping", {})
    return {
        "IsGlobalExpressEnabled": bool(facts.get("global_express")),
        "IsSoldByAB": bool(facts.get("sold_by_ab")),
        "IsIBA": bool(facts.get("invoice_by_amazon")),
        "IsISPU": bool(order.in_store_pickup),
        "IsAccessPointOrder": order.to_pickup_point,
        "HasRegulatedItems": bool(order.regulated),
        "AutomatedShippingSettings": present(
            HasAutomatedShippingSettings=bool(automated),
            AutomatedCarrier=automated.get("carrier"),
            AutomatedShipMethod=automated.get("method"),
        ),
    }


def rare(order: Order) -> Json:
    facts = order.facts
    supply_source, response_due = order.supply_source, facts.get("response_due")
    return present(
        OrderChannel=facts.get("order_channel"),
        CbaDisplayableShippingLabel=facts.get("cba_label"),
        EasyShipShipmentStatus=order.easy_ship,
        ElectronicInvoiceStatus=order.electronic_invoice,
        BuyerInvoicePreference=facts.get("invoice_preference"),
        PromiseResponseDueDate=rewritten_short(response_due) if response_due else None,
        IsEstimatedShipDateSet=facts.get("ship_date_estimated"),
        DefaultShipFromLocationAddress=merchant_address(facts.get("ship_from", {})),
        FulfillmentInstruction=present(FulfillmentSupplySourceId=supply_source),
        **_marketplace(order),
    )


def _marketplace(order: Order) -> Json:
    if order.state not in INVOICED_AT:
        return {}
    taxes = classifications(order.facts.get("marketplace_taxes", ()))
    return present(
        MarketplaceTaxInfo=present(TaxClassifications=taxes), SellerDisplayName=order.facts.get("seller_name")
    )


def money(order: Order, amount: Decimal) -> Json:
    return {"CurrencyCode": order.marketplace.currency, "Amount": order.marketplace.amount(amount)}
