"""Each of Magento's own REST tests has a test here, or a reason."""

from __future__ import annotations

import pytest
from conformance import DOCUMENT, NOT_HERE, known, numbers, rendered


@pytest.fixture(scope="module")
def cases(contracts):
    return numbers((contracts / "commerce" / "conformance-cases.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def played():
    return {number for test in known() for number in test.cases}


def test_every_case_has_a_test_or_a_reason(cases, played):
    assert len(cases) > 140
    assert cases - played - set(NOT_HERE) == set()


def test_nothing_is_played_or_excused_that_is_no_case(cases, played):
    assert (played | set(NOT_HERE)) - cases == set()


def test_what_has_a_reason_has_no_test(played):
    assert played & set(NOT_HERE) == set()


def test_the_document_is_as_the_tests_are():
    message = "run python tests/mock_commerce/conformance.py"
    assert DOCUMENT.read_text(encoding="utf-8") == rendered(), message


def test_numbers_of_a_case_are_told_from_those_of_its_sentence():
    text = (
        "5 before\n## A. Sales\nXTest\n 7-9 testX: total 8 of `2.4.6`; 10 testY (3): 404; YTest 11, ZTest 14"
    )
    assert numbers(text) == {7, 8, 9, 10, 11, 14}
