"""What both versions share: values that may be missing or strange, and what of them can be kept.

No order is refused because of a rare fact: one that cannot be kept is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from mock_amazon.moments import read, whole_milliseconds, written
from mock_amazon.ordering import fact_words as words
from mock_amazon.wire.facts import BuyerInvoice, BuyerTax, LineFacts, OrderFacts
from mock_amazon.wire.present import Json, present
from mock_amazon.wire.wish_fields import Moment

_SCHEMAS: Mapping[str, Schema] = {"order": OrderFacts(), "line": LineFacts()}
_BUYER: Mapping[str, Schema] = {"tax": BuyerTax(), "invoice": BuyerInvoice()}
_LONGEST = 200


def kept(kind: str, facts: Mapping[str, Any]) -> tuple[Json, list[str]]:
    """The facts of an order or a line that can be kept, and the names of the others."""
    schema = _SCHEMAS[kind]
    found: Json = {}
    lost: list[str] = []
    for name, value in present(**facts).items():
        if isinstance(schema.fields[name], Moment):
            known = read(value) if isinstance(value, str) else None
            fact = {} if known is None else {name: written(whole_milliseconds(known))}
        else:
            fact = _loaded(schema, {name: value})
        if fact:
            found |= fact
        else:
            lost.append(f"facts.{name}")
    return found, lost


def kept_of_buyer(facts: Mapping[str, Any]) -> tuple[Json, list[str]]:
    """The same of a buyer."""
    found: Json = {}
    lost: list[str] = []
    for name, value in present(**facts).items():
        if name in _BUYER:
            fact: Any = _loaded(_BUYER[name], value)
        else:
            fact = value if isinstance(value, str) and len(value) <= _LONGEST else None
        if fact:
            found[name] = fact
        else:
            lost.append(f"buyer.{name}")
    return found, lost


def _loaded(schema: Schema, content: Json) -> Json:
    try:
        loaded: Json = schema.load(content)
    except ValidationError:
        return {}
    return loaded


def at(content: Any, *path: str) -> Any:
    """What stands there; None where there is no such place."""
    for step in path:
        content = content.get(step) if isinstance(content, dict) else None
    return content


def objects(content: Any) -> list[Json]:
    """The objects of a list, if it is one."""
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []


def clock(time: Any, hour: str, minute: str) -> str:
    try:
        return f"{int(at(time, hour)):02}:{int(at(time, minute) or 0):02}"
    except (TypeError, ValueError):
        return ""


def small(word: Any, known: Iterable[str]) -> Any:
    """The word of v0 for one of 2026-01-01."""
    return next((one for one in known if words.upper(one) == word), word)


def measurement(told: Any, unit: str, value: str) -> Json | None:
    return {"unit": at(told, unit), "value": at(told, value)} if isinstance(told, dict) else None
