"""The body of createRestrictedDataToken: checked as Amazon does; fields unknown to it are ignored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from mock_amazon.access.restricted import ELEMENTS, OPERATIONS, operation_of
from mock_amazon.errors import InvalidInput

MOST = 50
NO_RESOURCE = "Application do not have access to some or all requested resource"


def no_elements(names: list[str]) -> InvalidInput:
    listed = ", ".join(names)
    return InvalidInput(
        f"Application does not have access to one or more requested data elements: [{listed}]"
    )


class _Part(Schema):
    class Meta:
        unknown = EXCLUDE


class _Resource(_Part):
    method = fields.String(required=True, validate=validate.OneOf(("GET", "PUT", "POST", "DELETE")))
    path = fields.String(required=True, validate=validate.Length(1, 500))
    elements = fields.List(fields.String(), data_key="dataElements", load_default=list, allow_none=True)


class _Request(_Part):
    resources = fields.List(
        fields.Nested(_Resource),
        required=True,
        data_key="restrictedResources",
        validate=validate.Length(1, MOST),
    )
    target = fields.String(data_key="targetApplication", load_default=None, allow_none=True)


_request = _Request()


def read_restrictions(data: bytes) -> tuple[list[dict[str, Any]], str | None]:
    """The resources with the personal data that each asks for, and the application that gets the token.

    Raises InvalidInput.
    """
    try:
        content = _request.load(orjson.loads(data))
    except orjson.JSONDecodeError:
        raise InvalidInput("Invalid Input", "The body is not JSON.") from None
    except ValidationError as error:
        raise InvalidInput("Invalid Input", _told(error)) from None
    return [_resource(each) for each in content["resources"]], content["target"]


def _resource(each: Mapping[str, Any]) -> dict[str, Any]:
    method, path, named = each["method"], each["path"], each["elements"] or []
    operation = operation_of(method, path)
    if operation is None:
        raise InvalidInput(NO_RESOURCE, f"{method} {path}")
    if unknown := [name for name in named if name not in ELEMENTS]:
        raise no_elements(unknown)
    elements = OPERATIONS[operation] or named
    if not elements:
        raise InvalidInput("Invalid Input", f"dataElements are needed for {path}.")
    by_name = not OPERATIONS[operation]
    return {"method": method, "path": path, "elements": sorted(set(elements)), "named": by_name}


def _told(error: ValidationError) -> str:
    """The first wrong field by its path. Values are left out: a path may hold anything."""
    found: Any = error.messages
    path = []
    while isinstance(found, dict):
        key, found = next(iter(found.items()))
        path.append(str(key))
    text = found[0] if isinstance(found, list) else found
    return f"{'.'.join(path)}: {text}"
