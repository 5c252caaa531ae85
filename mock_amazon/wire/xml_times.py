"""Times as XML schemas and flat files write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from mock_amazon.moments import whole_milliseconds

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def xml_time(written: str) -> datetime | None:
    """An xsd:dateTime; one without a zone is UTC. None where it is not one."""
    return _read(written) if _DATE_TIME.fullmatch(written) else None


def flat_time(written: str) -> datetime | None:
    """The same, or a date alone: its midnight."""
    return _read(written) if _DATE.fullmatch(written) else xml_time(written)


def _read(written: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(written)
        return whole_milliseconds((time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None
