"""What few orders have, as rows of a name and a text for a template. No HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mock_amazon.models import Order, OrderItem, RegulatedOrder
from mock_amazon.ordering.addresses import KEYS
from mock_amazon.wire.facts import COLUMNS

Row = tuple[str, str]
_USUAL = {"payment_method": "Other"}
"""What a column says of most orders, and is not worth a row."""


def of_order(order: Order) -> Iterator[Row]:
    for name in COLUMNS:
        value = getattr(order, name)
        if value and value != _USUAL.get(name):
            yield _name(name), _text(value)
    yield from _rows(order.facts)


def of_buyer(order: Order) -> Iterator[Row]:
    yield from _rows(order.buyer_facts)


def of_address(order: Order) -> Iterator[Row]:
    """The parts of an address that have no place in its usual lines."""
    yield from _rows({name: order.ship_to[name] for name in order.ship_to if name not in KEYS})


def of_line(item: OrderItem) -> Iterator[Row]:
    yield from _rows(item.facts)


def of_verification(half: RegulatedOrder | None) -> Iterator[Row]:
    """What has to be verified of a regulated order, and what has become of it."""
    if half is None:
        return
    yield "Verification", half.status
    told = {"reviewer": half.reviewer, "rejected_for": half.rejected_for}
    yield from _rows({name: text for name, text in told.items() if text})
    yield "Dosage label", _text(half.dosage_label)
    for field in half.fields:
        yield field["FieldLabel"], field["FieldValue"]


def _rows(facts: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in facts.items():
        yield _name(name), _text(value)


def _name(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key.replace('_', ' ')} {_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return str(value)
