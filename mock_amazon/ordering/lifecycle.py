"""What may happen to an order: statuses, which may follow which, what a package does to them. Pure.

Statuses are spelled as Orders v0 spells them; quantities are ``{order item id: units}``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

Quantities = Mapping[str, int]


class Channel(StrEnum):
    """Who ships: the merchant or Amazon."""

    MFN = "MFN"
    AFN = "AFN"


class Status(StrEnum):
    """The order statuses of Orders v0."""

    PENDING_AVAILABILITY = "PendingAvailability"
    PENDING = "Pending"
    UNSHIPPED = "Unshipped"
    PARTIALLY_SHIPPED = "PartiallyShipped"
    SHIPPED = "Shipped"
    CANCELED = "Canceled"
    UNFULFILLABLE = "Unfulfillable"
    INVOICE_UNCONFIRMED = "InvoiceUnconfirmed"


_S = Status

FOLLOWERS: Mapping[Status, frozenset[Status]] = {
    _S.PENDING_AVAILABILITY: frozenset({_S.PENDING, _S.CANCELED}),
    _S.PENDING: frozenset({_S.UNSHIPPED, _S.CANCELED}),
    _S.UNSHIPPED: frozenset({_S.PARTIALLY_SHIPPED, _S.SHIPPED, _S.CANCELED}),
    _S.PARTIALLY_SHIPPED: frozenset({_S.PARTIALLY_SHIPPED, _S.SHIPPED, _S.CANCELED}),
    _S.SHIPPED: frozenset(),
    _S.CANCELED: frozenset(),
    _S.UNFULFILLABLE: frozenset(),
    _S.INVOICE_UNCONFIRMED: frozenset({_S.SHIPPED}),
}
"""Which statuses may follow which, after one another."""

PAYMENT_OPEN = frozenset({_S.PENDING_AVAILABILITY, _S.PENDING})
DELIVERABLE = frozenset({_S.UNSHIPPED, _S.PARTIALLY_SHIPPED, _S.SHIPPED, _S.INVOICE_UNCONFIRMED})
"""Statuses that show where the goods go."""

PLACEABLE = (_S.PENDING_AVAILABILITY, _S.PENDING, _S.UNSHIPPED, _S.SHIPPED, _S.CANCELED)
"""Statuses that an order can be placed with: those that need no further word about its lines."""


class CancelledBy(StrEnum):
    """Who cancels, in the words of Orders 2026-01-01."""

    BUYER = "BUYER"
    MERCHANT = "MERCHANT"
    AMAZON = "AMAZON"


class NotAllowed(Exception):
    """The order's state forbids it; the message names the status and what would be allowed."""


class UnknownItem(NotAllowed):
    """A package names an item that the order does not have."""

    def __init__(self, item_id: str) -> None:
        super().__init__(f"OrderItemId {item_id} is not of this order")
        self.item_id = item_id


class TooMany(NotAllowed):
    """A package holds more units of an item than are left to ship."""

    def __init__(self, item_id: str, wanted: int, left: int) -> None:
        super().__init__(f"{wanted} units of OrderItemId {item_id} cannot be shipped: {left} left")
        self.item_id, self.wanted, self.left = item_id, wanted, left


class AlreadyFulfilled(NotAllowed):
    """The order is shipped: its packages may be corrected, but neither added nor emptied."""


def check_follows(status: Status, following: Status) -> None:
    if following not in FOLLOWERS[status]:
        allowed = ", ".join(sorted(FOLLOWERS[status])) or "nothing"
        raise NotAllowed(f"an order that is {status} cannot become {following}: {allowed} may follow")


def after_payment(status: Status) -> Status:
    """The status when the payment goes on by a step: available, then authorised."""
    if status not in PAYMENT_OPEN:
        allowed = ", ".join(sorted(PAYMENT_OPEN))
        raise NotAllowed(f"an order that is {status} cannot be confirmed: only {allowed}")
    return Status.PENDING if status is Status.PENDING_AVAILABILITY else Status.UNSHIPPED


def shipped_quantities(packages: Iterable[Quantities]) -> Counter[str]:
    total: Counter[str] = Counter()
    for contents in packages:
        total.update(contents)
    return total


def left_quantities(ordered: Quantities, packages: Iterable[Quantities]) -> dict[str, int]:
    """What is left to ship, of the items that have something left."""
    shipped = shipped_quantities(packages)
    return {item: units - shipped[item] for item, units in ordered.items() if units > shipped[item]}


def after_package(
    status: Status,
    ordered: Quantities,
    packages: Mapping[str, Quantities],
    reference: str,
    contents: Quantities,
) -> Status:
    """The status when that package is there; the same reference again replaces the package.

    Raises NotAllowed, UnknownItem, TooMany or AlreadyFulfilled.
    """
    others = [kept for key, kept in packages.items() if key != reference]
    if status is Status.SHIPPED and reference not in packages:
        raise AlreadyFulfilled(f"the order is {status}: package {reference} cannot be added")
    left = left_quantities(ordered, others)
    for item, units in contents.items():
        if item not in ordered:
            raise UnknownItem(item)
        if units > left.get(item, 0):
            raise TooMany(item, units, left.get(item, 0))
    complete = not left_quantities(ordered, [*others, contents])
    following = Status.SHIPPED if complete else Status.PARTIALLY_SHIPPED
    if status is not Status.SHIPPED:
        check_follows(status, following)
    elif not complete:
        raise AlreadyFulfilled(f"the order is {status}: package {reference} cannot give units back")
    return following
