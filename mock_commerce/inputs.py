"""Reading of request bodies as Commerce's service layer does: both spellings, PHP's casts.

An unknown property is an internal error in Commerce, not a bad request (magento2#3660).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import g
from marshmallow import Schema, ValidationError, fields

from mock_commerce.errors import ListTooLong, Masked, TypeInvalid, no_accessor
from mock_commerce.rest import LARGEST, snake
from mock_commerce.settings import current

LARGEST_AMOUNT = 10**14
"""What Commerce's decimal columns (20,6) cannot hold any more."""
_NOT_SPELLED = frozenset({"custom_attributes"})


class Text(fields.Field[str]):
    """Any scalar, as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        del data, kwargs
        if isinstance(value, dict | list):
            raise TypeInvalid(attr or "", value, "string")
        return str(value)


class Texts(fields.Field[list[str]]):
    """A list of scalars, as texts."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        del data, kwargs
        if not isinstance(value, list):
            raise TypeInvalid(attr or "", value, "string[]")
        if any(isinstance(element, dict | list) for element in value):
            raise TypeInvalid(attr or "", [], "string")
        return [str(element) for element in value]


def _plain(text: str) -> str:
    """Raises ValueError for what only Python takes for a number: 1_000, and digits of other scripts."""
    if "_" in text or not text.isascii():
        raise ValueError(text)
    return text


class Number(fields.Field[Decimal]):
    """A number or a numeric text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        del data, kwargs
        try:
            number = Decimal(_plain(str(value)))
        except (InvalidOperation, ValueError):
            number = Decimal("NaN")
        if isinstance(value, dict | list) or not number.is_finite():
            raise TypeInvalid(attr or "", value, "float")
        if abs(number) >= LARGEST_AMOUNT:
            raise Masked(f"SQLSTATE[22003]: Numeric value out of range: 1264 Out of range value for '{attr}'")
        return number


class Whole(fields.Field[int]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        del data, kwargs
        try:
            whole = int(_plain(value) if isinstance(value, str) else value)
            return max(-LARGEST, min(whole, LARGEST))  # cut where a machine word ends, as PHP's
        except (TypeError, ValueError, OverflowError):
            raise TypeInvalid(attr or "", value, "int") from None


class Flag(fields.Field[bool]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        del data, kwargs
        if not isinstance(value, dict | list) and value in {0, 1, "0", "1", "true", "false"}:
            return value in {1, "1", "true"}
        raise TypeInvalid(attr or "", value, "boolean")


class Wholes(fields.Field[list[int]]):
    """A list of whole numbers; a single one counts as a list."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[int]:
        whole = Whole()
        rows = value if isinstance(value, list) else [value]
        return [whole._deserialize(row, attr, data, **kwargs) for row in rows]  # noqa: SLF001 - our own


def schema(name: str, **columns: Any) -> Schema:
    """A schema of optional, nullable properties: kind to a list of names, or name to a field."""
    kinds = {"text": Text, "texts": Texts, "number": Number, "whole": Whole, "flag": Flag, "raw": fields.Raw}
    kinds["wholes"] = Wholes
    properties: dict[str, Any] = {}
    for key, value in columns.items():
        if key in kinds:
            properties |= {column: kinds[key](allow_none=True) for column in value.split()}
        else:
            properties[key] = value
    return Schema.from_dict(properties, name=name)()


class Rows(fields.List[Any]):
    """A list of objects, within the limits of the web API."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list):
            check_length(value, self.metadata["php_type"])
        return super()._deserialize(value, attr, data, **kwargs)


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
    return fields.Nested(inner, allow_none=True)


def read(wanted: Schema, content: Any) -> dict[str, Any]:
    """The known properties of a body.

    Raises TypeInvalid; Masked for a property that does not exist.
    """
    try:
        return dict(wanted.load(spelled(content)))
    except ValidationError as error:
        path, reason = _first(error.messages)
        if reason == "Unknown field.":
            raise no_accessor(path.rsplit(".", 1)[-1], type(wanted).__name__) from None
        raise TypeInvalid(path, "array", "object") from None


def spelled(content: Any) -> Any:
    """The same content with snake_case keys."""
    if isinstance(content, list):
        return [spelled(element) for element in content]
    if isinstance(content, dict):
        return {
            snake(key): value if snake(key) in _NOT_SPELLED else spelled(value)
            for key, value in content.items()
        }
    return content


def _first(messages: Any, path: str = "") -> tuple[str, str]:
    while isinstance(messages, Mapping):
        key, messages = next(iter(messages.items()))
        path = f"{path}.{key}" if path else str(key)
    return path, str(messages[0] if isinstance(messages, list) else messages)
