"""Amazon's times: whole milliseconds, written with them and with Z."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from simkit.simulation import simulation

_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")


def whole_milliseconds(time: datetime) -> datetime:
    # What a client reads is what it asks with later: nothing may hide behind the last digit.
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def now() -> datetime:
    return whole_milliseconds(simulation().now())


def written(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def written_short(time: datetime) -> str:
    """As Orders v0 writes times: to the second, what is left over is cut off."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: str) -> datetime | None:
    """An ISO 8601 time with zone, in UTC; None where it is not one (a raw ``+`` arrives as a blank)."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def rewritten_short(text: str) -> str:
    """A time that ``written`` wrote, as Orders v0 writes it."""
    return written_short(datetime.fromisoformat(text))
