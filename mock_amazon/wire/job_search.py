"""The parameters of the lists of feeds and reports, their pages, and other query parameters of both APIs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from mock_amazon.documents.keeping import KEPT
from mock_amazon.errors import InvalidInput, violation
from mock_amazon.paging.sealing import seal, unseal
from mock_amazon.processing import JobStatus
from mock_amazon.wire.jobs import time_of
from mock_amazon.wire.parameters import Query, enums, many, marketplaces, page_size

MOST = 10
"""So many types, or marketplaces, may be asked for at once."""
_KIND = re.compile(r"[A-Z][A-Z0-9_]{2,99}")
_FILTERS = ("processingStatuses", "marketplaceIds", "pageSize", "createdSince", "createdUntil")


@dataclass(frozen=True)
class JobSearch:
    """Which jobs, newest first, how many at once; ``after`` is the row that the last page ended with."""

    of: str
    """The parameter with the types, which is that of feeds or of reports."""
    kinds: list[str]
    statuses: list[str]
    marketplace_ids: list[str]
    since: str
    until: str
    page_size: int
    after: int | None = None

    def token(self, last: int, client_id: str) -> str:
        return seal([asdict(self) | {"after": last}], client_id)


def search_of(query: Query, types: str, refusal: str, now: datetime, client_id: str) -> JobSearch:
    """The parameters of getFeeds or getReports; ``types`` is the name of the one that is needed.

    Raises InvalidInput.
    """
    if token := query.get("nextToken"):
        others = [name for name in (types, *_FILTERS) if query.get(name)]
        if others:
            raise InvalidInput(
                "Invalid request parameters", f"nextToken cannot be combined with {', '.join(others)}."
            )
        return _continued(token, types, client_id)
    kinds = kinds_of(query, types, refusal)
    marketplace_ids = sorted(marketplaces(query, "marketplaceIds"))
    _at_most(marketplace_ids, "marketplaceIds", MOST)
    since = time_of(query.get("createdSince"), "createdSince")
    until = time_of(query.get("createdUntil"), "createdUntil")
    return JobSearch(
        of=types,
        kinds=kinds,
        statuses=sorted(enums(query, "processingStatuses", JobStatus)),
        marketplace_ids=marketplace_ids,
        since=max(since or now - KEPT, now - KEPT).isoformat(),
        until=(until or now).isoformat(),
        page_size=page_size(query if query.get("pageSize") else MultiDict([("pageSize", "10")]), "pageSize"),
    )


def kinds_of(query: Query, types: str, refusal: str) -> list[str]:
    """The types that are asked for, at least one.

    Raises InvalidInput.
    """
    kinds = many(query, types)
    if not kinds:
        raise InvalidInput("One or more required parameters missing", f"{types};")
    _at_most(kinds, types, MOST)
    for kind in kinds:
        _check_kind(kind, refusal)
    return kinds


def _continued(token: str, types: str, client_id: str) -> JobSearch:
    content = unseal(token, client_id)
    if not content or not isinstance(content[0], dict) or content[0].get("of") != types:
        raise InvalidInput("Invalid request parameters", "The nextToken cannot be decoded.")
    return JobSearch(**content[0])


def _check_kind(kind: str, refusal: str) -> None:
    """Refuse what cannot be the name of a feed or report type."""
    if not _KIND.fullmatch(kind):
        raise InvalidInput(refusal.format(kind))


def _at_most(values: Sequence[str], name: str, most: int) -> None:
    if len(values) > most:
        limit = f"Member must have length less than or equal to {most}"
        raise violation(f"'[{', '.join(values)}]'", name, limit)


def unpacking_of(query: Query) -> bool:
    """Whether the URL of a document lets HTTP clients decompress it.

    Raises InvalidInput.
    """
    wish = query.get("enableContentEncodingUrlHeader") or "false"
    if wish not in {"true", "false"}:
        raise violation(f"'{wish}'", "enableContentEncodingUrlHeader", "Member must be a boolean")
    return wish == "true"
