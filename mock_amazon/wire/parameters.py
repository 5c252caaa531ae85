"""Query parameters that both versions of the Orders API read and refuse in the same way, with Amazon's words.

Complaints show a name as Amazon's framework does: with a small first letter, whatever the version calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from werkzeug.datastructures import MultiDict

from mock_amazon.errors import NOT_VALID, InvalidInput, violation
from mock_amazon.marketplaces import BY_ID
from mock_amazon.moments import read, whole_milliseconds

PAGE = 100
AT_ONCE = 50
"""So many marketplaces, or order numbers, may be named in one request."""
SAFETY = timedelta(minutes=2)
"""Amazon shows nothing younger, and refuses to be asked for it."""

Query = MultiDict[str, str]


def shown(name: str) -> str:
    return name[:1].lower() + name[1:]


def words(query: Query, name: str) -> str:
    """A text to look for, "" where there is none; what has a NUL is nobody's, and PostgreSQL knows no NUL."""
    return query.get(name, "").replace("\0", "\ufffd")


def many(query: Query, name: str) -> list[str]:
    """An array parameter: comma separated, repeated, or both."""
    written = (part.strip() for text in query.getlist(name) for part in text.split(","))
    return [part for part in written if part]


def enums(query: Query, name: str, allowed: Iterable[str]) -> frozenset[str]:
    values, known = many(query, name), list(allowed)
    for value in values:
        if value not in known:
            limit = f"Member must satisfy enum value set: [{', '.join(known)}]"
            raise violation(f"'[{', '.join(values)}]'", shown(name), limit)
    return frozenset(values)


def moment(query: Query, name: str) -> datetime | None:
    text = query.get(name)
    if not text:
        return None
    time = read(text)
    if time is None:
        raise InvalidInput(f"Invalid date/time field [{shown(name)}]", f"{text!r} does not follow ISO 8601.")
    return whole_milliseconds(time)


def check_window(names: tuple[str, str], after: datetime, before: datetime, now: datetime) -> None:
    first, last = names
    if before < after:
        raise InvalidInput(NOT_VALID, f"{last} is earlier than {first}.")
    if before > now - SAFETY:
        raise InvalidInput(NOT_VALID, f"{last} is less than two minutes before the request.")


def check_length(values: Sequence[str], name: str) -> None:
    if len(values) > AT_ONCE:
        limit = f"Member must have length less than or equal to {AT_ONCE}"
        raise violation(f"'[{', '.join(values)}]'", shown(name), limit)


def marketplaces(query: Query, name: str) -> frozenset[str]:
    ids = many(query, name)
    check_length(ids, name)
    for marketplace_id in ids:
        if marketplace_id not in BY_ID:
            raise InvalidInput("Marketplace ID is not defined", f"{name}: {marketplace_id!r}")
    return frozenset(ids)


def page_size(query: Query, name: str) -> int:
    text = query.get(name) or str(PAGE)
    if not (text.isascii() and text.isdigit() and len(text) <= len("100") and 1 <= int(text) <= PAGE):
        raise violation(f"'{text}'", shown(name), f"Member must have value between 1 and {PAGE}")
    return int(text)
