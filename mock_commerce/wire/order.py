"""The order as Commerce shows it: rendered once, whenever the order changes."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from mock_commerce.config.settings import BASE_CURRENCY, RATES
from mock_commerce.models import Order, OrderComment, Store
from mock_commerce.wire.item import item_documents
from mock_commerce.wire.values import in_both_currencies, number, time, without_nulls

ZERO = Decimal(0)
_NO_COMPENSATION = {
    "shipping_discount_tax_compensation_amount": 0,
    "base_shipping_discount_tax_compensation_amnt": 0,
}
"""The base amount's name is the vendor's own misspelling."""

REQUIRED = ("base_grand_total", "customer_email", "grand_total", "items")


def order_document(order: Order, store: Store, *, shows_null: bool = False) -> dict[str, Any]:
    """The whole wire document; ``extra`` holds what was given and no rule changes."""
    rate = rate_of(order)
    items = item_documents(order, rate)
    whole = [item for item in order.items if item.parent_item_id is None]
    extra = dict(order.extra)
    extension = extra.pop("extension_attributes", {})
    document = {
        **_head(order, store, rate),
        **in_both_currencies(_totals(order), rate),
        **_NO_COMPENSATION,
        **_progress(order, rate),
        **extra,
        "total_item_count": len(whole),
        "total_qty_ordered": number(sum((item.qty_ordered for item in whole), ZERO)),
        "items": items,
        "billing_address": _address(order, order.billing_address, "billing"),
        "payment": _payment(order, rate),
        "status_histories": [comment_document(comment) for comment in reversed(order.comments)],
        "extension_attributes": {
            "shipping_assignments": [_assignment(order, items, rate)],
            "applied_taxes": [],
            "item_applied_taxes": [],
            **extension,
        },
    }
    return without_nulls(document, (*REQUIRED, "state", "status") if shows_null else REQUIRED)


def rate_of(order: Order) -> Decimal:
    """Units of the order's currency for one of the shop's."""
    return RATES.get(order.currency, Decimal(1))


def _head(order: Order, store: Store, rate: Decimal) -> dict[str, Any]:
    return {
        "entity_id": order.entity_id,
        "increment_id": order.increment_id,
        "ext_order_id": order.ext_order_id,
        "state": order.state,
        "status": order.status,
        "hold_before_state": order.hold_before_state,
        "hold_before_status": order.hold_before_status,
        "store_id": order.store_id,
        "store_name": store.full_name,
        "protect_code": hashlib.sha256(f"{order.store_id}/{order.increment_id}".encode()).hexdigest()[:32],
        "is_virtual": int(order.is_virtual),
        "created_at": time(order.created_at),
        "updated_at": time(order.updated_at),
        "customer_id": order.customer_id,
        "customer_is_guest": int(order.customer_id is None),
        "customer_group_id": 0 if order.customer_id is None else 1,
        "customer_email": order.customer_email,
        "billing_address_id": order.entity_id * 2 if order.billing_address else None,
        "base_currency_code": BASE_CURRENCY,
        "global_currency_code": BASE_CURRENCY,
        "store_currency_code": BASE_CURRENCY,
        "order_currency_code": order.currency,
        "base_to_global_rate": 1,
        "base_to_order_rate": number(rate),
        "store_to_base_rate": 0,
        "store_to_order_rate": 0,
    }


def _totals(order: Order) -> dict[str, Decimal]:
    with_tax = sum((item.row_total_incl_tax for item in order.items if item.is_priced), ZERO)
    return {
        "subtotal": order.subtotal,
        "subtotal_incl_tax": with_tax,
        "discount_amount": -order.discount_amount if order.discount_amount else ZERO,
        "discount_tax_compensation_amount": ZERO,
        "shipping_amount": order.shipping_amount,
        "shipping_incl_tax": order.shipping_amount,
        "shipping_tax_amount": ZERO,
        "shipping_discount_amount": ZERO,
        "tax_amount": order.tax_amount,
        "grand_total": order.grand_total,
        "total_due": order.grand_total - order.total_paid,
    }


def _progress(order: Order, rate: Decimal) -> dict[str, int | float]:
    """Amounts that are null, and so left out, until something was invoiced, refunded or cancelled."""
    amounts = {
        "total_paid": order.total_paid,
        "total_invoiced": order.total_paid,
        "total_refunded": order.total_refunded,
        "total_offline_refunded": order.total_refunded,
        "shipping_refunded": order.shipping_refunded,
        "total_canceled": order.grand_total - order.total_paid if _is_cancelled(order) else ZERO,
    }
    return in_both_currencies({name: amount for name, amount in amounts.items() if amount}, rate)


def _is_cancelled(order: Order) -> bool:
    """Cancelling takes all that is open, and with it the money that was not paid."""
    return order.state == "canceled" or any(item.qty_canceled for item in order.items)


def _payment(order: Order, rate: Decimal) -> dict[str, Any]:
    amounts = {"amount_ordered": order.grand_total, "shipping_amount": order.shipping_amount}
    if order.total_paid:
        amounts["amount_paid"] = order.total_paid
    if order.total_refunded:
        amounts["amount_refunded"] = order.total_refunded
    return {
        "entity_id": order.entity_id,
        "parent_id": order.entity_id,
        "account_status": None,
        "additional_information": [],
        "cc_last4": None,
        "method": "",
        **order.payment,
        **in_both_currencies(amounts, rate),
    }


def _address(order: Order, address: dict[str, Any] | None, kind: str) -> dict[str, Any] | None:
    if address is None:
        return None
    return {
        "entity_id": order.entity_id * 2 - (kind == "shipping"),
        "parent_id": order.entity_id,
        "address_type": kind,
        **dict.fromkeys(("firstname", "lastname", "city", "postcode", "country_id", "telephone")),
        **address,
    }


def address_document(order: Order, kind: str) -> dict[str, Any]:
    """The billing or the shipping address; the order has it."""
    address = order.billing_address if kind == "billing" else order.shipping_address
    return _address(order, address or {}, kind) or {}


def _assignment(order: Order, items: list[dict[str, Any]], rate: Decimal) -> dict[str, Any]:
    total = {
        "shipping_amount": order.shipping_amount,
        "shipping_discount_amount": ZERO,
        "shipping_incl_tax": order.shipping_amount,
        "shipping_tax_amount": ZERO,
    }
    shipping = {
        "address": _address(order, order.shipping_address, "shipping"),
        "method": order.shipping_method,
        "total": {**in_both_currencies(total, rate), **_NO_COMPENSATION},
    }
    return {"shipping": without_nulls(shipping), "items": items}


def comment_document(comment: OrderComment) -> dict[str, Any]:
    document = {
        "comment": comment.comment,
        "created_at": time(comment.created_at),
        "entity_id": comment.entity_id,
        "entity_name": "order",
        "is_customer_notified": comment.is_customer_notified,
        "is_visible_on_front": comment.is_visible_on_front,
        "parent_id": comment.order_id,
        "status": comment.status,
    }
    return without_nulls(document, ("comment", "is_customer_notified", "is_visible_on_front", "parent_id"))
