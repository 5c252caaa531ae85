"""A scenario file as a whole: its keys, and the shape of a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.scenario.expected import EXPECTED
from simulator.scenario.given import GIVEN
from simulator.scenario.model import Place, Step
from simulator.scenario.problems import did_you_mean, not_one_of
from simulator.scenario.reading import Reading
from simulator.scenario.shapes import ListOf, Shape
from simulator.scenario.values import Described, Kind, Text, Word, shown
from simulator.scenario.verbs import TO_COME, VERBS
from simulator.scenario.words import INVARIANTS, PROFILES, PROFILES_TO_COME
from simulator.scenario.yamltree import Node


@dataclass(frozen=True)
class OneStep(Described):
    """A mapping with exactly one verb; a note may stand beside it."""

    def read(self, node: Node, reading: Reading) -> Step | None:
        if not isinstance(node.value, dict):
            reading.wrong(node, f"{shown(node)} is not a step: write '- verb: value'")
            return None
        verbs = [key for key in node.value if key != "note"] or list(node.value)
        for verb in verbs:
            if verb not in VERBS:
                reading.wrong(node.value[verb], _unknown_verb(verb))
        if len(verbs) != 1:
            found = f"{len(verbs)} ({', '.join(verbs)})" if verbs else "none"
            reading.wrong(node, f"a step has exactly one verb, this one has {found}")
        if len(verbs) != 1 or verbs[0] not in VERBS:
            return None
        return _step(verbs[0], node, reading)


def _unknown_verb(verb: str) -> str:
    if verb in TO_COME:
        return "this verb is not built yet"
    return f"unknown verb (there are {', '.join(VERBS)}){did_you_mean(verb, VERBS)}"


def _step(verb: str, node: Node, reading: Reading) -> Step:
    value = VERBS[verb].read(node.value[verb], reading)
    beside = node.value.get("note") if verb != "note" else None
    note = None if beside is None else Text().read(beside, reading)
    return Step(verb, value, Place(reading.file, node.line), note)


@dataclass(frozen=True)
class Profile(Described):
    """The profile that settles what Adobe's documents leave open."""

    def read(self, node: Node, reading: Reading) -> Any:
        if node.value in PROFILES_TO_COME:
            reading.wrong(node, f"profile {node.value!r} is not built yet: there is {', '.join(PROFILES)}")
        elif node.value not in PROFILES:
            reading.wrong(node, not_one_of(node.value, [*PROFILES, *PROFILES_TO_COME]))
        return node.value


@dataclass(frozen=True)
class OneOrMore(Described):
    """A list, or its only element."""

    kind: Kind

    def read(self, node: Node, reading: Reading) -> list[Any]:
        children = node.value if isinstance(node.value, list) else [node]
        return [self.kind.read(child, reading) for child in children]


@dataclass(frozen=True)
class Rows(Described):
    """Read before everything else; nothing is left to check."""

    def read(self, node: Node, reading: Reading) -> None:
        del node, reading


_ROW_OF_A_DOCUMENT = Text(r"[A-Z]{1,3}-?[0-9]{1,3}", "a number of the catalogue or specification: F29, L-03")
_TAG = Text(r"[a-z][a-z0-9-]{0,30}", "a tag of small letters, digits and -")

# In the order in which they are read: what makes a name stands before what uses it.
DOCUMENT = Shape(
    need={
        "scenario": Text(about="The title, a sentence."),
        "steps": ListOf(
            OneStep(about="One verb; a note may stand beside it."), least=1, about="What happens, in order."
        ),
    },
    may={
        "id": OneOrMore(_ROW_OF_A_DOCUMENT, about="Numbers of the failure catalogue or the specification."),
        "about": Text(about="What the reader should know."),
        "tags": ListOf(_TAG, about="Words for --tag."),
        "profile": Profile(about="Which of the real systems is meant where they differ."),
        "invariants": Shape(
            need={"except": ListOf(Word(INVARIANTS), least=1), "because": Text()},
            about="Rules of the simulator that this scenario breaks on purpose.",
        ),
        "examples": Rows(about="Rows for the places <column>, or a CSV file of the folder tables."),
        "given": GIVEN,
        "expect": EXPECTED,
    },
)
