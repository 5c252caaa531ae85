"""The call journal: what was asked of a mock, bounded, without bodies, headers or query values.

The counters are exact, however many entries were dropped.
"""

from __future__ import annotations

import itertools
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from simkit.times import iso

LIMIT = 10_000
"""Entries kept; an unbounded journal is how other mock servers grow to gigabytes."""


@dataclass
class Call:
    """One HTTP call as the mock saw it. ``status`` is 0 where the connection was dropped."""

    number: int
    time: str
    method: str
    path: str
    operation: str
    status: int
    orders: list[str] = field(default_factory=list)
    fault: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Journal:
    """The last calls, oldest first, and how often each operation was called since the last clear."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._calls: deque[Call] = deque(maxlen=limit)
        self._numbers = itertools.count(1)
        self.counts: Counter[str] = Counter()

    def add(  # noqa: PLR0917 - one entry has these fields
        self,
        time: datetime,
        method: str,
        path: str,
        operation: str,
        status: int,
        orders: list[str],
        fault: str | None,
    ) -> None:
        call = Call(next(self._numbers), iso(time), method, path, operation, status, orders, fault)
        self._calls.append(call)
        self.counts[operation] += 1

    def find(
        self,
        *,
        operation: str | None = None,
        order: str | None = None,
        status: int | None = None,
        after: int = 0,
    ) -> Iterator[Call]:
        """The kept calls that fit everything that is given."""
        for call in self._calls:
            if call.number <= after:
                continue
            if operation is not None and call.operation != operation:
                continue
            if order is not None and order not in call.orders:
                continue
            if status is not None and call.status != status:
                continue
            yield call

    @property
    def dropped(self) -> int:
        return self.counts.total() - len(self._calls)

    def clear(self) -> None:
        self._calls.clear()
        self.counts.clear()
        self._numbers = itertools.count(1)
