"""The scenario language: YAML files to checked scenarios.

Everything that is wrong with a file is found in one reading, each with its line; nothing half-checked is
handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.scenario.document import DOCUMENT
from simulator.scenario.examples import Filling, column_problems, rows_of
from simulator.scenario.given import in_order, learn_defaults, set_clock, world
from simulator.scenario.model import Place, Scenario, Step
from simulator.scenario.problems import Problem, ScenarioError, unreadable
from simulator.scenario.reading import Reading
from simulator.scenario.rules import one_by_one
from simulator.scenario.yamltree import Node, read_tree

__all__ = ["ScenarioError", "find", "load"]


def find(paths: Iterable[Path]) -> list[Path]:
    """The scenario files that are meant: files as they are, folders with all ``*.yaml`` below them.

    Raises ScenarioError for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(file for file in path.rglob("*.yaml") if not file.is_dir()))
        elif path.is_file():
            found[path] = None
        else:
            what = (
                "this is neither a file nor a folder" if path.exists() else "there is no such file or folder"
            )
            raise unreadable(path, 1, what)
    return list(found)


def load(path: Path) -> list[Scenario]:
    """The scenarios of a file: one, or one for each row of its ``examples``.

    Raises ScenarioError with all problems of the file.
    """
    problems: list[Problem] = []
    tree = read_tree(path, problems)
    versions = list(_versions(tree, path, problems))
    scenarios = [_scenario(version) for version in versions]
    problems += _told_once(versions)
    if problems:
        raise ScenarioError(problems)
    return [scenario for scenario in scenarios if scenario is not None]


@dataclass
class _Version:
    """The document as it is, or with one row of its examples filled in."""

    tree: Node
    reading: Reading
    row: int | None = None


def _versions(tree: Node, path: Path, problems: list[Problem]) -> Iterator[_Version]:
    examples = tree.value.get("examples") if isinstance(tree.value, dict) else None
    if examples is None:
        yield _Version(tree, Reading(path))
        return
    body = Node({key: node for key, node in tree.value.items() if key != "examples"}, tree.line, tree.name)
    for number, row in enumerate(rows_of(examples, path, problems), 1):
        filling = Filling(row)
        version = _Version(filling.fill(body), Reading(path), number)
        version.reading.problems += column_problems(filling, examples, path)
        yield version


def _told_once(versions: list[_Version]) -> Iterator[Problem]:
    """Each problem once; with the numbers of the rows, where it is not one of all."""
    rows: dict[Problem, list[str]] = {}
    for version in versions:
        for problem in dict.fromkeys(version.reading.problems):
            rows.setdefault(problem, []).append(str(version.row))
    for problem, numbers in rows.items():
        some = "" if len(numbers) == len(versions) else f" (examples row {', '.join(numbers)})"
        yield Problem(problem.place, problem.message + some)


def _scenario(version: _Version) -> Scenario | None:
    tree, reading = version.tree, version.reading
    learn_defaults(tree, reading)
    set_clock(tree, reading)
    content = DOCUMENT.read(in_order(tree), reading)
    reading.finish()
    return None if reading.problems else _checked(content, tree, version.row, reading)


def _checked(content: dict[str, Any], tree: Node, number: int | None, reading: Reading) -> Scenario:
    invariants = content.get("invariants", {})
    expect = tree.value.get("expect")
    return Scenario(
        test_id=_test_id(reading.file) + ("" if number is None else f"[{number}]"),
        title=content["scenario"],
        given=world(content.get("given", {}), reading.now),
        steps=tuple(one for step in content["steps"] for one in _one_by_one(step)),
        expect=expect and Step("expect", content["expect"], Place(reading.file, expect.line)),
        place=Place(reading.file, tree.value["scenario"].line),
        ids=tuple(content.get("id", ())),
        about=content.get("about", ""),
        tags=frozenset(content.get("tags", ())),
        profile=content.get("profile", "docs"),
        excepted=dict.fromkeys(invariants.get("except", ()), invariants.get("because", "")),
    )


def _one_by_one(step: Step) -> list[Step]:
    """The steps that one ``amazon.order`` with copies means."""
    if step.verb != "amazon.order":
        return [step]
    return [Step(step.verb, order, step.place, step.note) for order in one_by_one(step.value)]


def _test_id(path: Path) -> str:
    """The path below ``scenarios/``, else the file's name: the same on every machine."""
    path = path.resolve()
    folders = path.parent.parts
    below = folders[::-1].index("scenarios") if "scenarios" in folders else 0
    return "/".join((*folders[len(folders) - below :], path.name)).removesuffix(".yaml")
