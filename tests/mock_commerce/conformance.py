"""Which of Magento's own REST tests (``conformance-cases.md``) have a test here: its marker names their numbers.

``python tests/mock_commerce/conformance.py`` renews docs/commerce-conformance.md.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parents[1] / "docs" / "commerce-conformance.md"
LARGEST = 185

NOT_HERE: dict[int, str] = {}
"""Cases outside of what is imitated, each with its reason."""

SECTIONS = {1: "Sales", 82: "Tokens and web API", 110: "Catalog and stock", 160: "Inventory", 175: "Carts, customers, stores"}
TEXT = """# Commerce: conformance cases

Magento 2 and its inventory project test their own REST API (`dev/tests/api-functional`, `*/Test/Api`). A selection of these tests, numbered 1 to 185, is
played here against the mock: same calls, same answers. A number that is missing in the table was never given. A test that a marker
`@pytest.mark.conformance(27)` names is found by `tests/mock_commerce/conformance.py`, which writes this table; `tests/mock_commerce/test_commerce_conformance.py`
fails where a case has neither test nor reason.

"""


class Test(NamedTuple):
    """A test with the cases that it plays."""

    file: str
    name: str
    cases: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The name for readers: without ``test`` and the numbers before the words."""
        words = re.sub(r"^test_(symptom_)?((to_)?\d+_)*", "", self.name).replace("_", " ")
        return words[0].upper() + words[1:]


def numbers(text: str) -> set[int]:
    """The cases of the vendor's list. They only grow: smaller numbers are parts of the sentences."""
    found: set[int] = set()
    last = 0
    body = text[text.index("## A.") :]
    for first, end in re.findall(r"(?<!\S)(\d{1,3})(?:-(\d{1,3}))?(?![^\s;,:])", body):
        if last < int(first) <= LARGEST:
            last = int(end or first)
            found |= set(range(int(first), last + 1))
    return found


def tests() -> Iterator[Test]:
    """Each test of this folder that has the marker."""
    for path in sorted(HERE.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (cases := tuple(_cases(node))):
                yield Test(path.name, node.name, cases)


def _cases(function: ast.FunctionDef) -> Iterator[int]:
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.conformance":
            yield from (ast.literal_eval(number) for number in mark.args)


def rendered() -> str:
    """The document."""
    known = list(tests())
    rows = {number: [test for test in known if number in test.cases] for number in range(1, LARGEST + 1)}
    lines = []
    for number, played in rows.items():
        if number in SECTIONS:
            lines += [f"## {SECTIONS[number]}", "", "| case | what is seen | test |", "|---|---|---|"]
        for test in played:
            lines.append(f"| {number} | {test.sentence} | `{test.file}` |")
        if number in NOT_HERE:
            lines.append(f"| {number} | not here: {NOT_HERE[number]} | |")
        if number + 1 in SECTIONS:
            lines.append("")
    return TEXT + "\n".join(lines) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(rendered(), encoding="utf-8")
