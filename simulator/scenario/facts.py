"""The rare facts of Amazon's orders as kinds: made from what its control API takes, so names are the same."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from marshmallow import Schema, fields, validate

from mock_amazon.wire.wish_fields import Amount, AmountText, Moment
from simulator.scenario.shapes import ListOf, Shape
from simulator.scenario.values import Flag, Kind, Money, Number, Text, Time, Whole, Word


def shape_of(schema: type[Schema], about: str = "") -> Shape:
    """The schema of a mapping as a kind."""
    kinds = {name: (field.required, _kind(field)) for name, field in schema().fields.items()}
    return Shape(
        need={name: kind for name, (needed, kind) in kinds.items() if needed},
        may={name: kind for name, (needed, kind) in kinds.items() if not needed},
        about=about,
    )


@singledispatch
def _kind(field: fields.Field[Any]) -> Kind:
    raise TypeError(f"{type(field).__name__} has no kind: give it one here")


@_kind.register
def _(field: fields.Nested) -> Kind:
    return shape_of(type(field.schema))


@_kind.register
def _(field: fields.List) -> Kind:  # type: ignore[type-arg]  # singledispatch wants a plain class
    return ListOf(_kind(field.inner), least=1)


@_kind.register
def _(_field: fields.Boolean) -> Kind:
    return Flag()


@_kind.register
def _(_field: fields.Integer) -> Kind:
    return Whole(1, 1_000_000)


@_kind.register
def _(_field: fields.Float) -> Kind:
    return Number(most=1_000_000)


@_kind.register(Amount)
@_kind.register(AmountText)
def _(_field: fields.Field[Any]) -> Kind:
    return Money()


@_kind.register
def _(_field: Moment) -> Kind:
    return Time()


@_kind.register
def _(field: fields.String) -> Kind:
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            return Word(tuple(rule.choices))
        if isinstance(rule, validate.Regexp):
            return Text(str(rule.regex.pattern).removesuffix("$"), str(rule.error).partition(" is like ")[2])
    return Text()
