"""The cases of an operation, and which of them a request is. Pure.

A case fits when every value that it lists is there; whatever else a request has is tolerated. Of the cases
that fit, the one that lists most is meant, so that one without any parameters stands for everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Place = tuple[str, str]
"""Where a parameter is (path, query, header, body), and its name."""


@dataclass(frozen=True)
class Asked:
    """What a request has: one text by name in the path, any number in query and headers, and a JSON body."""

    path: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    header: Mapping[str, Sequence[str]]
    """By names in small letters."""
    body: Any = None


@dataclass(frozen=True)
class Case:
    """An answer, and the values that a request needs for it."""

    status: int
    wanted: Mapping[Place, Any]
    body: bytes
    """JSON, or nothing."""

    @property
    def weight(self) -> int:
        """How much it lists; a case whose values are all in another's is lighter."""
        return sum(1 + _weight(value) for value in self.wanted.values())

    def missing(self, asked: Asked) -> list[str]:
        """The names of the parameters that do not fit."""
        return [place[1] for place, value in self.wanted.items() if not _has(asked, place, value)]


@dataclass(frozen=True)
class Operation:
    """One operation of a model. ``dynamic`` ones have a sandbox with a state, not these cases."""

    name: str
    method: str
    path: str
    """With parameters in braces."""
    cases: tuple[Case, ...]
    """The heaviest first."""
    dynamic: bool = False

    def meant(self, asked: Asked) -> Case | None:
        return next((case for case in self.cases if not case.missing(asked)), None)

    def nearest(self, asked: Asked) -> list[str]:
        """The parameters of the nearest case that do not fit, for a request that is none of them."""
        return min((case.missing(asked) for case in self.cases), key=len, default=[])


def in_order(cases: Iterable[Case]) -> tuple[Case, ...]:
    """What a request is compared with first; of cases that list the same, a success."""
    return tuple(sorted(cases, key=lambda case: (-case.weight, case.status)))


def _has(asked: Asked, place: Place, value: Any) -> bool:
    where, name = place
    if where == "body":
        return _contains(asked.body, value)
    if where == "path":
        return asked.path.get(name) == _text(value)
    given = asked.header.get(name.lower(), ()) if where == "header" else asked.query.get(name, ())
    wanted = [_text(each) for each in value] if isinstance(value, list) else [_text(value)]
    # Arrays come comma separated, repeated, or both.
    parts = [part.strip() for text in given for part in text.split(",")]
    return wanted in (list(given), parts)


def _text(value: Any) -> str:
    """A value as it stands in an URL."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _contains(given: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(given, dict) and all(
            key in given and _contains(given[key], value) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        return (
            isinstance(given, list)
            and len(given) == len(wanted)
            and all(_contains(one, other) for one, other in zip(given, wanted, strict=True))
        )
    return given == wanted and isinstance(given, bool) == isinstance(wanted, bool)


def _weight(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(1 + _weight(each) for each in inner)
