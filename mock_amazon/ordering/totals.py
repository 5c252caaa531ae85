"""The amounts of an order. Pure: the same rule for the document, the state and the control API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

EXTRAS = (
    *("shipping_tax", "gift_wrap_tax", "discount_tax", "shipping_discount_tax"),
    *("shipping_discount", "cod_fee", "cod_fee_discount"),
)
"""Amounts that few lines have."""
_NONE = Decimal(0)


class Amounts(Protocol):
    """A line: the price is per unit, the other amounts are for the whole line; discounts are positive."""

    @property
    def quantity(self) -> int: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def shipping(self) -> Decimal: ...
    @property
    def gift_wrap(self) -> Decimal: ...
    @property
    def tax(self) -> Decimal: ...
    @property
    def discount(self) -> Decimal: ...
    @property
    def extras(self) -> Mapping[str, Decimal]:
        """Those of ``EXTRAS`` that there are."""


def details(line: Amounts) -> dict[str, dict[str, Decimal]]:
    """What the taxes and the discounts of a line are for, by Amazon's categories."""
    more = line.extras.get
    parts = {
        "TAX": {
            "ITEM": line.tax,
            "SHIPPING": more("shipping_tax", _NONE),
            "GIFT_WRAP": more("gift_wrap_tax", _NONE),
            "DISCOUNT": -more("discount_tax", _NONE) - more("shipping_discount_tax", _NONE),
        },
        "DISCOUNT": {
            "ITEM": -line.discount,
            "SHIPPING": -more("shipping_discount", _NONE),
            "COD_FEE": -more("cod_fee_discount", _NONE),
        },
    }
    return {kind: {name: amount for name, amount in inner.items() if amount} for kind, inner in parts.items()}


def breakdown(line: Amounts) -> dict[str, Decimal]:
    """The proceeds of a line by Amazon's categories; only ITEM is always there."""
    parts = {
        "ITEM": line.unit_price * line.quantity,
        "SHIPPING": line.shipping,
        "GIFT_WRAP": line.gift_wrap,
        "COD_FEE": line.extras.get("cod_fee", _NONE),
    }
    found = {kind: amount for kind, amount in parts.items() if amount or kind == "ITEM"}
    sums = {kind: sum(inner.values(), _NONE) for kind, inner in details(line).items() if inner}
    return found | sums


def line_total(line: Amounts, *, tax_included: bool) -> Decimal:
    """What the buyer pays for a line: where prices contain the tax, it is told but not added."""
    parts = breakdown(line)
    if tax_included:
        parts.pop("TAX", None)
    return sum(parts.values(), _NONE)


def order_total(lines: Iterable[Amounts], *, tax_included: bool) -> Decimal:
    return sum((line_total(line, tax_included=tax_included) for line in lines), _NONE)
