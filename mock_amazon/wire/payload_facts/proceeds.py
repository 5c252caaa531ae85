"""The amounts of a line out of the breakdowns of 2026-01-01, in the words of the aggregate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

_SIMPLE = {"ITEM": "item", "SHIPPING": "shipping", "GIFT_WRAP": "gift_wrap", "COD_FEE": "cod_fee"}
_TAX = {"SHIPPING": "shipping_tax", "GIFT_WRAP": "gift_wrap_tax", "DISCOUNT": "discount_tax"}
_DISCOUNT = {"SHIPPING": "shipping_discount", "COD_FEE": "cod_fee_discount"}


def amounts(breakdowns: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """All without sign: that of discounts is not documented. What no detail is about is the item's."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for part in breakdowns:
        kind, subtotal = part["type"], part["subtotal"]["amount"]
        if kind in _SIMPLE:
            found[_SIMPLE[kind]] += subtotal
        elif kind == "TAX":
            details = _details(part, _TAX)
            more = sum(details.values(), Decimal(0)) - 2 * details.get("discount_tax", Decimal(0))
            _add(found, "tax", subtotal - more, details)
        else:
            details = _details(part, _DISCOUNT)
            _add(found, "discount", abs(subtotal) - sum(details.values(), Decimal(0)), details)
    return dict(found)


def _details(part: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for detail in part["details"]:
        if detail["subtype"] in names and detail["value"]:
            found[names[detail["subtype"]]] += abs(detail["value"]["amount"])
    return dict(found)


def _add(found: defaultdict[str, Decimal], name: str, rest: Decimal, details: Mapping[str, Decimal]) -> None:
    for key, amount in {**details, name: rest}.items():
        found[key] += amount
