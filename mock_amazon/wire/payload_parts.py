"""What the readers of both versions share: the order that an answer describes, and what can be wrong with it.

Values of persons are never part of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from mock_amazon.ordering.lifecycle import Status
from mock_amazon.ordering.totals import EXTRAS

ORDER_ID = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}")
_AMOUNT = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,4})?")
_PERSONAL = frozenset({"ShippingAddress", "BuyerInfo", "recipient", "buyer", "giftOption"})

UNPRICED = frozenset({Status.PENDING, Status.PENDING_AVAILABILITY, Status.CANCELED})
"""Statuses of orders whose items may have no price."""

Json = dict[str, Any]


class UnusablePayload(ValueError):
    """The document cannot be made an order; ``part`` says which one: order or items."""

    def __init__(self, message: str, part: str = "order") -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True)
class DraftLine:
    """An order item as the document tells it; amounts are for the whole line."""

    item_id: str
    sku: str
    quantity: int
    shipped: int
    price: Decimal | None
    """What all units cost; None where the document does not tell."""
    asin: str = ""
    title: str = ""
    tax: Decimal = Decimal(0)
    shipping: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    gift_wrap: Decimal = Decimal(0)
    gift_message: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Rare facts and amounts, as the aggregate keeps them."""

    @property
    def extras(self) -> dict[str, Decimal]:
        return {name: Decimal(self.facts[name]) for name in EXTRAS if name in self.facts}

    @property
    def unit_price(self) -> Decimal:
        """To four decimals, so that a price that the units do not divide comes out to the cent again."""
        return ((self.price or Decimal(0)) / max(self.quantity, 1)).quantize(Decimal("0.0001"))


@dataclass(frozen=True)
class DraftPackage:
    """A package with the units of each order item id."""

    reference: str
    carrier: str
    tracking: str
    contents: Mapping[str, int]
    method: str | None = None
    status: str = "SHIPPED"


@dataclass(frozen=True)
class Draft:
    """An order in neither version's words. Empty texts were not told."""

    number: str
    status: Status
    marketplace_id: str
    currency: str
    total: Decimal | None
    channel: str
    service_level: str
    ship_to: Mapping[str, str]
    buyer_name: str
    buyer_email: str
    lines: tuple[DraftLine, ...]
    packages: tuple[DraftPackage, ...] = ()
    prime: bool = False
    business: bool = False
    premium: bool = False
    replacement: bool = False
    """Sent once more for nothing: such orders have no prices."""
    replacement_of: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    buyer_facts: Mapping[str, Any] = field(default_factory=dict)
    not_kept: tuple[str, ...] = ()
    """Fields of the document that this mock has no place for."""
    money_fields: tuple[str, ...] = field(default=("total", "price"))
    """What this version calls the order's total and a line's price."""

    @property
    def losses(self) -> list[str]:
        """What the order will not have of the document, or have otherwise than anybody told."""
        unpriced = [line.item_id for line in self.lines if line.price is None and self.status in UNPRICED]
        prices = [f"{self.money_fields[1]} of item {item} (not told: 0 once it is paid)" for item in unpriced]
        return [*self.not_kept, *prices]


class Loose(Schema):
    """Real answers have more than anybody needs; ``left_out`` tells what is not read."""

    class Meta:  # noqa: D106 - marshmallow's own place for options
        unknown = EXCLUDE


class Amount(fields.Field[Decimal]):
    """Money as Amazon writes it: text."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Decimal:
        del attr, data
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            raise ValidationError('an amount is text with up to four decimals, such as "19.99"')
        return Decimal(value)


def text(longest: int, **more: Any) -> fields.String:
    return fields.String(validate=validate.Length(0, longest), **more)


def units(**more: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(0, 1_000_000), **more)


def word(known: Mapping[str, Any] | tuple[str, ...], **more: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(known, error="known are " + ", ".join(known)), **more)


def number(**more: Any) -> fields.String:
    form = validate.Regexp(ORDER_ID.pattern + "$", error="an order number is like 112-1234567-1234567")
    return fields.String(validate=form, **more)


def raw(*keys: str) -> dict[str, fields.Raw]:
    """Fields that are read elsewhere, out of the document itself."""
    return {key: fields.Raw(data_key=key) for key in keys}


def extra_facts(amounts: Mapping[str, Decimal], facts: Mapping[str, Any], promotions: Any) -> Json:
    """A line's facts with its rare amounts and its promotions, as the aggregate keeps them."""
    told = {name: str(amount) for name, amount in amounts.items() if amount}
    ids = [one for one in promotions if isinstance(one, str) and one] if isinstance(promotions, list) else []
    return {**facts, **({"promotion_ids": ids} if ids else {}), **told}


def loaded(schema: Schema, content: Json, part: str = "order") -> Json:
    """The content as the schema reads it.

    Raises UnusablePayload that names each wrong field.
    """
    try:
        result: Json = schema.load(content)
    except ValidationError as error:
        told = [_told(content, path, message) for path, message in _found(error.messages)]
        raise UnusablePayload("; ".join(told), part) from None
    return result


def left_out(schema: Schema, content: Json, prefix: str = "") -> Iterator[str]:
    """The names of fields that are there and not read."""
    known = {one.data_key or name: one for name, one in schema.fields.items()}
    for key, value in content.items():
        kind = known.get(key)
        inner = kind.inner if isinstance(kind, fields.List) else kind
        if kind is None:
            yield prefix + key
        elif isinstance(inner, fields.Nested):
            for element in value if isinstance(value, list) else [value]:
                yield from left_out(inner.schema, element, f"{prefix}{key}.")


def _found(messages: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(messages, list):
        yield path, " ".join(map(str, messages))
        return
    for key, inner in messages.items():
        yield from _found(inner, path if key == "_schema" else (*path, key))


def _told(content: Any, path: tuple[str | int, ...], message: str) -> str:
    name = ".".join(map(str, path))
    if _PERSONAL & set(path):
        return f"field {name!r}: {message}"
    try:
        for step in path:
            content = content[step]
    except (KeyError, IndexError, TypeError):
        return f"field {name!r}: {message}"
    shown = repr(content) if isinstance(content, str | int | float | bool) else type(content).__name__
    return f"field {name!r}: {shown}: {message}"
