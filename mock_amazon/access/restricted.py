"""Restricted operations: which personal data each may show, and whose path a resource means. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

BUYER, ADDRESS, TAX = "buyerInfo", "shippingAddress", "buyerTaxInformation"
ELEMENTS = (BUYER, ADDRESS, TAX)
"""What a token may name."""
EMAIL, NAME, GIFT, REGULATED = "buyerEmail", "buyerName", "giftMessage", "regulatedInfo"
"""Data that no token names, but roles open."""
NOTHING: frozenset[str] = frozenset()

_ORDERS = "/orders/v0/orders"
_ORDER = f"{_ORDERS}/{{orderId}}"
OPERATIONS: Mapping[str, frozenset[str]] = {
    _ORDERS: NOTHING,
    _ORDER: NOTHING,
    f"{_ORDER}/orderItems": NOTHING,
    f"{_ORDER}/address": frozenset({ADDRESS}),
    f"{_ORDER}/buyerInfo": frozenset({BUYER}),
    f"{_ORDER}/orderItems/buyerInfo": frozenset({BUYER}),
    f"{_ORDER}/regulatedInfo": frozenset({REGULATED}),
}
"""GET of a path: what it shows by itself; where that is nothing, the elements have to be named."""


def fits(pattern: str, path: str) -> bool:
    """Whether the path is the pattern's, in which ``{orderId}`` stands for any one part."""
    wanted, parts = pattern.split("/"), path.split("/")
    return len(wanted) == len(parts) and all(
        part == want or (want[:1] == "{" and want[-1:] == "}" and part)
        for want, part in zip(wanted, parts, strict=True)
    )


def operation_of(method: str, path: str) -> str | None:
    """The restricted operation that a resource means, None where it is none of them."""
    return next((pattern for pattern in OPERATIONS if method == "GET" and fits(pattern, path)), None)


def elements_for(resources: Iterable[Mapping[str, Any]], method: str, path: str) -> frozenset[str] | None:
    """The personal data that a token of these resources opens there, None where it opens nothing at all."""
    opened = [each for each in resources if each["method"] == method and fits(each["path"], path)]
    if not opened:
        return None
    return frozenset(element for each in opened for element in each["elements"])
