"""``examples``: the rows of a scenario, and their values filled into its ``<column>`` places."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from simulator.scenario.model import Place
from simulator.scenario.problems import Problem, did_you_mean, unreadable
from simulator.scenario.values import shown
from simulator.scenario.yamltree import Node, scalar

COLUMN = re.compile(r"<([A-Za-z_][A-Za-z0-9_]*)>")
MAX_ROWS = 1_000

Row = Mapping[str, Node]


def rows_of(node: Node, file: Path, problems: list[Problem]) -> list[Row]:
    """The rows; an empty list where there is something wrong with them."""
    if isinstance(node.value, str):
        return _table(node, file, problems)
    rows = node.value if isinstance(node.value, list) else []
    bad = [row for row in rows if not isinstance(row.value, dict) or not row.value]
    if not rows or bad or len(rows) > MAX_ROWS:
        wrong = bad[0] if bad else node
        what = f"{shown(wrong)}: write 1 to {MAX_ROWS} rows such as {{sku: SKU-RED, qty: 2}}, or a CSV file"
        problems.append(Problem(Place(file, wrong.line), f"{wrong.name}: {what}"))
        return []
    return [row.value for row in rows]


def _table(node: Node, file: Path, problems: list[Problem]) -> list[Row]:
    """A CSV file beside ``scenarios/``, in ``tables/``; whole numbers, true and false are values.

    Everything else is text: decimals, and what stands in single quotes.
    """
    path = _find_table(str(node.value), file)
    if path is None:
        problems.append(Problem(Place(file, node.line), f"examples: no file tables/{node.value}"))
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            records = list(csv.DictReader(stream, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise unreadable(path, 1, f"the table cannot be read: {error}") from None
    if not 0 < len(records) <= MAX_ROWS:
        raise unreadable(path, 1, f"the table has {len(records)} rows: it needs 1 to {MAX_ROWS}")
    return [_record(record, number, path, node.line) for number, record in enumerate(records, 1)]


def _record(record: dict[str, str | None], number: int, path: Path, line: int) -> Row:
    if None in record or None in record.values():
        raise unreadable(path, number + 1, "this row has not as many cells as the first line has columns")
    return {str(key): Node(_cell(str(text)), line, str(key)) for key, text in record.items()}


def _cell(text: str) -> object:
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1]
    value = scalar(text)
    return text if value is None or isinstance(value, float) else value


def _find_table(name: str, file: Path) -> Path | None:
    if not name.endswith(".csv") or Path(name).name != name:
        return None
    places = [folder / "tables" / name for folder in file.resolve().parents]
    return next((place for place in places if place.is_file()), None)


@dataclass
class Filling:
    """Fills one row into a tree, and knows which columns were wanted and which were not there."""

    row: Row
    used: set[str] = field(default_factory=set)
    missing: dict[str, int] = field(default_factory=dict)
    clashes: list[tuple[int, str]] = field(default_factory=list)

    def fill(self, node: Node) -> Node:
        """A whole-text place takes the value as it is; within a text it is written out."""
        if isinstance(node.value, dict):
            return Node(dict(self._pairs(node)), node.line, node.name)
        if isinstance(node.value, list):
            return Node([self.fill(child) for child in node.value], node.line, node.name)
        if not isinstance(node.value, str):
            return node
        whole = COLUMN.fullmatch(node.value)
        if whole and whole[1] in self.row:
            self.used.add(whole[1])
            return Node(self.row[whole[1]].value, node.line, node.name)
        return Node(self._text(node.value, node.line), node.line, node.name)

    def _pairs(self, node: Node) -> Iterator[tuple[str, Node]]:
        taken: set[str] = set()
        for key, child in node.value.items():
            name = self._text(key, child.line)
            if name in taken:
                self.clashes.append((child.line, name))
            taken.add(name)
            yield name, replace(self.fill(child), name=name)

    def _text(self, text: str, line: int) -> str:
        def value(found: re.Match[str]) -> str:
            column = found[1]
            self.used.add(column)
            if column not in self.row:
                self.missing.setdefault(column, line)
                return found[0]
            cell = self.row[column].value
            return (
                shown(self.row[column]) if cell is None or isinstance(cell, bool | dict | list) else str(cell)
            )

        return COLUMN.sub(value, text)


def column_problems(filling: Filling, examples: Node, file: Path) -> list[Problem]:
    """Columns that the row lacks, and columns that nothing asks for."""
    found = [
        Problem(Place(file, line), f"there is no column <{column}>{did_you_mean(column, filling.row)}")
        for column, line in filling.missing.items()
    ]
    found += [
        Problem(Place(file, line), f"key {key!r} stands twice once the row is filled in")
        for line, key in filling.clashes
    ]
    found += [
        Problem(Place(file, examples.line), f"examples: nothing uses column <{column}>")
        for column in filling.row
        if column not in filling.used
    ]
    return found
