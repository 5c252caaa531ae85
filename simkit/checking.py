"""Control bodies against their schemas: a wrong field is named, with its value and what is allowed.

The value of a ``load_only`` field is a secret and is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from simkit.control import BadControl, body

Path = tuple[str | int, ...]
_UNKNOWN = "Unknown field."


def word(*allowed: str, **more: Any) -> fields.String:
    """A field that takes one of these words, and tells the value and what is allowed."""
    return fields.String(validate=validate.OneOf(allowed, error="{input!r} is not one of {choices}."), **more)


def wish_of(schema: Schema) -> dict[str, Any]:
    """The body of the current call, checked.

    Raises BadControl that names each wrong field.
    """
    return checked(schema, body())


def checked(schema: Schema, content: Mapping[str, Any]) -> dict[str, Any]:
    """Load the content.

    Raises BadControl that names each wrong field.
    """
    try:
        loaded: dict[str, Any] = schema.load(content)
    except ValidationError as error:
        found = _found(error.messages)
        raise BadControl("; ".join(_told(schema, content, path, text) for path, text in found)) from None
    return loaded


def _found(messages: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(messages, list):
        yield path, " ".join(map(str, messages))
        return
    for key, inner in messages.items():
        yield from _found(inner, path if key == "_schema" else (*path, key))


def _told(schema: Schema, content: Any, path: Path, text: str) -> str:
    field = ".".join(map(str, path))
    if text == _UNKNOWN:
        return f"unknown field {field!r}: allowed are {', '.join(_names(schema, path[:-1]))}"
    if _is_secret(schema, path):
        return f"field {field!r}: {text}"
    for step in path:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return f"field {field!r}: {text}"
    if text.startswith(repr(content)):
        return f"field {field!r}: {text}"
    return f"field {field!r}: {content!r}: {text}"


def _is_secret(schema: Schema, path: Path) -> bool:
    return any(schema.fields[str(name)].load_only for name in path[:1] if name in schema.fields)


def _names(schema: Schema, path: Path) -> list[str]:
    """The field names of the schema at that path."""
    inner = schema
    for step in path:
        if isinstance(step, int):
            continue
        field = inner.fields[step]
        field = field.inner if isinstance(field, fields.List) else field
        assert isinstance(field, fields.Nested)  # noqa: S101 - only a nested schema has unknown fields
        inner = field.schema
    return list(inner.fields)
