"""What a search for listings asks for, refused with Amazon's words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mock_amazon.errors import InvalidInput, violation
from mock_amazon.listings.standing import STATUSES
from mock_amazon.wire import parameters
from mock_amazon.wire.listings_requests import CANNOT_BE_PARSED, DATA_SETS, included, marketplaces
from mock_amazon.wire.parameters import Query

IDENTIFIER_TYPES = ("ASIN", "EAN", "FNSKU", "GTIN", "ISBN", "JAN", "MINSAN", "SKU", "UPC")
SEVERITIES = ("WARNING", "ERROR")
SORT_KEYS = ("sku", "createdDate", "lastUpdatedDate")
MOST_IDENTIFIERS = 20
LARGEST_PAGE, USUAL_PAGE = 20, 10
_EXCLUSIVE = ("identifiers", "variationParentSku", "packageHierarchySku")

Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class ItemSearch:
    """A search; None and empty filters let everything pass."""

    marketplace_ids: tuple[str, ...]
    included: frozenset[str]
    identifiers: frozenset[str]
    identifiers_type: str | None
    parent: str | None
    hierarchy: str | None
    created: Span
    updated: Span
    severities: frozenset[str]
    with_status: frozenset[str]
    without_status: frozenset[str]
    sort_by: str
    descending: bool
    page_size: int

    def bound_to(self) -> list[Any]:
        """What a page token is bound to: everything."""
        return [
            repr(sorted(value) if isinstance(value, frozenset) else value) for value in vars(self).values()
        ]


def item_search_of(query: Query) -> ItemSearch:
    """The search, if its parameters go together.

    Raises InvalidInput.
    """
    _check_together(query)
    return ItemSearch(
        marketplace_ids=marketplaces(query),
        included=included(query, DATA_SETS, "summaries"),
        identifiers=_identifiers(query),
        identifiers_type=_one(query, "identifiersType", IDENTIFIER_TYPES, None),
        parent=query.get("variationParentSku") or None,
        hierarchy=query.get("packageHierarchySku") or None,
        created=_span(query, "created"),
        updated=_span(query, "lastUpdated"),
        severities=parameters.enums(query, "withIssueSeverity", SEVERITIES),
        with_status=parameters.enums(query, "withStatus", STATUSES),
        without_status=parameters.enums(query, "withoutStatus", STATUSES),
        sort_by=str(_one(query, "sortBy", SORT_KEYS, "lastUpdatedDate")),
        descending=_one(query, "sortOrder", ("ASC", "DESC"), "DESC") == "DESC",
        page_size=_page_size(query),
    )


def _check_together(query: Query) -> None:
    if bool(query.get("identifiers")) != bool(query.get("identifiersType")):
        raise InvalidInput(CANNOT_BE_PARSED, "Give identifiers and identifiersType together.")
    given = [name for name in _EXCLUSIVE if query.get(name)]
    if len(given) > 1:
        raise InvalidInput(CANNOT_BE_PARSED, f"{given[0]} cannot be combined with {given[1]}.")


def _identifiers(query: Query) -> frozenset[str]:
    values = parameters.many(query, "identifiers")
    if len(values) > MOST_IDENTIFIERS:
        limit = f"Member must have length less than or equal to {MOST_IDENTIFIERS}"
        raise violation(f"'[{', '.join(values)}]'", "identifiers", limit)
    return frozenset(values)


def _one(query: Query, name: str, allowed: Collection[str], default: str | None) -> str | None:
    value = query.get(name) or default
    if value is not None and value not in allowed:
        limit = f"Member must satisfy enum value set: [{', '.join(allowed)}]"
        raise violation(f"'{value}'", name, limit)
    return value


def _span(query: Query, what: str) -> Span:
    after, before = (parameters.moment(query, f"{what}{side}") for side in ("After", "Before"))
    if after and before and before < after:
        raise InvalidInput(CANNOT_BE_PARSED, f"{what}Before is earlier than {what}After.")
    return after, before


def _page_size(query: Query) -> int:
    text = query.get("pageSize") or str(USUAL_PAGE)
    if not (text.isascii() and text.isdigit() and len(text) <= len("20") and 1 <= int(text) <= LARGEST_PAGE):
        raise violation(f"'{text}'", "pageSize", f"Member must have value between 1 and {LARGEST_PAGE}")
    return int(text)
