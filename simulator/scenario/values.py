"""Kinds of single values: each knows what it allows and turns a node into plain Python, or complains.

They are data: a JSON Schema can be made from the same objects that check a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from simkit.times import UnreadableTime, parse_duration, parse_time
from simulator.scenario.problems import not_one_of
from simulator.scenario.reading import Reading
from simulator.scenario.yamltree import Node

MONEY = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")
_LARGEST = 1_000_000_000


class Kind(Protocol):
    """Something that reads a node. After a complaint the answer means nothing."""

    def read(self, node: Node, reading: Reading) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class Described:
    """What every kind has: a few words for people, which editors show."""

    about: str = ""


@dataclass(frozen=True)
class Text(Described):
    """Any text but an empty one; ``pattern`` and ``like`` narrow it."""

    pattern: str = ""
    like: str = ""

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, str):
            reading.wrong(node, f"{shown(node)} is not text: {_hint(node, self.like)}")
        elif not node.value:
            reading.wrong(node, "the text is empty")
        elif self.pattern and not re.fullmatch(self.pattern, node.value):
            reading.wrong(node, f"{node.value!r} does not look like {self.like}")
        return node.value


@dataclass(frozen=True)
class Word(Described):
    """One of a fixed set of words."""

    words: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> Any:
        if node.value not in self.words or not isinstance(node.value, str):
            reading.wrong(node, not_one_of(plain(node), self.words))
        return node.value


@dataclass(frozen=True)
class Flag(Described):
    """``true`` or ``false``."""

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, bool):
            reading.wrong(node, f"{shown(node)} is not one of true, false")
        return node.value


@dataclass(frozen=True)
class Whole(Described):
    """A whole number from ``least`` to ``most``."""

    least: int = 0
    most: int = _LARGEST

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, int) or isinstance(node.value, bool):
            reading.wrong(node, f"{shown(node)} is not a whole number")
        elif not self.least <= node.value <= self.most:
            reading.wrong(node, f"{node.value} is not between {self.least} and {self.most}")
        return node.value


@dataclass(frozen=True)
class Number(Described):
    """A number, with decimals or without, from ``least`` to ``most``; 0 only where ``zero`` says so."""

    least: float = 0
    most: float = _LARGEST
    zero: bool = True

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, int | float) or isinstance(node.value, bool):
            reading.wrong(node, f"{shown(node)} is not a number")
        elif not self.least <= node.value <= self.most or (not node.value and not self.zero):
            above = "" if self.zero else ", and not 0"
            reading.wrong(node, f"{node.value} is not between {self.least} and {self.most}{above}")
        return node.value


@dataclass(frozen=True)
class Money(Described):
    """An amount as quoted text."""

    negative: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, str):
            reading.wrong(node, f'{shown(node)} is not money: write it in quotes, such as "19.99"')
        elif not MONEY.fullmatch(node.value):
            reading.wrong(node, f'{node.value!r} is not money: write digits and up to two decimals, "19.99"')
        elif node.value.startswith("-") and not self.negative:
            reading.wrong(node, f"{node.value!r} is below zero")
        return node.value


@dataclass(frozen=True)
class Duration(Described):
    """``45s``, ``10m``, ``2h``, ``3d``; handed on as text."""

    def read(self, node: Node, reading: Reading) -> Any:
        try:
            parse_duration(node.value)
        except UnreadableTime as error:
            reading.wrong(node, str(error))
        return node.value


@dataclass(frozen=True)
class Time(Described):
    """ISO 8601 with a zone, or relative to the clock; handed on as text."""

    def read(self, node: Node, reading: Reading) -> Any:
        try:
            parse_time(node.value, reading.now)
        except (UnreadableTime, OverflowError):
            reading.wrong(
                node,
                f"{shown(node)} is not a time: write ISO 8601 with a zone (2026-03-01T09:00:00Z) "
                "or relative to the clock (-2d)",
            )
        return node.value


@dataclass(frozen=True)
class Known(Described):
    """The name of something that was made before this place."""

    spaces: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node.value, str):
            reading.need(node, node.value, self.spaces)
        else:
            reading.wrong(node, f"{shown(node)} is not the name of a {' or '.join(self.spaces)}")
        return node.value


@dataclass(frozen=True)
class NotYet(Described):
    """A part of the language that this version does not play."""

    def read(self, node: Node, reading: Reading) -> Any:
        reading.wrong(node, "this part of the language is not built yet")
        return None


def plain(node: Node) -> Any:
    """The node and all below it as plain Python, unchecked."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def shown(node: Node) -> str:
    """The value as a message shows it: short, and in YAML's words."""
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, list):
        return "a list"
    if isinstance(node.value, bool) or node.value is None:
        return "nothing" if node.value is None else str(node.value).lower()
    return repr(node.value)


def _hint(node: Node, like: str) -> str:
    if isinstance(node.value, dict | list) or node.value is None:
        return f"write {like}" if like else "write a text"
    return "write it in quotes"
