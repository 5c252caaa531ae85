"""When a technical failure is tried again: next run, then after 10, 20, 40 min, at most 1 h apart."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

FIRST = timedelta(minutes=10)
LONGEST = timedelta(hours=1)


class Retried(Protocol):
    """Anything that counts its failures."""

    attempts: int
    next_try_at: datetime | None
    error: str | None


def failed(work: Retried, reason: str, now: datetime) -> None:
    """Note a failure and the time of the next try."""
    work.attempts = (work.attempts or 0) + 1
    work.error = reason
    work.next_try_at = now + wait_after(work.attempts)


def succeeded(work: Retried) -> None:
    work.attempts, work.error, work.next_try_at = 0, None, None


def wait_after(attempts: int) -> timedelta:
    """Nothing after the first failure: the next run is some minutes away anyway."""
    if attempts <= 1:
        return timedelta(0)
    doublings = min(attempts - 2, 10)
    return min(FIRST * (1 << doublings), LONGEST)
