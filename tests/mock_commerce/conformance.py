"""Which of Magento's own REST tests (``conformance-cases.md``) have a test here: markers name their numbers.

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

SECTIONS = {
    "Sales": range(1, 82),
    "Tokens and web API": range(82, 110),
    "Catalog and stock": range(110, 160),
    "Inventory": range(160, 175),
    "Carts, customers, stores": range(175, LARGEST + 1),
}
TEXT = """# Commerce: conformance cases

Magento 2 and its inventory project test their own REST API (`dev/tests/api-functional`, `*/Test/Api`). A
selection of these tests, numbered 1 to 185, is played here against the mock: the same calls, the same
answers. A number that stands nowhere in the tables was never given.

The marker `@pytest.mark.conformance(27)` names the cases of a test; what its `shop` answers is held against
the vendor's schema. `python tests/mock_commerce/conformance.py` writes these tables from the markers;
`tests/mock_commerce/test_commerce_conformance.py` fails where a case has neither a test nor a reason.
"""


class Test(NamedTuple):
    """A test with the cases that it plays."""

    file: str
    name: str
    cases: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The name for readers: without ``test`` and the numbers before the words."""
        words = (
            re.sub(r"^test_(symptom_)?((to_)?\d+_)*", "", self.name)
            .replace("_", " ")
            .replace("e mail", "e-mail")
        )
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


def known() -> Iterator[Test]:
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
    played = sorted(known(), key=lambda test: test.cases)
    lines = [TEXT]
    for title, section in SECTIONS.items():
        lines += [f"## {title}", "", "| cases | what is seen | test |", "|---|---|---|"]
        lines += [
            f"| {_ranges(test.cases)} | {test.sentence} | `{test.file}` |"
            for test in played
            if test.cases[0] in section
        ]
        lines += [
            f"| {number} | not here: {NOT_HERE[number]} | |" for number in section if number in NOT_HERE
        ]
        lines.append("")
    return "\n".join(lines)


def _ranges(cases: tuple[int, ...]) -> str:
    """``7, 80`` or ``40 to 44``."""
    is_run = len(cases) > 2 and cases == tuple(range(cases[0], cases[-1] + 1))
    return f"{cases[0]} to {cases[-1]}" if is_run else ", ".join(map(str, cases))


if __name__ == "__main__":
    DOCUMENT.write_text(rendered(), encoding="utf-8")
