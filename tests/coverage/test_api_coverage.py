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
def toured():
    return tour()


@pytest.fixture(scope="module")
def found(contracts, toured):
    return list(coverages(contracts, toured.ear))


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


def test_no_parameter_that_is_read_is_without_effect(found, toured):
    """Nonsense in it makes another answer than the call without it."""
    toured.seller.sign_in()
    calls = {
        (coverage.journal(name), parameter): min(calls, key=lambda call: len(call.query))
        for coverage in found
        for name, row in coverage.operations.items()
        if (calls := toured.ear.calls[coverage.journal(name)])
        for parameter in row.there
        if not parameter.startswith("x-")  # a header
    }
    assert len(calls) > 90
    same = [key for key, call in calls.items() if is_read_over(toured, call, key[1])]
    assert same == []


def is_read_over(toured, call, parameter):
    usual, again = answer(toured, call), answer(toured, call)
    assert usual == again
    assert call.method != "GET" or usual[0] == 200
    return answer(toured, call, **{parameter: "\u2602"}) == usual


def answer(toured, call, **more):
    response = toured.seller.client.open(
        call.path,
        method=call.method,
        query_string=call.query | more,
        data=call.body,
        headers=toured.seller.headers,
    )
    return response.status_code, response.get_json() if call.method == "GET" else None


def test_every_operation_of_the_server_is_in_the_document(document):
    app = create_app(ServerConfig(clock=VirtualClock()))
    served = {view.operation for view in app.view_functions.values() if hasattr(view, "operation")}
    amazon = document[: document.index("## Adobe Commerce")]
    listed = set(re.findall(r"^\| `[A-Z]+ /[^|]*\| `(\w+)`", amazon, re.MULTILINE))
    assert listed == served
