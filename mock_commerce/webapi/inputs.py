"""Reading of request bodies as Commerce's service layer does: both spellings, PHP's casts.

An unknown property is an internal error in Commerce, not a bad request (magento2#3660).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from flask import g
from marshmallow import Schema, ValidationError, fields, missing

from mock_commerce import php_casts
from mock_commerce.config.settings import current
from mock_commerce.errors import ListTooLong, Masked, TypeInvalid, no_accessor
from mock_commerce.webapi.rest import snake
from simkit import jsons

LARGEST_AMOUNT = 10**14
"""What Commerce's decimal columns (20,6) cannot hold any more."""
DEEPEST = 32
"""Levels of a body: nothing of Commerce is deeper."""
UNEXPECTED_ARRAY = "Warning: Array to string conversion"
"""PHP's warnings are exceptions in Commerce (magento2#1836, #4616)."""
_NOT_SPELLED = frozenset({"custom_attributes"})


class Text(fields.Field[str]):
    """Any scalar, as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        del data, kwargs
        if isinstance(value, dict | list):
            raise TypeInvalid(attr or "", value, "string")
        return php_casts.text_of(value)


class Texts(fields.Field[list[str]]):
    """A list of scalars, as texts."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        del data, kwargs
        rows = _rows(value, attr, "string[]")
        if any(isinstance(element, dict | list) for element in rows):
            raise Masked(UNEXPECTED_ARRAY)
        return [php_casts.text_of(element) for element in rows]


class Number(fields.Field[Decimal]):
    """A number or a numeric text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        del data, kwargs
        number = php_casts.number_of(value)
        if number is None:
            raise TypeInvalid(attr or "", value, "float")
        if abs(number) >= LARGEST_AMOUNT:
            raise Masked(f"SQLSTATE[22003]: Numeric value out of range: 1264 Out of range value for '{attr}'")
        return number


class Whole(fields.Field[int]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        del data, kwargs
        number = php_casts.number_of(value)
        if number is None:
            raise TypeInvalid(attr or "", value, "int")
        return php_casts.whole(number)


class Flag(fields.Field[bool]):
    """Any scalar: what is not clearly a yes is a no."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        del data, kwargs
        if isinstance(value, dict | list):
            raise TypeInvalid(attr or "", value, "boolean")
        return php_casts.flag_of(value)


class Wholes(fields.Field[list[int]]):
    """A list of whole numbers; its elements are cast without a check."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[int]:
        del data, kwargs
        return [php_casts.lenient_whole(element) for element in _rows(value, attr, "int[]")]


class Loose(fields.Raw):
    """A part that is only kept, so deep at most as anything of Commerce is."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        del attr, data, kwargs
        if jsons.is_deeper(value, DEEPEST):
            raise Masked(UNEXPECTED_ARRAY)
        return value


def _rows(value: Any, attr: str | None, expected: str) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    if not isinstance(value, list):
        raise TypeInvalid(attr or "", php_casts.kind_of(value), expected)
    return value


_KINDS: Mapping[str, type[fields.Field[Any]]] = {
    "text": Text,
    "texts": Texts,
    "number": Number,
    "whole": Whole,
    "wholes": Wholes,
    "flag": Flag,
    "raw": Loose,
}


def schema(name: str, **columns: Any) -> Schema:
    """A schema of optional, nullable properties: kind to a list of names, or name to a field."""
    properties: dict[str, Any] = {}
    for key, value in columns.items():
        if key in _KINDS:
            properties |= {column: _KINDS[key](allow_none=True) for column in value.split()}
        else:
            properties[key] = value
    return Schema.from_dict(properties, name=name)()


class Part(fields.Nested):
    """An object within; a scalar in its place is one without properties."""

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        given = value if value is None or value is missing else _object(value)
        with _within(attr):
            return super().deserialize(given, attr, data, **kwargs)


class Rows(fields.List[Any]):
    """A list of objects, within the limits of the web API; a scalar in its place is nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any] | None:  # type: ignore[override] # null is allowed
        if not isinstance(value, dict | list):
            return None
        rows = list(value.values()) if isinstance(value, dict) else value
        check_length(rows, self.metadata["php_type"])
        with _within(attr):
            return super()._deserialize([_object(row) for row in rows], attr, data, **kwargs)


@contextmanager
def _within(attr: str | None) -> Iterator[None]:
    try:
        yield
    except TypeInvalid as error:
        if attr:
            error.wrap(attr)
        raise


def _object(value: Any) -> dict[str, Any]:
    """PHP's arrays are both: an object may come as a list, and its properties are numbers then."""
    if isinstance(value, list):
        return {str(place): element for place, element in enumerate(value)}
    return value if isinstance(value, dict) else {}


def check_length(rows: Sequence[Any], php_type: str) -> None:
    """Raises ListTooLong where input limits are on and a list has too many rows.

    A call that is read for later (``g.is_async``) may bring more.
    """
    config = current()
    limit = config.async_input_list_limit if g.get("is_async") else config.input_list_limit
    if config.input_limits == "on" and len(rows) > limit:
        raise ListTooLong(php_type, limit)


def listed(inner: Schema, php_type: str | None = None) -> fields.List[Any]:
    """A list of such objects; Commerce names their type where there are too many of them."""
    name = php_type or f"Magento\\Sales\\Api\\Data\\{type(inner).__name__}Interface"
    return Rows(fields.Nested(inner), allow_none=True, metadata={"php_type": name})


def nested(inner: Schema) -> fields.Nested:
    return Part(inner, allow_none=True)


def read(wanted: Schema, content: Any) -> dict[str, Any]:
    """The known properties of a body.

    Raises TypeInvalid; Masked for a property that does not exist.
    """
    try:
        return dict(wanted.load(_object(spelled(content))))
    except ValidationError as error:
        raise no_accessor(_innermost(error.messages), type(wanted).__name__) from None


def spelled(content: Any, levels: int = DEEPEST) -> Any:
    """The same content with snake_case keys, as deep as anything of Commerce is."""
    if levels and isinstance(content, list):
        return [spelled(element, levels - 1) for element in content]
    if levels and isinstance(content, dict):
        return {
            snake(key): value if snake(key) in _NOT_SPELLED else spelled(value, levels - 1)
            for key, value in content.items()
        }
    return content


def _innermost(messages: Any) -> str:
    """The name of the first unknown property; whatever else is wrong the fields themselves refuse."""
    name, inner = next(iter(messages.items()))
    return _innermost(inner) if isinstance(inner, Mapping) else str(name)
