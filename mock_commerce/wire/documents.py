"""Shipments, invoices and credit memos as Commerce shows them; each is rendered when it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mock_commerce.config.settings import BASE_CURRENCY, RATES
from mock_commerce.models import Creditmemo, Invoice, Order, OrderItem, Shipment
from mock_commerce.wire.item import slice_of
from mock_commerce.wire.values import in_both_currencies, number, time, without_nulls

ZERO = Decimal(0)
OPEN = 1
PAID = 2
MOST_LINES = 1000
"""Lines of a document are numbered from its own number times this."""
REFUNDED = 2


@dataclass(frozen=True)
class Part:
    """Units of an order line that a document is about, and how many were done before."""

    item: OrderItem
    units: Decimal
    done: Decimal

    def worth(self, amount: Decimal) -> Decimal:
        if not self.item.is_priced:
            return ZERO
        return slice_of(amount, self.done, self.units, self.item.qty_ordered)

    @property
    def row_total(self) -> Decimal:
        return self.worth(self.item.row_total)

    @property
    def tax(self) -> Decimal:
        return self.worth(self.item.tax_amount)

    @property
    def discount(self) -> Decimal:
        return self.worth(self.item.discount_amount)


@dataclass(frozen=True)
class Sums:
    """The sums of an invoice or a credit memo."""

    parts: tuple[Part, ...]
    shipping: Decimal = ZERO
    gift_wrap: Decimal = ZERO
    adjustment: Decimal = ZERO
    fee: Decimal = ZERO
    """What is kept back of a refund; like the adjustment above zero."""
    given: Decimal | None = None
    """The total, where a caller says what it is."""

    @property
    def subtotal(self) -> Decimal:
        return sum((part.row_total for part in self.parts), ZERO)

    @property
    def tax(self) -> Decimal:
        return sum((part.tax for part in self.parts), ZERO)

    @property
    def discount(self) -> Decimal:
        return sum((part.discount for part in self.parts), ZERO)

    @property
    def total(self) -> Decimal:
        if self.given is not None:
            return self.given
        extras = self.shipping + self.gift_wrap + self.adjustment - self.fee
        return self.subtotal + self.tax - self.discount + extras

    @property
    def units(self) -> Decimal:
        return sum((part.units for part in self.parts if part.item.is_priced), ZERO)


def shipment_document(
    shipment: Shipment,
    order: Order,
    parts: Sequence[Part],
    *,
    tracks: list[dict[str, Any]],
    comments: list[dict[str, Any]],
    source: str,
) -> dict[str, Any]:
    items = [_line(shipment.entity_id, place, part) for place, part in enumerate(parts)]
    return {
        **_head(shipment, order),
        "shipping_address_id": order.entity_id * 2 - 1,
        "total_qty": number(sum((part.units for part in parts if part.item.is_shipped), ZERO)),
        "packages": [],
        "items": items,
        "tracks": tracks,
        "comments": comments,
        "extension_attributes": {"source_code": source},
    }


def invoice_document(
    invoice: Invoice, order: Order, sums: Sums, comments: list[dict[str, Any]]
) -> dict[str, Any]:
    document = _money_document(invoice, order, sums)
    return {
        **document,
        "state": invoice.state,
        "total_qty": number(sums.units),
        "items": [
            _priced_line(invoice.entity_id, place, part, order) for place, part in enumerate(sums.parts)
        ],
        "comments": comments,
    }


def creditmemo_document(
    memo: Creditmemo, order: Order, sums: Sums, comments: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        **_money_document(memo, order, sums),
        **in_both_currencies(
            {
                "adjustment": sums.adjustment - sums.fee,
                "adjustment_positive": sums.adjustment,
                "adjustment_negative": sums.fee,
            },
            _rate(order),
        ),
        "state": REFUNDED,
        "items": [
            {"base_cost": None, **_priced_line(memo.entity_id, place, part, order)}
            for place, part in enumerate(sums.parts)
        ],
        "comments": comments,
    }


def _rate(order: Order) -> Decimal:
    return RATES.get(order.currency, Decimal(1))


def _head(document: Shipment | Invoice | Creditmemo, order: Order) -> dict[str, Any]:
    head = {
        "entity_id": document.entity_id,
        "increment_id": document.increment_id,
        "order_id": order.entity_id,
        "store_id": order.store_id,
        "billing_address_id": order.entity_id * 2 if order.billing_address else None,
        "customer_id": order.customer_id,
        "created_at": time(document.created_at),
        "updated_at": time(document.updated_at),
    }
    return without_nulls(head)


def _money_document(document: Invoice | Creditmemo, order: Order, sums: Sums) -> dict[str, Any]:
    amounts = {
        "subtotal": sums.subtotal,
        "subtotal_incl_tax": sums.subtotal + sums.tax,
        "tax_amount": sums.tax,
        "discount_amount": -sums.discount if sums.discount else ZERO,
        "shipping_amount": sums.shipping,
        "shipping_incl_tax": sums.shipping,
        "shipping_tax_amount": ZERO,
        "grand_total": sums.total,
    }
    head = _head(document, order)
    head.pop("customer_id", None)
    return {
        **head,
        "shipping_address_id": order.entity_id * 2 - 1,
        "base_currency_code": BASE_CURRENCY,
        "global_currency_code": BASE_CURRENCY,
        "store_currency_code": BASE_CURRENCY,
        "order_currency_code": order.currency,
        "base_to_global_rate": 1,
        "base_to_order_rate": number(_rate(order)),
        **in_both_currencies(amounts, _rate(order)),
    }


def _line(document_id: int, place: int, part: Part) -> dict[str, Any]:
    item = part.item
    line = {
        "entity_id": document_id * MOST_LINES + place,
        "parent_id": document_id,
        "order_item_id": item.item_id,
        "product_id": item.product_id,
        "sku": item.sku,
        "name": item.name,
        "price": number(item.price),
        "qty": number(part.units),
    }
    return without_nulls(line)


def _priced_line(document_id: int, place: int, part: Part, order: Order) -> dict[str, Any]:
    amounts = {
        "price": part.item.price,
        "price_incl_tax": part.item.price_incl_tax,
        "row_total": part.row_total,
        "row_total_incl_tax": part.row_total + part.tax,
        "tax_amount": part.tax,
        "discount_amount": part.discount,
    }
    return {**_line(document_id, place, part), **in_both_currencies(amounts, _rate(order))}
