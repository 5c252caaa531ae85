"""YAML 1.2 text to a tree of plain values that know their lines. Nothing is ever constructed or executed.

``on``, ``off``, ``yes`` and ``no`` are words; times stay text; a key may stand once in its mapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from simulator.scenario.model import Place
from simulator.scenario.problems import Problem, ScenarioError, unreadable

MAX_BYTES = 1_000_000
MAX_VALUES = 100_000
"""Values in a file, those that an alias repeats counted each time."""
MAX_DEPTH = 50

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Node:
    """One value: a scalar, or a list or dict of nodes; ``name`` is the key or place it stands under."""

    value: Any
    line: int
    name: str


def read_tree(file: Path, problems: list[Problem]) -> Node:
    """The one document of the file; keys that stand twice are added to ``problems``.

    Raises ScenarioError where there is no tree to go on with.
    """
    text = _text(file)
    try:
        return _Builder(file, YAML(typ="safe", pure=True).parse(text), problems).document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise unreadable(
            file, line, f"this is not YAML: {error.problem or error.context}{_hint(error)}"
        ) from None
    except (YAMLError, ValueError, OverflowError, IndexError, AttributeError, AssertionError) as error:
        # ruamel's scanner lets these through where an escape or a directive makes no sense
        raise unreadable(file, 1, f"this is not YAML: {str(error).partition(chr(10))[0]}") from None


def _hint(error: MarkedYAMLError) -> str:
    """What people usually did who read this."""
    problem = str(error.problem)
    if r"'\t'" in problem:
        return ": indent with blanks, not with tabs"
    if "<block end>" in problem or "mapping values are not allowed" in problem:
        return (
            ": look how far this line and the one before are indented, and for ':' in a text without quotes"
        )
    return ""


def scalar(text: str) -> Any:
    """What a plain scalar means by YAML 1.2's core schema; text where it is nothing else."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) and not text.isdigit() else text


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(file, 1, f"the file cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise unreadable(file, 1, f"the file is too big: at most {MAX_BYTES} bytes are read")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise unreadable(file, line, f"the file is not UTF-8: byte 0x{data[error.start]:02x}") from None


class _Builder:
    """Builds the tree from the parser's events."""

    def __init__(self, file: Path, events: Iterator[Event], problems: list[Problem]) -> None:
        self._file = file
        self._events = events
        self._problems = problems
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def document(self) -> Node:
        next(self._events)
        if isinstance(next(self._events), StreamEndEvent):
            raise unreadable(self._file, 1, "the file is empty: it needs at least 'scenario' and 'steps'")
        root = self._node(next(self._events), "file", 0)
        next(self._events)
        more = next(self._events)
        if isinstance(more, DocumentStartEvent):
            raise self._bad(more, "a second document begins here: one file holds one scenario")
        return root

    def _node(self, event: Event, name: str, depth: int) -> Node:
        if not isinstance(event, ScalarEvent | CollectionStartEvent):
            return self._alias(event, name)
        before = self._count
        self._counted(event, 1, depth)
        if event.tag is not None:
            raise self._bad(event, f"tag {event.tag!r} is not allowed: values are plain YAML")
        line = event.start_mark.line + 1
        node = Node(self._content(event, name, depth), line, name)
        if event.anchor:
            self._anchors[event.anchor] = (node, self._count - before)
        return node

    def _content(self, event: Event, name: str, depth: int) -> Any:
        if isinstance(event, ScalarEvent):
            return scalar(event.value) if event.implicit[0] else event.value
        if isinstance(event, SequenceStartEvent):
            return list(self._elements(name, depth))
        return dict(self._entries(depth))

    def _elements(self, name: str, depth: int) -> Iterator[Node]:
        number = 0
        while not isinstance(event := next(self._events), SequenceEndEvent):
            number += 1
            yield self._node(event, f"{name}[{number}]", depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[str, Node]]:
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key, line = self._key(event), event.start_mark.line + 1
            if key in lines:
                twice = f"key {key!r} stands twice: first in line {lines[key]}"
                self._problems.append(Problem(Place(self._file, line), twice))
            lines.setdefault(key, line)
            # The key's line, so that "missing" and "unknown" point at a word and not below it.
            yield key, replace(self._node(next(self._events), key, depth + 1), line=line)

    def _key(self, event: Event) -> str:
        if isinstance(event, ScalarEvent) and event.tag is None:
            return str(event.value)
        raise self._bad(event, "a key must be a word")

    def _alias(self, event: Any, name: str) -> Node:
        if event.anchor not in self._anchors:
            raise self._bad(event, f"alias '*{event.anchor}' has no finished anchor before it")
        node, size = self._anchors[event.anchor]
        self._counted(event, size, 0)
        return replace(node, name=name)

    def _counted(self, event: Event, size: int, depth: int) -> None:
        self._count += size
        if self._count > MAX_VALUES or depth > MAX_DEPTH:
            raise self._bad(event, f"too many values (over {MAX_VALUES}) or levels (over {MAX_DEPTH})")

    def _bad(self, event: Event, message: str) -> ScenarioError:
        return unreadable(self._file, event.start_mark.line + 1, message)
