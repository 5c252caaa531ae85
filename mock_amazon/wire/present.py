"""Objects without the parts that there is nothing to tell of: Amazon leaves them out, they are never null."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

Json = dict[str, Any]


def present(**fields: Any) -> Json:
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}


def by_day(hours: Iterable[Json]) -> list[tuple[str, list[Json]]]:
    """Opening hours by their days, in the order in which they were told."""
    told = list(hours)
    days = list(dict.fromkeys(window["day"] for window in told))
    ordered = sorted(told, key=lambda window: days.index(window["day"]))
    return [(day, list(windows)) for day, windows in groupby(ordered, key=lambda window: window["day"])]


def clock(text: str) -> tuple[int, int]:
    """Hour and minute of a time of day such as 09:30."""
    hour, _, minute = text.partition(":")
    return int(hour), int(minute)
