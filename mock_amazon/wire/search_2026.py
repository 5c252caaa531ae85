"""The parameters of searchOrders: read from the query, checked as Amazon checks them, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mock_amazon.errors import NOT_VALID, InvalidInput
from mock_amazon.wire.included import BLOCKS
from mock_amazon.wire.orders_2026 import FULFILLED_BY, STATUS
from mock_amazon.wire.parameters import Query, check_window, enums, marketplaces, moment, page_size

STATUSES = {word: [status for status in STATUS if STATUS[status] == word] for word in STATUS.values()}
CHANNELS = {word: channel for channel, word in FULFILLED_BY.items()}

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
    names = (f"{by}After", f"{by}Before")
    after, before = (moment(query, name) for name in names)
    assert after is not None  # noqa: S101 - _field has seen it
    if before is not None:
        check_window(names, after, before, now)
    return Search(
        by=by,
        after=after,
        before=before,
        statuses=enums(query, "fulfillmentStatuses", STATUSES),
        fulfilled_by=enums(query, "fulfilledBy", CHANNELS),
        marketplace_ids=marketplaces(query, "marketplaceIds"),
        page_size=page_size(query, "maxResultsPerPage"),
        included=included_of(query),
        token=query.get("paginationToken") or None,
    )


def included_of(query: Query) -> frozenset[str]:
    return enums(query, "includedData", BLOCKS)


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
