"""The patch operations of Listings Items on one attribute. Pure.

Entries are told apart by selectors, so replacing one channel leaves the other where it is
(amzn/selling-partner-api-models#2061), and replacing an entry drops what is not sent (#4406).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_amazon.listings.attributes import FULFILMENT, OFFER, audience_of

Entry = dict[str, Any]
OPERATIONS = ("add", "replace", "merge", "delete")


@dataclass(frozen=True)
class Patch:
    """One operation on one attribute; ``value`` is None where ``delete`` means all of it."""

    op: str
    attribute: str
    value: Any


def patched(op: str, attribute: str, old: Sequence[Entry], value: Sequence[Entry] | None) -> list[Entry]:
    """The attribute's entries after the operation; none means that the attribute is gone."""
    if op == "delete":
        return [entry for entry in old if value is not None and not any(_has(entry, one) for one in value)]
    before = {_key(attribute, entry): entry for entry in old} if op == "merge" else {}
    new = [{**before.get(_key(attribute, entry), {}), **entry} for entry in value or ()]
    touched = {_key(attribute, entry) for entry in new}
    return [entry for entry in old if _key(attribute, entry) not in touched] + new


def _key(attribute: str, entry: Mapping[str, Any]) -> tuple[str, ...]:
    if attribute == FULFILMENT:
        return (str(entry.get("fulfillment_channel_code")),)
    if attribute == OFFER:
        return (str(entry.get("currency")), audience_of(entry))
    return (str(entry.get("language_tag")),)


def _has(entry: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(entry.get(name) == value for name, value in wanted.items())
