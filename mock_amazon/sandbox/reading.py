"""The vendor's model files, read once at the start: Swagger 2.0 with ``x-amzn-api-sandbox`` in its responses.

No request ever leads to a file, so no request can choose one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import orjson

from mock_amazon.sandbox.cases import Case, Operation, Place, in_order

_KEY = "x-amzn-api-sandbox"
_METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


class UnusableModel(Exception):
    """A model file, or the folder, cannot be used; the message names it, the place in it, and why."""


@dataclass(frozen=True)
class SandboxModels:
    """All operations of the files of a folder, and what there is to say about files that were left out."""

    operations: tuple[Operation, ...]
    notes: tuple[str, ...] = ()


def read_models(folder: Path) -> SandboxModels:
    """The operations of every ``*.json`` in the folder and below.

    Raises UnusableModel.
    """
    operations: dict[tuple[str, str], Operation] = {}
    notes: list[str] = []
    for file in sorted(folder.rglob("*.json")):
        model = _loaded(file)
        if not isinstance(model, dict) or model.get("swagger") != "2.0":
            notes.append(f"{file} is no Swagger 2.0 model: left out")
            continue
        found = {(each.method, each.path): each for each in _Model(file, model).operations()}
        known = found.keys() & operations.keys()
        notes += [f"{file}: {' '.join(key)} is in an earlier file: left out" for key in found if key in known]
        operations = found | operations
    if not any(each.cases for each in operations.values()):
        raise UnusableModel(f"{folder} holds no model with static sandbox cases")
    return SandboxModels(tuple(operations.values()), tuple(notes))


def _loaded(file: Path) -> Any:
    try:
        return orjson.loads(file.read_bytes())
    except OSError as error:
        raise UnusableModel(f"{file} cannot be read: {error.strerror or error}") from None
    except orjson.JSONDecodeError as error:
        raise UnusableModel(f"{file} is not JSON: {error}") from None


class _Model:
    """One model; whatever is not as it should be is told with its place."""

    def __init__(self, file: Path, content: dict[str, Any]) -> None:
        self._file, self._content = file, content

    def operations(self) -> Iterator[Operation]:
        base = self._content.get("basePath") or ""
        for path, item in self._object(self._content.get("paths", {}), "paths").items():
            shared = self._object(item, path)
            for method in _METHODS:
                if method in shared:
                    yield self._operation(method, f"{str(base).rstrip('/')}{path}", shared)

    def _operation(self, method: str, path: str, item: Mapping[str, Any]) -> Operation:
        place = f"{method.upper()} {path}"
        content = self._object(item[method], place)
        places = self._places(item, content, place=place)
        cases = [
            self._case(each, status, places, place)
            for status, response in self._object(content.get("responses", {}), place).items()
            for each in self._static(self._resolved(response, place), f"{place} {status}")
        ]
        dynamic = any("dynamic" in self._object(each.get(_KEY, {}), place) for each in (item, content))
        return Operation(
            str(content.get("operationId", place)), method.upper(), path, in_order(cases), dynamic
        )

    def _places(self, *holders: Mapping[str, Any], place: str) -> dict[str, str]:
        """Where each parameter is, by its name."""
        listed = [each for holder in holders for each in self._list(holder.get("parameters", []), place)]
        parameters = [self._resolved(each, place) for each in listed]
        return {str(each.get("name")): str(each.get("in")) for each in parameters}

    def _static(self, response: Mapping[str, Any], place: str) -> list[Any]:
        return self._list(self._object(response.get(_KEY, {}), place).get("static", []), place)

    def _case(self, content: Any, status: str, places: Mapping[str, str], place: str) -> Case:
        where = f"{place} {status}"
        if not (status.isdecimal() and status.isascii() and len(status) == len("200")):
            raise self._unusable(where, f"{status!r} is no status")
        request = self._object(self._object(content, where).get("request", {}), where)
        parameters = self._object(request.get("parameters", {}), where)
        wanted: dict[Place, Any] = {}
        for name, parameter in parameters.items():
            value = self._object(parameter, where).get("value")
            if value is not None:  # a parameter that is named without a value may have any
                kind = "path" if f"{{{name}}}" in place else "body" if name == "body" else "query"
                wanted[places.get(name, kind), name] = value
        response = content.get("response")
        empty = response is None or int(status) == HTTPStatus.NO_CONTENT
        return Case(int(status), wanted, b"" if empty else orjson.dumps(response))

    def _resolved(self, content: Any, place: str) -> dict[str, Any]:
        reference = self._object(content, place).get("$ref")
        if reference is None:
            return self._object(content, place)
        kind, _, name = str(reference).removeprefix("#/").partition("/")
        known = self._object(self._content.get(kind, {}), kind)
        if name not in known:
            raise self._unusable(place, f"{reference!r} leads nowhere")
        return {**self._object(known[name], f"{kind} {name}"), **content}

    def _object(self, content: Any, place: str) -> dict[str, Any]:
        if not isinstance(content, dict):
            raise self._unusable(place, f"{type(content).__name__} instead of an object")
        return content

    def _list(self, content: Any, place: str) -> list[Any]:
        if not isinstance(content, list):
            raise self._unusable(place, f"{type(content).__name__} instead of a list")
        return content

    def _unusable(self, place: str, why: str) -> UnusableModel:
        return UnusableModel(f"{self._file}: at {place}: {why}")
