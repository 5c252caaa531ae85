"""Times and durations as people write them: ``2026-03-01T09:00:00Z``, ``-2d``, ``10m``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])")


class UnreadableTime(ValueError):
    """A time or a duration that cannot be read; the message says what is allowed."""


def parse_duration(text: object) -> timedelta:
    """Read ``45s``, ``10m``, ``2h`` or ``3d``.

    Raises UnreadableTime.
    """
    match = _DURATION.fullmatch(str(text).strip())
    if match is None:
        raise UnreadableTime(f"{text!r} is not a duration: write 45s, 10m, 2h or 3d")
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError:
        raise UnreadableTime(f"{text!r} is too long for a duration") from None


def parse_time(text: object, now: datetime) -> datetime:
    """Read an ISO 8601 time with zone, ``now``, or one relative to ``now`` (``-2d``, ``+10m``); answers UTC.

    Raises UnreadableTime.
    """
    written = str(text).strip()
    if written == "now":
        return now
    if written[:1] in {"-", "+"} and written[1:2].isdigit():
        duration = parse_duration(written[1:])
        try:
            return now - duration if written[0] == "-" else now + duration
        except OverflowError:
            raise UnreadableTime(f"{text!r} leads out of the calendar") from None
    try:
        time = datetime.fromisoformat(written)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise UnreadableTime(
            f"{text!r} is not a time: write ISO 8601 with a zone (2026-03-01T09:00:00Z) "
            "or relative to the clock (-2d)"
        )
    return time.astimezone(UTC)


def iso(time: datetime) -> str:
    """ISO 8601 in UTC with ``Z``; microseconds only where there are any."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")
