"""How the Admin writes money, times, quantities, names and statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from mock_commerce.config.settings import BASE_CURRENCY, RATES, current
from mock_commerce.sales.lifecycle import Line
from mock_commerce.wire.values import moment as read_moment

_SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "MXN": "MX$", "AUD": "A$", "BRL": "R$", "INR": "₹",
    "JPY": "¥",
}  # fmt: skip
STATUS_LABELS = {
    "pending_payment": "Pending Payment",
    "holded": "On Hold",
    "payment_review": "Payment Review",
    "fraud": "Suspected Fraud",
}
INVOICE_STATES = {1: "Pending", 2: "Paid", 3: "Canceled"}
CREDITMEMO_STATES = {1: "Pending", 2: "Refunded", 3: "Canceled"}
TYPE_LABELS = {
    "simple": "Simple Product",
    "virtual": "Virtual Product",
    "configurable": "Configurable Product",
    "bundle": "Bundle Product",
}


def money(amount: Decimal | float, currency: str = BASE_CURRENCY) -> str:
    """An amount with its currency's sign, or its code where it has none here."""
    value = Decimal(str(amount))
    return f"{'-' if value < 0 else ''}{_SYMBOLS.get(currency, f'{currency} ')}{abs(value):,.2f}"


def in_base(amount: Decimal, currency: str) -> str:
    """The amount of an order in the shop's own currency."""
    return money(amount / RATES.get(currency, Decimal(1)))


def moment(value: datetime | str, zone: str = "UTC") -> str:
    """A time, or that of a document, as the grids show it: ``Jan 2, 2026 3:04:05 AM``."""
    utc = read_moment(value) if isinstance(value, str) else value
    local = utc.astimezone(ZoneInfo(zone))
    return f"{local:%b} {local.day}, {local.year} {local.hour % 12 or 12}:{local:%M:%S %p}"


def local_moment(value: datetime | str) -> str:
    """The same where the shop is."""
    return moment(value, current().timezone)


def quantity(value: Decimal | float) -> str:
    return f"{Decimal(str(value)).normalize():f}"


def status(code: str | None) -> str:
    """The label of a status; a merchant's own is named after its code."""
    return STATUS_LABELS.get(code or "", (code or "").replace("_", " ").title())


def person(address: Mapping[str, Any] | None) -> str:
    given = address or {}
    return " ".join(str(given[key]) for key in ("firstname", "lastname") if given.get(key))


def address_lines(address: Mapping[str, Any] | None) -> list[str]:
    """An address as it stands on a parcel; parts that a client left out are no lines."""
    given = address or {}
    street = given.get("street") or []
    region = given.get("region")
    if isinstance(region, dict):  # in address books it is an object
        region = region.get("region") or region.get("region_code")
    town = ", ".join(str(part) for part in (given.get("city"), region, given.get("postcode")) if part)
    phone = given.get("telephone")
    lines = [person(given), given.get("company"), *(street if isinstance(street, list) else [street])]
    return [str(line) for line in (*lines, town, given.get("country_id"), phone and f"T: {phone}") if line]


def item_status(line: Line) -> str:
    """Commerce's word for where the units of a line are."""
    expected = line.ordered - line.canceled - line.refunded
    if not any((line.invoiced, line.shipped, line.refunded, line.canceled)):
        return "Ordered"
    if line.shipped and line.invoiced and expected == line.shipped:
        return "Shipped"
    if line.invoiced and not line.shipped and expected == line.invoiced:
        return "Invoiced"
    if line.refunded and line.refunded == line.ordered:
        return "Refunded"
    if line.canceled and line.canceled == line.ordered:
        return "Canceled"
    return "Partial" if max(line.shipped, line.invoiced) < expected else "Mixed"


FILTERS: dict[str, Callable[..., Any]] = {
    "money": money,
    "in_base": in_base,
    "moment": local_moment,
    "quantity": quantity,
    "status": status,
    "person": person,
    "address_lines": address_lines,
}
