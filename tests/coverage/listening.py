"""A mock that is listened to: what its code reads of requests, and which answers it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import orjson
from flask import Flask, Request, g, has_request_context, request
from werkzeug.datastructures import EnvironHeaders, ImmutableMultiDict


class _Query(ImmutableMultiDict):
    """A query whose keys are noted when they are asked for by name."""

    def __init__(self, pairs: Any = None) -> None:
        super().__init__(pairs)
        self.heard: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.heard.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.heard.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.heard.add(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key: str, *args: Any, **kwargs: Any) -> list[Any]:
        self.heard.add(key)
        return super().getlist(key, *args, **kwargs)


class _Headers(EnvironHeaders):
    """Headers whose names are noted in the same way."""

    def __init__(self, environ: Any) -> None:
        super().__init__(environ)
        self.heard: set[str] = set()

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.heard.add(key)
        return super().get(key, *args, **kwargs)


class _Request(Request):
    parameter_storage_class = _Query

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = _Headers(self.environ)


class Heard(dict):
    """An object of a JSON body: whoever goes through it reads all of it."""

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__({key: _hearing(value) for key, value in content.items()})
        self.heard: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.heard.add(key)
        return super().__getitem__(key)

    def get(self, key: str, *args: Any) -> Any:
        self.heard.add(key)
        return super().get(key, *args)

    def __iter__(self) -> Iterator[str]:
        self.heard |= set(super().keys())
        return super().__iter__()

    def keys(self) -> Any:
        self.heard |= set(super().keys())
        return super().keys()

    def items(self) -> Any:
        self.heard |= set(super().keys())
        return super().items()


def _hearing(value: Any) -> Any:
    if isinstance(value, dict):
        return Heard(value)
    return [_hearing(each) for each in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Call:
    """A request, as it can be made again."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes


class Ear:
    """Listens to an app: parameters and bodies as far as they were read, and answers, by operation."""

    def __init__(self, app: Flask) -> None:
        self.parameters: dict[str, set[str]] = defaultdict(set)
        self.bodies: list[tuple[str, Any]] = []
        self.answers: list[tuple[str, int, Any]] = []
        self.calls: dict[str, list[Call]] = defaultdict(list)
        """Those that succeeded."""
        app.request_class = _Request
        app.after_request(self._note)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear how bodies are read, as long as this lasts."""
        load = orjson.loads

        def loads(data: Any) -> Any:
            content = load(data)
            if has_request_context() and "operation" in g and data and data == request.get_data():
                content = _hearing(content)
                self.bodies.append((g.operation, content))
            return content

        with patch.object(orjson, "loads", loads):
            yield

    def _note(self, response: Any) -> Any:
        name = g.get("operation")
        if name:
            self.parameters[name] |= request.args.heard | {key.lower() for key in request.headers.heard}
            content = response.get_json(silent=True) if response.mimetype == "application/json" else None
            self.answers.append((name, response.status_code, content))
            if response.status_code < 300:
                call = Call(request.method, request.path, request.args.to_dict(), request.get_data())
                self.calls[name].append(call)
        return response
