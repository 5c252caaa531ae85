from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_amazon.marketplaces import BY_CODE, MARKETPLACES
from mock_amazon.ordering.totals import EXTRAS, breakdown, details, line_total, order_total


@dataclass(frozen=True)
class Line:
    quantity: int = 1
    unit_price: Decimal = Decimal("10.00")
    shipping: Decimal = Decimal(0)
    gift_wrap: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    extras: Mapping[str, Decimal] = field(default_factory=dict)


RARE = {
    "shipping_tax": Decimal("0.40"),
    "gift_wrap_tax": Decimal("0.20"),
    "cod_fee": Decimal("3.00"),
    "shipping_discount": Decimal("4.50"),
    "cod_fee_discount": Decimal("1.00"),
    "discount_tax": Decimal("0.09"),
    "shipping_discount_tax": Decimal("0.31"),
}
FULL = Line(3, Decimal("19.99"), Decimal("4.50"), Decimal("2.00"), Decimal("5.31"), Decimal("1.10"))


@pytest.mark.parametrize(
    ("line", "tax_included", "total"),
    [
        pytest.param(Line(), False, "10.00", id="price only"),
        pytest.param(FULL, False, "70.68", id="tax on top"),
        pytest.param(FULL, True, "65.37", id="tax within the prices"),
        pytest.param(replace(FULL, extras=RARE), False, "68.38", id="rare amounts, tax on top"),
        pytest.param(replace(FULL, extras=RARE), True, "62.87", id="rare amounts, tax within the prices"),
        pytest.param(Line(discount=Decimal("10.00")), False, "0.00", id="all given away"),
    ],
)
def test_line_total(line, tax_included, total):
    assert line_total(line, tax_included=tax_included) == Decimal(total)


def test_breakdown_names_only_what_there_is():
    assert breakdown(Line()) == {"ITEM": Decimal("10.00")}
    assert breakdown(FULL) == {
        "ITEM": Decimal("59.97"),
        "SHIPPING": Decimal("4.50"),
        "GIFT_WRAP": Decimal("2.00"),
        "TAX": Decimal("5.31"),
        "DISCOUNT": Decimal("-1.10"),
    }


def test_taxes_and_discounts_are_told_by_what_they_are_for():
    line = replace(FULL, extras=RARE)
    assert set(RARE) == set(EXTRAS)
    assert details(line) == {
        "TAX": {
            "ITEM": Decimal("5.31"),
            "SHIPPING": Decimal("0.40"),
            "GIFT_WRAP": Decimal("0.20"),
            "DISCOUNT": Decimal("-0.40"),
        },
        "DISCOUNT": {"ITEM": Decimal("-1.10"), "SHIPPING": Decimal("-4.50"), "COD_FEE": Decimal("-1.00")},
    }
    assert breakdown(line)["TAX"] == Decimal("5.51")
    assert breakdown(line)["DISCOUNT"] == Decimal("-6.60")
    assert breakdown(line)["COD_FEE"] == Decimal("3.00")


CENTS = st.decimals(0, 10_000, places=2)
LINES = st.lists(st.builds(Line, st.integers(1, 99), CENTS, CENTS, CENTS, CENTS, CENTS), max_size=6)


@given(lines=LINES)
def test_the_order_is_the_sum_of_its_lines_and_tax_is_the_whole_difference(lines):
    on_top, included = (order_total(lines, tax_included=included) for included in (False, True))
    assert on_top == sum(sum(breakdown(line).values()) for line in lines)
    assert on_top - included == sum(line.tax for line in lines)


def test_amounts_have_the_decimals_of_their_currency():
    assert BY_CODE["US"].money(Decimal("39.9")) == {"amount": "39.90", "currencyCode": "USD"}
    assert BY_CODE["JP"].money(Decimal("4000.0000")) == {"amount": "4000", "currencyCode": "JPY"}


def test_tax_is_on_top_in_north_america_only():
    assert {market.code for market in MARKETPLACES if not market.tax_included} == {"US", "CA", "MX"}


def test_marketplaces_have_one_id_each():
    assert len({market.id for market in MARKETPLACES}) == len(MARKETPLACES)
    assert len({market.domain for market in MARKETPLACES}) == len(MARKETPLACES)
    assert BY_CODE["UK"].as_wire()["countryCode"] == "GB"
