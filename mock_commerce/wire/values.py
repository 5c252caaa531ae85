"""Values as PHP and MySQL print them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")


def number(value: Decimal) -> int | float:
    """A float as PHP prints it: 100.0 is 100."""
    return int(value) if value == value.to_integral_value() else float(value)


def plain(content: Any) -> Any:
    """What was read, as JSON can keep it."""
    if isinstance(content, list):
        return [plain(element) for element in content]
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items()}
    return number(content) if isinstance(content, Decimal) else content


def money(value: Decimal) -> str:
    """An amount as the control API and the modules write it."""
    return str(cents(value))


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def time(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def moment(text: str) -> datetime:
    """A time as clients write it, in UTC where it has no zone.

    Raises ValueError.
    """
    read = datetime.fromisoformat(text.strip())
    try:
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except OverflowError as error:  # before the first or after the last year
        raise ValueError(str(error)) from None


def without_nulls(document: dict[str, Any], required: Collection[str] = ()) -> dict[str, Any]:
    """Optional fields that are null are left out; required ones stay."""
    return {key: value for key, value in document.items() if value is not None or key in required}


def in_both_currencies(amounts: dict[str, Decimal], rate: Decimal) -> dict[str, int | float]:
    """Each amount in the order's currency, and with ``base_`` before its name in the shop's."""
    fields: dict[str, int | float] = {}
    for name, amount in amounts.items():
        fields[f"base_{name}"] = number(amount if rate == 1 else (amount / rate).quantize(Decimal("0.0001")))
        fields[name] = number(amount)
    return fields
