"""NextToken of Orders v0: opaque, bound to the seller and to every filter of its first request."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from mock_amazon.errors import InvalidInput
from mock_amazon.paging.sealing import fingerprint, seal, unseal
from mock_amazon.wire.parameters import Query
from mock_amazon.wire.search_v0 import FILTERS

LIFE = timedelta(hours=24)
"""Amazon publishes none for v0; this is the one of its successor."""

_UNREADABLE = (
    "We could not decode your NextToken. Possible reasons include: "
    "a transmission error, improper quoting or a truncation problem."
)


def next_token(content: list[Any], bound_to: object, client_id: str, now: datetime) -> str:
    return seal([(now + LIFE).isoformat(), fingerprint(bound_to), *content], client_id)


def opened(token: str, client_id: str, now: datetime, *, bare: bool) -> tuple[str, list[Any]]:
    """What the token is bound to, and its content. ``bare``: a raw one is refused without a word.

    Raises InvalidInput.
    """
    if bare and " " in token:  # a plus sign that was not URL-encoded
        raise InvalidInput(None)
    content = unseal(token, client_id)
    if content is None or datetime.fromisoformat(content[0]) <= now:
        raise InvalidInput(_UNREADABLE)
    return content[1], content[2:]


def check_bound(bound: str, bound_to: object) -> None:
    """Raise InvalidInput for the token of another request."""
    if bound != fingerprint(bound_to):
        raise InvalidInput(_UNREADABLE, "The NextToken is of a request with other parameters.")


def asked(query: Query) -> dict[str, list[str]]:
    """The filters of a request, for its token to carry along."""
    return {name: query.getlist(name) for name in FILTERS if query.get(name)}


def continued(query: Query, filters: dict[str, list[str]]) -> Query:
    """The request that goes on: it repeats its filters or names none at all, then they are the token's."""
    if any(query.get(name) for name in FILTERS):
        return query
    kept = {name: query.getlist(name) for name in ("MarketplaceIds", "MaxResultsPerPage") if query.get(name)}
    return MultiDict(kept | filters)
