"""What a cart costs. There is no tax and no price rule: a shop without them is what is imitated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mock_commerce.carts import lines as cart_lines
from mock_commerce.config import methods
from mock_commerce.config.settings import BASE_CURRENCY, current
from mock_commerce.models import Cart, CartItem
from mock_commerce.sales.lines import Line, physical_units
from mock_commerce.wire.values import in_both_currencies, number

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Totals:
    """The lines that are bought, and the rate of the chosen way to ship, if it is offered."""

    rows: Sequence[tuple[CartItem, Line]]
    rate: methods.Rate | None

    @property
    def subtotal(self) -> Decimal:
        return sum((line.price * line.quantity for _, line in self.rows), ZERO)

    @property
    def freight(self) -> Decimal:
        return ZERO if self.rate is None else self.rate.amount

    @property
    def grand_total(self) -> Decimal:
        return self.subtotal + self.freight


def rates(cart: Cart) -> list[methods.Rate]:
    """The ways to ship what is in the cart; none for a virtual or an empty one."""
    units = physical_units(cart_lines.lines_of(cart))
    return methods.rates(current().shipping_methods, units) if units else []


def totals_of(cart: Cart, method: str | None = None) -> Totals:
    """With the cart's own way to ship, unless another is tried."""
    wanted = method or cart.shipping_method
    rate = next((rate for rate in rates(cart) if rate.code == wanted), None)
    return Totals(cart_lines.visible(cart), rate)


def payment_methods(cart: Cart) -> list[methods.PaymentMethod]:
    """What the cart may be paid with."""
    return methods.payment_methods(current().payment_methods, totals_of(cart).grand_total)


def document(totals: Totals) -> dict[str, Any]:
    """The totals on the wire."""
    amounts = {
        "grand_total": totals.grand_total,
        "subtotal": totals.subtotal,
        "discount_amount": ZERO,
        "subtotal_with_discount": totals.subtotal,
        "shipping_amount": totals.freight,
        "shipping_discount_amount": ZERO,
        "tax_amount": ZERO,
        "shipping_tax_amount": ZERO,
        "subtotal_incl_tax": totals.subtotal,
        "shipping_incl_tax": totals.freight,
    }
    return {
        **in_both_currencies(amounts, ONE),
        "weee_tax_applied_amount": None,
        "base_currency_code": BASE_CURRENCY,
        "quote_currency_code": BASE_CURRENCY,
        "items_qty": number(sum((line.quantity for _, line in totals.rows), ZERO)),
        "items": [_row(item, line) for item, line in totals.rows],
        "total_segments": _segments(totals),
    }


def _row(item: CartItem, line: Line) -> dict[str, Any]:
    row = line.price * line.quantity
    amounts = {
        "price": line.price,
        "row_total": row,
        "tax_amount": ZERO,
        "discount_amount": ZERO,
        "price_incl_tax": line.price,
        "row_total_incl_tax": row,
    }
    return {
        "item_id": item.item_id,
        "qty": number(line.quantity),
        **in_both_currencies(amounts, ONE),
        "row_total_with_discount": number(row),
        "tax_percent": 0,
        "discount_percent": 0,
        "options": "[]",
        "weee_tax_applied_amount": None,
        "weee_tax_applied": None,
        "name": line.product.name,
    }


def _segments(totals: Totals) -> list[dict[str, Any]]:
    segments: list[dict[str, Any]] = [
        {"code": "subtotal", "title": "Subtotal", "value": number(totals.subtotal)}
    ]
    if totals.rate is not None:
        title = f"Shipping & Handling ({totals.rate.description})"
        segments.append({"code": "shipping", "title": title, "value": number(totals.freight)})
    tax: dict[str, Any] = {"tax_grandtotal_details": []}
    return [
        *segments,
        {"code": "tax", "title": "Tax", "value": 0, "extension_attributes": tax},
        {
            "code": "grand_total",
            "title": "Grand Total",
            "value": number(totals.grand_total),
            "area": "footer",
        },
    ]
