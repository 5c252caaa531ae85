"""JSON bodies of calls: read as Amazon reads them, with its complaints; fields unknown to it are ignored."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from mock_amazon.errors import InvalidInput, violation

_MISSING = "missing"
WORDS: dict[str, Any] = {"required": _MISSING, "null": _MISSING}
"""Every other complaint of the schemas is about a type."""
# PostgreSQL knows no text with a NUL.
text = partial(fields.String, error_messages=WORDS, validate=validate.Regexp(r"[^\0]*\Z"))


class Part(Schema):
    """An object of a body."""

    class Meta:  # noqa: D106 - marshmallow's own place for options
        unknown = EXCLUDE


class Units(fields.Integer):
    """A whole number; a number in quotes is none."""

    def _validated(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("invalid")
        return value


def loaded(schema: Schema, data: bytes) -> dict[str, Any]:
    """The body.

    Raises InvalidInput.
    """
    try:
        content: dict[str, Any] = schema.load(orjson.loads(data))
    except orjson.JSONDecodeError:
        raise InvalidInput("Request has missing or invalid parameters and cannot be parsed.") from None
    except ValidationError as error:
        raise _refusal(list(_found(error.messages))) from None
    return content


def _found(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The paths of wrong fields, each with what is wrong."""
    if isinstance(messages, list):
        yield ".".join(path), str(messages[0])
        return
    for key, inner in messages.items():
        yield from _found(inner, path if key == "_schema" else (*path, str(key)))


def _refusal(found: list[tuple[str, str]]) -> InvalidInput:
    mistyped = [path or "body" for path, wrong in found if wrong != _MISSING]
    if mistyped:
        return InvalidInput(
            "The input you have submitted is not valid. "
            f"Please check the fields with invalid type [{', '.join(mistyped)}]."
        )
    return violation("null", found[0][0], "Member must not be null")
