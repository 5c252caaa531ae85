"""docs/api-coverage.md says of Amazon's API what the code does, and nothing else."""

import re

import pytest
from amazon_tour import tour
from comparing import coverages
from rendering import BEGIN, END, NO_REASON, rendered
from why_not import REMARKS, WHY_NOT
from write import DOCUMENT

from mock_amazon import create_app
from simkit.clock import VirtualClock
from simkit.program import ServerConfig


@pytest.fixture(scope="module")
def found(contracts):
    return list(coverages(contracts, tour()))


@pytest.fixture(scope="module")
def document():
    return DOCUMENT.read_text(encoding="utf-8")


def everything(coverage):
    """Each operation and object, with the mark that stands between its name and what it has."""
    yield from (("?", row) for row in coverage.operations.values())
    yield from ((".", row) for row in (*coverage.asked, *coverage.answered))


def test_the_document_is_as_the_code_is(found, document):
    generated = document[document.index(BEGIN) : document.index(END) + len(END)]
    assert generated == rendered(found, WHY_NOT, REMARKS), "run python tests/coverage/write.py"


def test_what_is_not_imitated_has_a_reason(found):
    assert NO_REASON not in rendered(found, WHY_NOT, REMARKS), "add the reason to tests/coverage/why_not.py"


def test_no_reason_is_left_for_what_is_imitated(found):
    needed = {
        (coverage.model.name, key)
        for coverage in found
        for mark, row in everything(coverage)
        for name in row.missing
        for key in (f"{row.name}{mark}{name}", *(() if row.there else (row.name,)))
    }
    given = {(model, key) for model, reasons in WHY_NOT.items() for key in reasons}
    assert given - needed == set()


def test_remarks_are_about_what_there_is(found):
    there = {
        (coverage.model.name, f"{row.name}{mark}{name}")
        for coverage in found
        for mark, row in everything(coverage)
        for name in row.there
    }
    assert {(model, key) for model, remarks in REMARKS.items() for key in remarks} - there == set()


def test_every_operation_of_the_server_is_in_the_document(document):
    app = create_app(ServerConfig(clock=VirtualClock()))
    served = {view.operation for view in app.view_functions.values() if hasattr(view, "operation")}
    amazon = document[: document.index("## Adobe Commerce")]
    listed = set(re.findall(r"^\| `[A-Z]+ /[^|]*\| `(\w+)`", amazon, re.MULTILINE))
    assert listed == served
