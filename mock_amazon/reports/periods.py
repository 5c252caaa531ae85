"""The periods of report schedules. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import datetime, timedelta

PERIODS = (
    *("PT5M", "PT15M", "PT30M", "PT1H", "PT2H", "PT4H", "PT8H", "PT12H", "P1D", "P2D", "P3D", "PT84H"),
    *("P7D", "P14D", "P15D", "P18D", "P30D", "P1M"),
)
_SPAN = re.compile(r"P(?:(\d+)D|T(?:(\d+)H|(\d+)M))")
_MONTH = "P1M"


def after(time: datetime, period: str, *, times: int = 1) -> datetime:
    """That many periods later; a month later is the same day, or the last of a shorter month."""
    if period == _MONTH:
        months = time.year * 12 + time.month - 1 + times
        year, month = divmod(months, 12)
        day = min(time.day, calendar.monthrange(year, month + 1)[1])
        return time.replace(year=year, month=month + 1, day=day)
    match = _SPAN.fullmatch(period)
    if match is None:
        raise ValueError(f"{period!r} is not one of {', '.join(PERIODS)}")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return time + times * timedelta(days=days, hours=hours, minutes=minutes)
