"""The parameters of searchOrders: read from the query, checked as Amazon checks them, with its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from werkzeug.datastructures import MultiDict

from mock_amazon.errors import NOT_VALID, InvalidInput, violation
from mock_amazon.marketplaces import BY_ID
from mock_amazon.moments import read, whole_milliseconds
from mock_amazon.wire.included import BLOCKS
from mock_amazon.wire.orders_2026 import FULFILLED_BY, STATUS

PAGE = 100
MARKETPLACES_AT_ONCE = 50
SAFETY = timedelta(minutes=2)
"""Amazon shows nothing younger, and refuses to be asked for it."""

STATUSES = {word: [status for status in STATUS if STATUS[status] == word] for word in STATUS.values()}
CHANNELS = {word: channel for channel, word in FULFILLED_BY.items()}

Query = MultiDict[str, str]
Field = Literal["created", "lastUpdated"]


@dataclass(frozen=True)
class Search:
    """A valid request: which orders, in which window, how many at once, with what in them."""

    by: Field
    after: datetime
    before: datetime | None
    statuses: frozenset[str]
    fulfilled_by: frozenset[str]
    marketplace_ids: frozenset[str]
    page_size: int
    included: frozenset[str]
    token: str | None

    def bound_to(self) -> list[object]:
        """What a pagination token is bound to: all but page size, included data and the token itself."""
        times = [time and time.isoformat() for time in (self.after, self.before)]
        sets = [sorted(values) for values in (self.statuses, self.fulfilled_by, self.marketplace_ids)]
        return [self.by, *times, *sets]


def search_of(query: Query, now: datetime) -> Search:
    """Read the query; parameters that Amazon does not know are ignored.

    Raises InvalidInput.
    """
    by = _field(query)
    after, before = (_time(query, f"{by}{end}") for end in ("After", "Before"))
    assert after is not None  # noqa: S101 - _field has seen it
    if before is not None:
        _check_window(by, after, before, now)
    marketplace_ids = _many(query, "marketplaceIds")
    _check_marketplaces(marketplace_ids)
    return Search(
        by=by,
        after=after,
        before=before,
        statuses=_enums(query, "fulfillmentStatuses", STATUSES),
        fulfilled_by=_enums(query, "fulfilledBy", CHANNELS),
        marketplace_ids=frozenset(marketplace_ids),
        page_size=_page_size(query),
        included=included_of(query),
        token=query.get("paginationToken") or None,
    )


def included_of(query: Query) -> frozenset[str]:
    return _enums(query, "includedData", BLOCKS)


def _field(query: Query) -> Field:
    """Exactly one After, and no parameter of the other family."""
    created, updated = bool(query.get("createdAfter")), bool(query.get("lastUpdatedAfter"))
    if created == updated:
        raise InvalidInput(NOT_VALID, "Give exactly one of createdAfter and lastUpdatedAfter.")
    by: Field = "created" if created else "lastUpdated"
    stranger = "lastUpdatedBefore" if created else "createdBefore"
    if query.get(stranger):
        raise InvalidInput(NOT_VALID, f"{stranger} cannot be combined with {by}After.")
    return by


def _time(query: Query, name: str) -> datetime | None:
    text = query.get(name)
    if not text:
        return None
    time = read(text)
    if time is None:
        raise InvalidInput(f"Invalid date/time field [{name}]", f"{text!r} does not follow ISO 8601.")
    return whole_milliseconds(time)


def _check_window(by: Field, after: datetime, before: datetime, now: datetime) -> None:
    if before < after:
        raise InvalidInput(NOT_VALID, f"{by}Before is earlier than {by}After.")
    if before > now - SAFETY:
        raise InvalidInput(NOT_VALID, f"{by}Before is less than two minutes before the request.")


def _many(query: Query, name: str) -> list[str]:
    """An array parameter: comma separated, repeated, or both."""
    written = (part.strip() for text in query.getlist(name) for part in text.split(","))
    return [part for part in written if part]


def _enums(query: Query, name: str, allowed: Iterable[str]) -> frozenset[str]:
    values, known = _many(query, name), list(allowed)
    for value in values:
        if value not in known:
            raise violation(
                f"'[{', '.join(values)}]'", name, f"Member must satisfy enum value set: [{', '.join(known)}]"
            )
    return frozenset(values)


def _check_marketplaces(ids: Sequence[str]) -> None:
    if len(ids) > MARKETPLACES_AT_ONCE:
        limit = f"Member must have length less than or equal to {MARKETPLACES_AT_ONCE}"
        raise violation(f"'[{', '.join(ids)}]'", "marketplaceIds", limit)
    for marketplace_id in ids:
        if marketplace_id not in BY_ID:
            raise InvalidInput("Marketplace ID is not defined", f"marketplaceIds: {marketplace_id!r}")


def _page_size(query: Query) -> int:
    text = query.get("maxResultsPerPage") or str(PAGE)
    if not (text.isascii() and text.isdigit() and len(text) <= len("100") and 1 <= int(text) <= PAGE):
        raise violation(f"'{text}'", "maxResultsPerPage", f"Member must have value between 1 and {PAGE}")
    return int(text)
