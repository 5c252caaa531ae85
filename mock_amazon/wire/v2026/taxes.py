"""What invoices need and how it was paid: the blocks TAX and PAYMENT of an order."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from mock_amazon.models import Order
from mock_amazon.ordering.fact_words import paid_by, upper
from mock_amazon.ordering.lifecycle import PAYMENT_OPEN, Status
from mock_amazon.wire.present import Json, present

INVOICED_AT = frozenset({Status.PENDING, Status.UNSHIPPED})
"""Statuses in which Brazilian sellers are told of the marketplace's taxes."""


def tax(order: Order) -> Json:
    status = order.electronic_invoice
    return present(
        taxRegistrations=[*_buyer(order), *_marketplace(order)],
        taxInvoicing=present(
            buyerInvoicePreference=order.facts.get("invoice_preference"),
            invoiceStatus=upper(status) if status else None,
        ),
    )


def payment(order: Order, total: Decimal) -> Json:
    """Without details it is one payment of everything."""
    if order.state in PAYMENT_OPEN:
        return {}
    money = order.marketplace.money
    told = order.facts.get("payments") or [{"method": order.payment_method, "amount": str(total)}]
    return {
        "paymentExecutions": [
            present(
                paymentMethod=paid_by(part["method"]),
                paymentAmount=money(Decimal(part["amount"])),
                acquirerId=part.get("acquirer"),
                cardBrand=part.get("card_brand"),
                authorizationCode=part.get("authorization"),
            )
            for part in told
        ]
    }


def _buyer(order: Order) -> Iterable[Json]:
    if order.state in PAYMENT_OPEN:
        return
    if invoice := order.buyer_facts.get("invoice"):
        office = invoice.get("tax_office")
        yield present(
            entityType="BUYER",
            legalName=invoice.get("company"),
            taxRegistrationType="BUSINESS",
            taxRegistrationNumber=invoice.get("tax_id"),
            # v0 has the address in one text
            taxRegistrationAddress=present(addressLine1=invoice.get("address")),
            taxRegistrationAttributes=[{"key": "TAX_OFFICE", "value": office}] if office else None,
        )
    if told := order.buyer_facts.get("tax"):
        place = present(countryCode=told.get("region"))
        ids = told.get("ids") or [{}]
        yield from (
            _registration("BUYER", one, legalName=told.get("company"), taxRegistrationAddress=place)
            for one in ids
        )


def _marketplace(order: Order) -> Iterable[Json]:
    if order.state not in INVOICED_AT:
        return
    yield from (_registration("MARKETPLACE", one) for one in order.facts.get("marketplace_taxes", ()))
    if name := order.facts.get("seller_name"):
        yield {"entityType": "MERCHANT", "legalName": name}


def _registration(entity: str, tax_id: Json, **more: Any) -> Json:
    return present(
        entityType=entity,
        taxRegistrationType=tax_id.get("name"),
        taxRegistrationNumber=tax_id.get("value"),
        **more,
    )
