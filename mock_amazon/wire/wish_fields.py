"""Fields of which the bodies of control calls are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

from mock_amazon.moments import whole_milliseconds, written
from simkit.simulation import simulation
from simkit.times import UnreadableTime, parse_duration, parse_time

_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


class Amount(fields.Field[Decimal]):
    """Money as text, such as "19.99": not negative, at most two decimals."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Decimal:
        del attr, data
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            raise ValidationError('write an amount as text, not negative, such as "19.99"')
        return Decimal(value)


class AmountText(fields.Field[str]):
    """The same, kept as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        return str(Amount().deserialize(value, attr, data))


class Span(fields.Field[timedelta]):
    """A duration such as "90s", "0s" for none at all; whole seconds, and not longer than ``days``."""

    def __init__(self, days: int, **more: Any) -> None:
        super().__init__(**more)
        self._days = days

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> timedelta:
        del attr, data
        try:
            span = parse_duration(value)
        except UnreadableTime as error:
            raise ValidationError(str(error)) from None
        if span > timedelta(days=self._days) or span.microseconds:
            raise ValidationError(f"allowed are whole seconds up to {self._days}d")
        return span


class Moment(fields.Field[str]):
    """A time, ISO 8601 with a zone or relative to now; kept as Amazon writes it."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        del attr, data
        try:
            return written(whole_milliseconds(parse_time(value, simulation().now())))
        except UnreadableTime as error:
            raise ValidationError(str(error)) from None


def text(longest: int = 200, **more: Any) -> fields.String:
    return fields.String(validate=validate.Length(1, longest), **more)


def units(**more: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(1, 1_000_000), **more)


def some(kind: fields.Field[Any], most: int = 50) -> fields.List[Any]:
    """A list with something in it."""
    return fields.List(kind, validate=validate.Length(1, most))
