"""A mock that is listened to: which parameters its code reads, and which answers it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from flask import Flask, Request, g
from werkzeug.datastructures import ImmutableMultiDict


class _Heard(ImmutableMultiDict):
    """A query whose keys are noted when they are asked for by name."""

    def __init__(self, pairs: Any = None) -> None:
        super().__init__(pairs)
        self.names: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.names.add(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key: str, *args: Any, **kwargs: Any) -> list[Any]:
        self.names.add(key)
        return super().getlist(key, *args, **kwargs)


class _HeardRequest(Request):
    parameter_storage_class = _Heard


class Ear:
    """Listens to an app: parameters read, and answers given, by operation."""

    def __init__(self, app: Flask) -> None:
        self.read: dict[str, set[str]] = defaultdict(set)
        self.answers: list[tuple[str, int, Any]] = []
        app.request_class = _HeardRequest
        app.after_request(self._note)

    def _note(self, response: Any) -> Any:
        from flask import request

        name = g.get("operation")
        if name:
            self.read[name] |= request.args.names
            content = response.get_json(silent=True) if response.mimetype == "application/json" else None
            self.answers.append((name, response.status_code, content))
        return response

    def __iter__(self) -> Iterator[tuple[str, int, Any]]:
        return iter(self.answers)
