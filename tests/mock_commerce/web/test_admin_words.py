"""How the Admin writes things."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from mock_commerce.sales.lifecycle import Line
from mock_commerce.web import words


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("-0.99", "EUR", "-€0.99"),
        ("0", "CAD", "CA$0.00"),
        ("10", "SEK", "SEK 10.00"),
    ],
)
def test_money_has_its_currency(amount, currency, text):
    assert words.money(Decimal(amount), currency) == text


def test_the_base_amount_goes_by_the_rate_of_the_shop():
    assert words.in_base(Decimal("13.60"), "CAD") == "$10.00"


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ("2026-01-02T03:04:05+00:00", "Jan 2, 2026 3:04:05 AM"),
        ("2026-12-31T00:00:00+00:00", "Dec 31, 2026 12:00:00 AM"),
        ("2026-12-31T13:00:09+01:00", "Dec 31, 2026 12:00:09 PM"),
    ],
)
def test_times_are_written_as_in_the_grids(time, text):
    assert words.moment(datetime.fromisoformat(time)) == text


def test_times_of_documents_are_read_first():
    assert words.moment("2026-03-01 21:00:00") == "Mar 1, 2026 9:00:00 PM"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("holded", "On Hold"),
        ("fraud", "Suspected Fraud"),
        ("processing", "Processing"),
        ("my_own_word", "My Own Word"),
        (None, ""),
    ],
)
def test_statuses_have_labels(code, text):
    assert words.status(code) == text


@pytest.mark.parametrize(
    ("invoiced", "shipped", "refunded", "canceled", "text"),
    [
        (0, 0, 0, 0, "Ordered"),
        (4, 0, 0, 0, "Invoiced"),
        (4, 4, 0, 0, "Shipped"),
        (0, 4, 0, 0, "Mixed"),
        (4, 1, 0, 0, "Mixed"),
        (1, 0, 0, 0, "Partial"),
        (1, 1, 0, 0, "Partial"),
        (2, 2, 0, 2, "Shipped"),
        (4, 4, 4, 0, "Refunded"),
        (0, 0, 0, 4, "Canceled"),
    ],
)
def test_a_line_says_where_its_units_are(invoiced, shipped, refunded, canceled, text):
    line = Line(Decimal(4), *map(Decimal, (invoiced, shipped, refunded, canceled)))
    assert words.item_status(line) == text


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (None, []),
        ({}, []),
        ({"firstname": "Ann", "city": "Austin", "country_id": "US"}, ["Ann", "Austin", "US"]),
        ({"street": ["1 Main St", "", None], "telephone": "1"}, ["1 Main St", "T: 1"]),
        ({"street": "1 Main St", "company": "Example"}, ["Example", "1 Main St"]),
    ],
)
def test_an_address_shows_what_it_has(address, lines):
    assert words.address_lines(address) == lines
