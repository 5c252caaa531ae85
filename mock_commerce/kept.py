"""What was read and is kept until something is written.

A server on PostgreSQL is not the only writer: there nothing outlives a request.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from flask import Response, request

from mock_commerce.models import db
from simkit.simulation import Forgetful, simulation

KEPT = "kept"
MOST = 1000
"""Answers that are kept; then they are forgotten and collected anew."""
MOST_AHEAD = 10_000
"""Ids that are read ahead."""

_T = TypeVar("_T")


class Kept(Forgetful):
    """Answers by question, and the ids of one list from some place on."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Any] = {}
        self._list: Hashable = None
        self._start = 0
        self._ids: Sequence[int] = ()

    def reset(self) -> None:
        self._answers.clear()
        self._list, self._ids = None, ()

    def once(self, question: Hashable, find: Callable[[], _T]) -> _T:
        """What ``find`` answers, or answered before."""
        if question not in self._answers:
            if len(self._answers) >= MOST:
                self._answers.clear()
            self._answers[question] = find()
        answer: _T = self._answers[question]
        return answer

    def ids(
        self, name: Hashable, offset: int, size: int, read: Callable[[int], Sequence[int]]
    ) -> Sequence[int]:
        """The ids at that place of a list; ``read`` answers so many from there.

        For whoever goes on where a page ended it is read ahead, more each time.
        """
        is_same, end = name == self._list, self._start + len(self._ids)
        if not (is_same and self._start <= offset and offset + size <= end):
            goes_on = is_same and self._start < offset <= end
            ahead = max(size, min(2 * len(self._ids), MOST_AHEAD)) if goes_on else size
            self._list, self._start, self._ids = name, offset, read(ahead)
        begin = offset - self._start
        return self._ids[begin : begin + size]


def kept() -> Kept:
    found = simulation().vendor.volatile[KEPT]
    assert isinstance(found, Kept)  # noqa: S101 - narrows the type of the kit's dict
    return found


def writes_alone() -> bool:
    """Whether nobody but this process writes."""
    return db.engine.dialect.name == "sqlite"


def forget() -> None:
    """Something was written."""
    kept().reset()


def forget_after(response: Response) -> Response:
    """After every call that may have written."""
    if request.method != "GET" or not writes_alone():
        forget()
    return response
