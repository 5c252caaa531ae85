"""What feeds and reports read and write in the same way: filters, times, pages, incomplete bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from marshmallow import EXCLUDE, Schema, ValidationError
from werkzeug.datastructures import MultiDict

from mock_amazon.documents.keeping import KEPT
from mock_amazon.errors import InvalidInput, violation
from mock_amazon.models import Job
from mock_amazon.moments import read, whole_milliseconds
from mock_amazon.processing import JobStatus
from mock_amazon.sealing import seal, unseal
from mock_amazon.wire.parameters import Query, enums, many, marketplaces, page_size

MOST_FILTERS = 10
MOST_MARKETPLACES = 25
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
_KIND = re.compile(r"[A-Z][A-Z0-9_]{2,99}")
_FILTERS = ("processingStatuses", "marketplaceIds", "pageSize", "createdSince", "createdUntil")


class Part(Schema):
    """A body; fields that Amazon does not know are ignored."""

    class Meta:
        """What is unknown is left out."""

        unknown = EXCLUDE


def loaded(schema: Schema, data: bytes, refusal: str) -> dict[str, Any]:
    """The body; ``refusal`` is what the API says of one that cannot be read.

    Raises InvalidInput.
    """
    try:
        content: dict[str, Any] = schema.load(orjson.loads(data))
    except orjson.JSONDecodeError:
        raise InvalidInput(refusal, "The body is not JSON.") from None
    except ValidationError as error:
        raise _complaint(error.messages, refusal) from None
    return content


def _complaint(messages: Any, refusal: str) -> InvalidInput:
    missing = sorted(name for name, wrong in messages.items() if _is_missing(wrong))
    if missing:
        # The very words of the real API (jlevers/selling-partner-api#481).
        listed = "".join(f"{name};" for name in missing)
        return InvalidInput("One or more required parameters missing", listed)
    return InvalidInput(refusal, f"These are not valid: {', '.join(sorted(map(str, messages)))}")


def _is_missing(wrong: Any) -> bool:
    return wrong in (["Missing data for required field."], ["Field may not be null."])


def check_kind(kind: str, refusal: str) -> None:
    """Refuse what cannot be the name of a feed or report type."""
    if not _KIND.fullmatch(kind):
        raise InvalidInput(refusal.format(kind))


def time_of(written: str | None, name: str) -> datetime | None:
    """A time as these APIs take it: a date alone is its midnight, one without a zone is UTC.

    Raises InvalidInput.
    """
    if not written:
        return None
    if _DAY.fullmatch(written):
        written = f"{written}T00:00:00Z"
    elif not _ZONE.search(written):
        written = f"{written}Z"
    time = read(written)
    if time is None:
        raise InvalidInput(f"Invalid date/time field [{name}]", f"{written!r} does not follow ISO 8601.")
    return whole_milliseconds(time)


def stamp(time: datetime | None) -> str | None:
    """As these APIs write times: to the second, with +00:00 (amzn/selling-partner-api-docs#3287)."""
    return None if time is None else time.astimezone(UTC).isoformat(timespec="seconds")


def at_most(values: Sequence[str], name: str, most: int) -> None:
    if len(values) > most:
        limit = f"Member must have length less than or equal to {most}"
        raise violation(f"'[{', '.join(values)}]'", name, limit)


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
    at_most(marketplace_ids, "marketplaceIds", MOST_FILTERS)
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
    at_most(kinds, types, MOST_FILTERS)
    for kind in kinds:
        check_kind(kind, refusal)
    return kinds


def _continued(token: str, types: str, client_id: str) -> JobSearch:
    content = unseal(token, client_id)
    if not content or not isinstance(content[0], dict) or content[0].get("of") != types:
        raise InvalidInput("Invalid request parameters", "The nextToken cannot be decoded.")
    return JobSearch(**content[0])


def job_json(job: Job, names: tuple[str, str, str], more: Mapping[str, str | None]) -> dict[str, Any]:
    """A feed or a report; ``names`` are those of its id, type and result. What is not there is left out."""
    number, kind, result = names
    return present(
        {
            number: job.number,
            kind: job.kind,
            "marketplaceIds": job.marketplace_ids,
            "createdTime": stamp(job.created),
            "processingStatus": job.status,
            "processingStartTime": stamp(job.started),
            "processingEndTime": stamp(job.ended),
            result: job.result_id,
            **more,
        }
    )


def present(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value is not None}


def known_marketplaces(ids: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of the seller's own."""
    own = set(known)
    return [each for each in dict.fromkeys(ids) if each in own]


def unpacking_of(query: Query) -> bool:
    """Whether the URL of a document lets HTTP clients decompress it.

    Raises InvalidInput.
    """
    wish = query.get("enableContentEncodingUrlHeader") or "false"
    if wish not in {"true", "false"}:
        raise violation(f"'{wish}'", "enableContentEncodingUrlHeader", "Member must be a boolean")
    return wish == "true"
