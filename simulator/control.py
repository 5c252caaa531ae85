"""The control API ``/_sim`` of one mock as a client: the simulator's only way to steer and to look."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import requests

from simkit import jsons

TIMEOUT = (5.0, 60.0)
_FIRST_REFUSAL = 400


class ControlRefused(Exception):
    """A mock refused a control call; the message is the mock's own."""


class Control:
    """Calls to ``/_sim/…`` of one mock."""

    def __init__(self, session: requests.Session, url: str, token: str | None = None) -> None:
        self._session = session
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self.url = url

    def get(self, path: str, **query: str) -> Any:
        return self._call("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return self._call("POST", path, data=jsons.dump(body or {}))

    def delete(self, path: str) -> None:
        self._call("DELETE", path)

    def _call(self, method: str, path: str, **how: Any) -> Any:
        request = requests.Request(method, f"{self.url}/_sim{path}", headers=self._headers, **how)
        answer = self._session.send(request.prepare(), timeout=TIMEOUT)
        content = _json(answer)
        if answer.status_code >= _FIRST_REFUSAL:
            told = content.get("error") if isinstance(content, dict) else None
            raise ControlRefused(told or f"{method} /_sim{path} was answered {answer.status_code}")
        return content


def _json(answer: requests.Response) -> Any:
    try:
        return jsons.load(answer.content) if answer.content else None
    except ValueError:
        return None


def part(name: object) -> str:
    """A name as one part of a path."""
    return quote(str(name), safe="")
