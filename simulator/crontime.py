"""When cron runs the connector: at multiples of a store's interval since 00:00Z."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from simkit.times import parse_duration
from simulator import defaults

_DAY = timedelta(days=1)


def next_time(now: datetime, interval: timedelta) -> datetime:
    """The next cron time strictly later than now. Counting starts anew each midnight."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    following = midnight + ((now - midnight) // interval + 1) * interval
    return min(following, midnight + _DAY)


def next_runs(now: datetime, stores: Mapping[str, Mapping[str, Any]]) -> tuple[datetime, list[str | None]]:
    """The next time at which a store is due, and the stores that are due then; ``[None]`` is all of them."""
    times = {
        name: next_time(now, parse_duration(store["settings"]["cron_interval"]))
        for name, store in stores.items()
        if store["state"] == "active"
    }
    if not times:
        return next_time(now, parse_duration(defaults.CRON_INTERVAL)), [None]
    moment = min(times.values())
    due: list[str | None] = [name for name, time in times.items() if time == moment]
    return moment, due if len(due) < len(times) else [None]
