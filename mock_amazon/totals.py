"""The amounts of an order. Pure: the same rule for the document, the state and the control API."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol


class Amounts(Protocol):
    """A line: the price is per unit, the other amounts are for the whole line; the discount is positive."""

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


def breakdown(line: Amounts) -> dict[str, Decimal]:
    """The proceeds of a line by Amazon's categories; only ITEM is always there."""
    parts = {
        "ITEM": line.unit_price * line.quantity,
        "SHIPPING": line.shipping,
        "GIFT_WRAP": line.gift_wrap,
        "TAX": line.tax,
        "DISCOUNT": -line.discount,
    }
    return {kind: amount for kind, amount in parts.items() if amount or kind == "ITEM"}


def line_total(line: Amounts, *, tax_included: bool) -> Decimal:
    """What the buyer pays for a line: where prices contain the tax, it is told but not added."""
    parts = breakdown(line)
    if tax_included:
        parts.pop("TAX", None)
    return sum(parts.values(), Decimal(0))


def order_total(lines: Iterable[Amounts], *, tax_included: bool) -> Decimal:
    return sum((line_total(line, tax_included=tax_included) for line in lines), Decimal(0))
