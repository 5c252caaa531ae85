"""Whether an order is to be in the table, and whether it is to have a Commerce order now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connector.domain.order import Order
from connector.domain.statuses import processable


@dataclass(frozen=True)
class Ignored:
    """Older than the store's integration: neither in the table nor in Commerce (T-20, T-25)."""


@dataclass(frozen=True)
class Cancelled:
    """Cancelled before a Commerce order existed: it never gets one (L-14, L-22)."""


@dataclass(frozen=True)
class Waiting:
    """In the table, but not to be created (yet)."""


@dataclass(frozen=True)
class Due:
    """To be created, if nothing blocks it."""


Decision = Ignored | Cancelled | Waiting | Due


def decide(order: Order, connected_at: datetime, *, imports: bool) -> Decision:
    """What is to happen with an order that has no Commerce order.

    The cut-off compares the purchase date; a tie is in (T-23, T-24). With import off nothing is due (S-01).
    """
    if order.purchased_at < connected_at:
        return Ignored()
    if order.cancelled:
        return Cancelled()
    if imports and processable(order.status, by_amazon=order.by_amazon):
        return Due()
    return Waiting()
