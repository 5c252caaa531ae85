"""How dates, amounts and statuses look to a person (V-36, X-31). Nothing is stored in this form."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from flask import Flask

from connector.domain.statuses import Phase

_SIGNS = {"USD": "$", "CAD": "CA$", "MXN": "MX$", "GBP": "£", "EUR": "€"}
_WHOLE = frozenset({"JPY"})
_DOTS = {
    # the colours of the sales channel's own pictures (2.1)
    "Shipped": "blue",
    "Completed": "blue",
    "Unshipped": "yellow",
    "PartiallyShipped": "yellow",
    "Error": "orange",
}
_PHASES = {
    Phase.SEEN: "Received",
    Phase.WAITING: "Received, no Commerce order yet",
    Phase.DUE: "To be imported at the next sync",
    Phase.BLOCKED: "Blocked",
    Phase.PLACING: "Being placed in Commerce",
    Phase.IMPORTED: "Imported",
    Phase.PARTLY_SHIPPED: "Partly shipped",
    Phase.SHIPPED: "Shipped, to be completed at the next sync",
    Phase.COMPLETED: "Completed",
    Phase.CANCELLED_BEFORE_IMPORT: "Canceled before it was imported",
    Phase.CANCELLED: "Canceled",
    Phase.CANCEL_CONFLICT: "Canceled at Amazon, but not in Commerce: a person has to decide",
    Phase.IGNORED: "Older than the store's integration",
    Phase.NEEDS_ATTENTION: "Needs attention",
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(day=day, moment=moment, money=money, dot=dot, phase=phase)


def day(time: datetime) -> str:
    utc = time.astimezone(UTC)
    return f"{utc:%b} {utc.day}, {utc.year}"


def moment(time: datetime | None) -> str:
    """A time of day in UTC; a dash where there is none."""
    if time is None:
        return "—"
    utc = time.astimezone(UTC)
    return f"{day(utc)}, {utc.hour % 12 or 12}:{utc:%M %p} UTC"


def money(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency; nothing while Amazon tells no price (L-04)."""
    if amount is None:
        return ""
    digits = f"{amount:,.0f}" if currency in _WHOLE else f"{amount:,.2f}"
    return f"{_SIGNS.get(currency, currency)} {digits}".strip()


def dot(status: str | None) -> str:
    """The colour of a status' dot."""
    return _DOTS.get(status or "", "grey")


def phase(word: str) -> str:
    """Where an order is on its way, in words."""
    return _PHASES[Phase(word)]
