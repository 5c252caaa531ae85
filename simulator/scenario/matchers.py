"""The words that an expectation may use in place of a value: ``any``, ``absent`` and matchers."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import Any

from simulator.scenario.reading import Reading
from simulator.scenario.shapes import Either, ListOf, Named, Shape, unknown_key
from simulator.scenario.values import Described, Kind, Money, Number, Text, shown
from simulator.scenario.yamltree import Node

COMPARISONS = (">=", ">", "<=", "<", "!=")
WORDS = ("contains", "matches", "exactly", *COMPARISONS)

_TEXT = Text()
ANY_NUMBER = Number(least=-1_000_000_000)
ANY_MONEY = Money(negative=True)


@dataclass(frozen=True)
class Match(Described):
    """An expected value of a kind: such a value, or words that it must fit."""

    kind: Kind

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node.value, str) and node.value in {"any", "absent"}:
            return node.value
        if isinstance(node.value, dict) and (self.is_single or node.value.keys() & set(WORDS)):
            return {key: self._word(key, child, node, reading) for key, child in node.value.items()}
        return self.kind.read(node, reading)

    @property
    def is_single(self) -> bool:
        """Whether the kind is of single values, which can be compared."""
        return not isinstance(self.kind, Shape | Named | ListOf | Either)

    def _word(self, key: str, child: Node, node: Node, reading: Reading) -> Any:
        if key == "exactly" and not self.is_single:
            if len(node.value) > 1:
                reading.wrong(child, "nothing may stand beside 'exactly'")
            return self.kind.read(child, reading)
        if key == "contains":
            return _TEXT.read(child, reading)
        if key == "matches":
            return _pattern(child, reading)
        if key in COMPARISONS and self.is_single:
            return self._compared(key, child, reading)
        allowed = [word for word in WORDS if self.is_single != (word == "exactly")]
        reading.wrong(child, unknown_key(key, allowed))
        return None

    def _compared(self, key: str, child: Node, reading: Reading) -> Any:
        if isinstance(self.kind, Money):
            return ANY_MONEY.read(child, reading)
        return self.kind.read(child, reading) if key == "!=" else ANY_NUMBER.read(child, reading)


def _pattern(node: Node, reading: Reading) -> Any:
    if not isinstance(node.value, str):
        reading.wrong(node, f"{shown(node)} is not a regular expression")
        return node.value
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what will mean something else in a later Python is no pattern
            re.compile(node.value)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        reading.wrong(node, f"{node.value!r} is not a regular expression: {error}")
    return node.value


def expected(**kinds: Kind) -> Shape:
    """A mapping of which any part may be expected."""
    return Shape(may={key: Match(kind) for key, kind in kinds.items()})
