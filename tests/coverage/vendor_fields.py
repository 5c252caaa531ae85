"""What the vendor's models name: operations, parameters, objects with fields; and what of it was met."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Fields = dict[str, set[str]]
"""The fields of objects, by the objects' names."""


@dataclass
class Model:
    """One of the vendor's Swagger files."""

    name: str
    content: dict[str, Any]
    operations: dict[str, tuple[str, str, dict[str, Any]]] = field(default_factory=dict)
    """Operation id to method, path and definition."""

    @classmethod
    def read(cls, file: Path) -> Model:
        model = cls(file.stem, json.loads(file.read_text(encoding="utf-8")))
        for path, methods in model.content["paths"].items():
            for method, definition in methods.items():
                if isinstance(definition, dict) and "operationId" in definition:
                    model.operations[definition["operationId"]] = (method.upper(), path, definition)
        return model

    def parameters(self, operation: str) -> list[str]:
        """The names of the query's parameters; paths and bodies are told otherwise."""
        _, _, definition = self.operations[operation]
        return [each["name"] for each in map(self._resolved, self._all(definition)) if each["in"] == "query"]

    def asked(self, operation: str) -> Fields:
        """The objects of the request's body."""
        found: Fields = {}
        for each in map(self._resolved, self._all(self.operations[operation][2])):
            if each["in"] == "body":
                self._collect(each["schema"], each["name"], found)
        return found

    def answered(self, operation: str, status: int) -> Fields:
        """The objects of the answer with that status."""
        found: Fields = {}
        schema = self.operations[operation][2]["responses"][str(status)].get("schema")
        if schema:
            self._collect(schema, f"{operation} {status}", found)
        return found

    def met(self, operation: str, status: int, content: Any, seen: Fields) -> None:
        """Note the fields that an answer has."""
        schema = self.operations[operation][2]["responses"][str(status)].get("schema")
        if schema:
            self._walk(schema, f"{operation} {status}", content, seen)

    def _all(self, definition: dict[str, Any]) -> list[dict[str, Any]]:
        return definition.get("parameters", [])

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
            if properties:
                if own in found and set(properties) <= found[own]:
                    continue
                found.setdefault(own, set()).update(properties)
            for key, inner in properties.items():
                self._collect(inner, f"{own}.{key}", found)
            for inner in (part.get("items"), part.get("additionalProperties")):
                if isinstance(inner, dict):
                    self._collect(inner, own, found)

    def _walk(self, schema: dict[str, Any], name: str, value: Any, seen: Fields) -> None:
        for own, part in self._parts(schema, name):
            if isinstance(value, list) and "items" in part:
                for element in value:
                    self._walk(part["items"], own, element, seen)
            if not isinstance(value, dict):
                continue
            properties = part.get("properties", {})
            for key, inner in value.items():
                if key in properties:
                    seen.setdefault(own, set()).add(key)
                    self._walk(properties[key], f"{own}.{key}", inner, seen)
                elif isinstance(part.get("additionalProperties"), dict):
                    self._walk(part["additionalProperties"], own, inner, seen)


def merged(*all_fields: Fields) -> Fields:
    """The objects of all, each with all its fields."""
    together: Fields = defaultdict(set)
    for fields in all_fields:
        for name, keys in fields.items():
            together[name] |= keys
    return dict(together)
