"""What the vendor's models name: operations, parameters, objects with fields; and what of it was met."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Fields = dict[str, dict[str, None]]
"""The fields of objects, by the objects' names, both in the vendor's order."""
Keys = Callable[[dict[str, Any]], Iterable[str]]
"""Which keys of a value count."""


@dataclass(frozen=True)
class Operation:
    """One operation: its definition, and where it is."""

    method: str
    path: str
    definition: dict[str, Any]


@dataclass
class Model:
    """One of the vendor's Swagger files."""

    name: str
    content: dict[str, Any]
    operations: dict[str, Operation] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Model:
        model = cls(file.stem, json.loads(file.read_text(encoding="utf-8")))
        for path, methods in model.content["paths"].items():
            for method, definition in methods.items():
                if isinstance(definition, dict) and "operationId" in definition:
                    found = Operation(method.upper(), path, definition)
                    model.operations[definition["operationId"]] = found
        return model

    @classmethod
    def of_message(cls, name: str, file: Path) -> Model:
        """The schema of a message, as if it were the answer of an operation of that name."""
        schema = json.loads(file.read_text(encoding="utf-8"))
        answer = {"responses": {"200": {"schema": schema}}}
        return cls(file.stem, {"paths": {"": {}}}, {name: Operation("", "", answer)})

    def parameters(self, operation: str) -> list[str]:
        """The names of the query's and the headers' parameters; those of the path are in the path."""
        return [each["name"] for each in self._parameters(operation) if each["in"] in {"query", "header"}]

    def asked(self, operation: str) -> Fields:
        """The objects of the request's body."""
        found: Fields = defaultdict(dict)
        for name, schema in self._bodies(operation):
            self._collect(schema, name, found)
        return dict(found)

    def answered(self, operation: str) -> Fields:
        """The objects of the answers."""
        found: Fields = defaultdict(dict)
        for name, schema in self._answers(operation).values():
            self._collect(schema, name, found)
        return dict(found)

    def met_in_body(self, operation: str, content: Any, keys: Keys, met: Fields) -> None:
        """Note the fields of a body that was sent."""
        for name, schema in self._bodies(operation):
            self._walk(schema, name, content, keys, met)

    def met_in_answer(self, operation: str, status: int, content: Any, met: Fields) -> None:
        """Note the fields that an answer has."""
        if status in (answers := self._answers(operation)):
            name, schema = answers[status]
            self._walk(schema, name, content, dict.keys, met)

    def _bodies(self, operation: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for each in self._parameters(operation):
            if each["in"] == "body":
                yield f"{operation}'s body", each["schema"]

    def _answers(self, operation: str) -> dict[int, tuple[str, dict[str, Any]]]:
        responses = {
            int(status): self._resolved(answer)
            for status, answer in self.operations[operation].definition["responses"].items()
        }
        return {
            status: (operation, answer["schema"])
            for status, answer in responses.items()
            if "schema" in answer
        }

    def _parameters(self, operation: str) -> Iterator[dict[str, Any]]:
        found = self.operations[operation]
        both = [
            *self.content["paths"][found.path].get("parameters", []),
            *found.definition.get("parameters", []),
        ]
        return map(self._resolved, both)

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in part:
            target: Any = self.content
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            part = target
        return part

    def _parts(self, schema: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The schema and what it is made of, each with the name of its object."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            schema = self._resolved(schema)
        yield name, schema
        for part in schema.get("allOf", []):
            yield from self._parts(part, name)

    def _collect(self, schema: dict[str, Any], name: str, found: Fields) -> None:
        for own, part in self._parts(schema, name):
            properties = part.get("properties", {})
            if properties and properties.keys() <= found[own].keys():
                continue
            if properties:
                found[own].update(dict.fromkeys(properties))
            for key, inner in properties.items():
                self._collect(inner, _inner(own, key), found)
            for inner in (part.get("items"), part.get("additionalProperties")):
                if isinstance(inner, dict):
                    self._collect(inner, own, found)

    def _walk(self, schema: dict[str, Any], name: str, value: Any, keys: Keys, met: Fields) -> None:
        for own, part in self._parts(schema, name):
            if isinstance(value, list) and "items" in part:
                for element in value:
                    self._walk(part["items"], own, element, keys, met)
            if not isinstance(value, dict):
                continue
            properties = part.get("properties", {})
            for key in keys(value):
                if key in properties:
                    met.setdefault(own, {})[key] = None
                    self._walk(properties[key], _inner(own, key), dict.get(value, key), keys, met)
                elif isinstance(part.get("additionalProperties"), dict):
                    self._walk(part["additionalProperties"], own, dict.get(value, key), keys, met)


def _inner(owner: str, key: str) -> str:
    """The name of an object that the vendor gave none."""
    return f"{owner.rpartition('.')[2]}.{key}"


def merged(all_fields: Iterable[Fields]) -> Fields:
    """The objects of all, each with all its fields; those without any have none to tell of."""
    together: Fields = defaultdict(dict)
    for fields in all_fields:
        for name, keys in fields.items():
            together[name].update(keys)
    return {name: keys for name, keys in together.items() if keys}
