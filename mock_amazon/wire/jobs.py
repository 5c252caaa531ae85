"""What feeds and reports read and write in the same way: bodies, times, and how far a job is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from marshmallow import EXCLUDE, Schema, ValidationError

from mock_amazon.errors import InvalidInput
from mock_amazon.models import Job
from mock_amazon.moments import read, whole_milliseconds
from mock_amazon.wire.present import present

MOST_MARKETPLACES = 25
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")


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


def job_json(job: Job, names: tuple[str, str, str], more: Mapping[str, str | None]) -> dict[str, Any]:
    """A feed or a report; ``names`` are those of its id, type and result. What is not there is left out."""
    number, kind, result = names
    return present(
        **{
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


def known_marketplaces(ids: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of the seller's own."""
    own = set(known)
    return [each for each in dict.fromkeys(ids) if each in own]
