"""Kinds of mappings and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.scenario.problems import did_you_mean
from simulator.scenario.reading import Reading
from simulator.scenario.values import Described, Kind, Text, shown
from simulator.scenario.yamltree import Node

After = Callable[[dict[str, Any], Node, Reading], None]
"""A check that looks at several keys of one mapping together."""

_TEXT = Text()


@dataclass(frozen=True)
class Shape(Described):
    """A mapping with known keys. ``short`` is the key that a bare text stands for."""

    need: Mapping[str, Kind] = field(default_factory=dict)
    may: Mapping[str, Kind] = field(default_factory=dict)
    short: str = ""
    after: After | None = None

    def read(self, node: Node, reading: Reading) -> Any:
        if self.short and isinstance(node.value, str):
            node = Node({self.short: Node(node.value, node.line, node.name)}, node.line, node.name)
        if not isinstance(node.value, dict):
            reading.wrong(node, f"{shown(node)} is not a mapping: {self._wanted()}")
            return {}
        kinds = {**self.need, **self.may}
        content = {}
        for key, child in node.value.items():
            if key in kinds:
                content[key] = kinds[key].read(child, reading)
            else:
                reading.wrong(child, unknown_key(key, kinds))
        for key in self.need:
            if key not in node.value:
                reading.wrong(node, f"key {key!r} is missing")
        if self.after is not None:
            self.after(content, node, reading)
        return content

    def _wanted(self) -> str:
        keys = ", ".join([*self.need, *(f"{key}?" for key in self.may)])
        alone = f"; its {self.short} alone will do" if self.short else ""
        return f"its keys are {keys}{alone}" if keys else "write {}"


@dataclass(frozen=True)
class ListOf(Described):
    """A list of one kind, of ``least`` elements at least."""

    kind: Kind
    least: int = 0

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, list):
            reading.wrong(node, f"{shown(node)} is not a list{_as_list(node)}")
            return []
        if len(node.value) < self.least:
            reading.wrong(node, f"the list needs {self.least} or more")
        return [self.kind.read(child, reading) for child in node.value]


def _as_list(node: Node) -> str:
    if isinstance(node.value, dict) or node.value is None:
        return ""
    return f": write [{node.value if isinstance(node.value, str) else shown(node)}]"


@dataclass(frozen=True)
class Named(Described):
    """A mapping from names to one kind; ``name`` checks the names themselves."""

    kind: Kind
    name: Kind = _TEXT
    after: After | None = None

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, dict):
            reading.wrong(node, f"{shown(node)} is not a mapping of names")
            return {}
        content = {
            self.name.read(Node(key, child.line, node.name), reading): self.kind.read(child, reading)
            for key, child in node.value.items()
        }
        if self.after is not None:
            self.after(content, node, reading)
        return content


@dataclass(frozen=True)
class Either(Described):
    """A mapping, or something that is none."""

    other: Kind
    mapping: Kind

    def read(self, node: Node, reading: Reading) -> Any:
        kind = self.mapping if isinstance(node.value, dict) else self.other
        return kind.read(node, reading)


def unknown_key(key: str, allowed: Iterable[str]) -> str:
    """The words for a key that means nothing here."""
    words = list(allowed)
    return f"unknown key (allowed: {', '.join(words) or 'none'}){did_you_mean(key, words)}"
