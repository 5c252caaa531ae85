"""Pagination tokens: opaque, bound to the request they continue, good for 24 hours of the virtual clock.

They hold the position (time and number of the last order shown): a page costs the same wherever it lies.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from mock_amazon.errors import InvalidInput
from simkit import jsons
from simkit.simulation import simulation

LIFE = timedelta(hours=24)
_MARK = 24

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


def token_for(position: Position, bound_to: object, client_id: str, now: datetime) -> str:
    content = jsons.dump(
        [
            (now + LIFE).isoformat(),
            position.before.isoformat(),
            position.last_time.isoformat(),
            position.last_number,
            _fingerprint(bound_to),
        ]
    )
    return base64.b64encode(_mark(client_id, content) + content).decode()


def position_of(token: str, bound_to: object, client_id: str, now: datetime) -> Position:
    """Where to go on.

    Raises InvalidInput for a token that is garbled, too old, or of another request.
    """
    try:
        raw = base64.b64decode(token, validate=True)
    except (binascii.Error, ValueError):  # a token that was not URL-encoded lost its plus signs
        raise InvalidInput(_REFUSED, "The paginationToken cannot be decoded.") from None
    mark, content = raw[:_MARK], raw[_MARK:]
    if not hmac.compare_digest(mark, _mark(client_id, content)):
        raise InvalidInput(_REFUSED, "The paginationToken cannot be decoded.")
    expires, before, last_time, last_number, fingerprint = jsons.load(content)
    if fingerprint != _fingerprint(bound_to):
        raise InvalidInput(_REFUSED, "The paginationToken is of a request with other parameters.")
    if datetime.fromisoformat(expires) <= now:
        raise InvalidInput(_REFUSED, "The paginationToken is older than 24 hours.")
    return Position(datetime.fromisoformat(before), datetime.fromisoformat(last_time), last_number)


def _fingerprint(bound_to: object) -> str:
    return hashlib.sha256(jsons.dump(bound_to)).hexdigest()[:16]


def _mark(client_id: str, content: bytes) -> bytes:
    key = f"{simulation().seed}/{client_id}"  # tells a token that was touched; it keeps no secret
    return hmac.digest(key.encode(), content, "sha256")[:_MARK]
