"""What Amazon promises the buyer: when an order is shipped and delivered, by its service level. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

DAYS = {
    "STANDARD": (2, 4, 7),
    "EXPEDITED": (1, 2, 3),
    "PRIORITY": (1, 1, 3),
    "SECOND_DAY": (1, 1, 2),
    "NEXT_DAY": (1, 1, 1),
    "SAME_DAY": (0, 0, 0),
    "SCHEDULED": (2, 4, 7),
    "FREE_ECONOMY": (3, 5, 10),
}
"""Service level: days from the purchase to the latest shipping, the earliest and the latest delivery."""


class Promised(Protocol):
    @property
    def purchase_date(self) -> datetime: ...
    @property
    def service_level(self) -> str: ...


def ship_by(order: Promised) -> tuple[datetime, datetime]:
    latest, _, _ = DAYS[order.service_level]
    return order.purchase_date, _evening(order.purchase_date, latest)


def deliver_by(order: Promised) -> tuple[datetime, datetime]:
    _, earliest, latest = DAYS[order.service_level]
    return order.purchase_date + timedelta(days=earliest), _evening(order.purchase_date, latest)


def _evening(purchase: datetime, days: int) -> datetime:
    midnight = purchase.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=days + 1, seconds=-1)
