"""One HTTP call, with failures sorted by consequence. Bodies and headers never reach a log or a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

import requests

from connector.errors import RetryLater, Throttled

P = ParamSpec("P")
R = TypeVar("R")

TIMEOUT = (5.0, 30.0)
"""Seconds to connect, and to wait for an answer."""


class Http:
    """A session to one base URL that knows what a missing answer means."""

    def __init__(self, session: requests.Session, base_url: str, system: str) -> None:
        self._session = session
        self._base = base_url.rstrip("/")
        self._system = system

    def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **kwargs: Any
    ) -> requests.Response:
        """The answer, whatever its status below 500 but 429.

        Raises RetryLater.
        """
        try:
            answer = self._session.request(
                method, self._base + path, headers=headers, timeout=TIMEOUT, **kwargs
            )
        except requests.RequestException as error:
            reason = f"no answer from {self._system} at {urlsplit(self._base).netloc}"
            raise RetryLater(f"{reason} ({type(error).__name__})", perhaps_done=True) from error
        if answer.status_code == requests.codes.too_many:
            raise Throttled(f"{self._system} asks for fewer calls (429)")
        if answer.status_code >= requests.codes.server_error:
            raise RetryLater(f"{self._system} failed with {answer.status_code}", perhaps_done=True)
        return answer


def content(answer: requests.Response, system: str) -> Any:
    """The JSON of an answer, amounts as Decimal.

    Raises RetryLater: an answer that is no JSON says nothing about what it was asked (F25).
    """
    try:
        return answer.json(parse_float=Decimal)
    except ValueError:
        raise RetryLater(f"{system} sent something that is not JSON", perhaps_done=True) from None


def shaped(system: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function that takes an answer apart: one of an unknown shape is no answer (F25).

    It raises RetryLater then, never "there is nothing".
    """

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def read(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(*args, **kwargs)
            except (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError) as error:
                reason = f"{system} sent an answer of unknown shape ({type(error).__name__})"
                raise RetryLater(reason, perhaps_done=True) from error

        return read

    return mark
