"""Pagination tokens of 2026-01-01: opaque, bound to the request they continue, good for 24 hours.

They hold the position (time and number of the last order shown): a page costs the same wherever it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mock_amazon.errors import InvalidInput
from mock_amazon.paging.sealing import fingerprint, seal, unseal

LIFE = timedelta(hours=24)

_REFUSED = (
    "The paginationToken you have submitted is not valid. "
    "All parameters must match the original request except maxResultsPerPage."
)


@dataclass(frozen=True)
class Position:
    """Where a page ended: the window's upper bound, and time and number of its last order."""

    before: datetime
    last_time: datetime
    last_number: str

    def as_list(self) -> list[str]:
        return [self.before.isoformat(), self.last_time.isoformat(), self.last_number]

    @classmethod
    def of_list(cls, before: str, last_time: str, last_number: str) -> Position:
        return cls(datetime.fromisoformat(before), datetime.fromisoformat(last_time), last_number)


def token_for(position: Position, bound_to: object, client_id: str, now: datetime) -> str:
    return seal([(now + LIFE).isoformat(), *position.as_list(), fingerprint(bound_to)], client_id)


def position_of(token: str, bound_to: object, client_id: str, now: datetime) -> Position:
    """Where to go on.

    Raises InvalidInput for a token that is garbled, too old, or of another request.
    """
    content = unseal(token, client_id)
    if content is None:
        raise InvalidInput(_REFUSED, "The paginationToken cannot be decoded.")
    expires, before, last_time, last_number, bound = content
    if bound != fingerprint(bound_to):
        raise InvalidInput(_REFUSED, "The paginationToken is of a request with other parameters.")
    if datetime.fromisoformat(expires) <= now:
        raise InvalidInput(_REFUSED, "The paginationToken is older than 24 hours.")
    return Position.of_list(before, last_time, last_number)
