"""Storages of base and special prices. Numbers are those of ``conformance-cases.md``."""

from __future__ import annotations

import pytest
from commerce_shop import assert_commerce_error

INVALID = "Invalid attribute %fieldName = %fieldValue."
WRONG = {"sku": "NOPE", "price": -9999, "store_id": 9999}
REFUSED = [
    {"message": INVALID, "parameters": ["SKU", "NOPE"]},
    {"message": INVALID, "parameters": ["Price", "-9999"]},
    {
        "message": "Requested store is not found. Row ID: SKU = NOPE, Store ID: 9999.",
        "parameters": ["NOPE", "9999"],
    },
]


@pytest.fixture
def mug(shop):
    shop.product()
    return shop


@pytest.mark.conformance(140, 141, 142)
def test_140_142_base_prices_are_written_and_read(mug):
    price = {"sku": "mug", "price": 12.5, "store_id": 0}
    assert mug.post("products/base-prices", {"prices": [WRONG, price]}) == REFUSED
    assert mug.get("products/MUG")["price"] == 12.5
    read = mug.post("products/base-prices-information", {"skus": ["MUG"]})
    assert read == [{"sku": "MUG", "price": 12.5, "store_id": 0}]
    answer = mug.call("POST", "products/base-prices-information", json={"skus": ["NOPE"]})
    assert_commerce_error(answer, 404, "Requested product doesn't exist: %sku", {"sku": "NOPE"})


def test_a_base_price_of_a_store_is_its_websites_where_prices_are(mug):
    mug.sim("config", {"price_scope": "website"})
    mug.post("products/base-prices", {"prices": [{"sku": "MUG", "price": 9, "store_id": 1}]})
    read = mug.post("products/base-prices-information", {"skus": ["MUG"]})
    assert [(row["store_id"], row["price"]) for row in read] == [(0, 10), (1, 9)]


ROW = "Row ID: SKU = {}, Store ID: {}, Price From: {}, Price To: {}."
DATES = {"price_from": "2026-03-01 00:00:00", "price_to": "2026-04-01 00:00:00"}
SPECIAL = {"sku": "MUG", "price": 8, "store_id": 0, **DATES}
NOT_GLOBAL = "Could not change non global Price when price scope is global."


def informed(shop):
    found = shop.post("products/special-price-information", {"skus": ["MUG"]})
    return [(row["store_id"], row["price"]) for row in found]


@pytest.mark.conformance(143, 145, 147)
def test_special_prices_are_written_read_and_deleted(mug):
    assert mug.post("products/special-price", {"prices": [SPECIAL]}) == []
    assert mug.post("products/special-price-information", {"skus": ["MUG"]}) == [SPECIAL]
    shown = {row["attribute_code"]: row["value"] for row in mug.get("products/MUG")["custom_attributes"]}
    assert shown.items() >= {"special_price": "8", "special_to_date": DATES["price_to"]}.items()
    assert mug.post("products/special-price-delete", {"prices": [SPECIAL]}) == []
    assert informed(mug) == []


@pytest.mark.conformance(144)
def test_a_special_price_may_be_nothing(mug):
    mug.post("products/special-price", {"prices": [{**SPECIAL, "price": 0}]})
    assert informed(mug) == [(0, 0)]


@pytest.mark.conformance(145)
def test_dates_that_are_not_given_stay(mug):
    mug.post("products/special-price", {"prices": [SPECIAL]})
    assert mug.post("products/special-price", {"prices": [{**SPECIAL, "price": 7, "price_to": False}]}) == []
    (row,) = mug.post("products/special-price-information", {"skus": ["MUG"]})
    assert row == {**SPECIAL, "price": 7}


@pytest.mark.conformance(145)
def test_dates_that_nobody_gave_are_null(mug):
    bare = {key: SPECIAL[key] for key in SPECIAL if key not in DATES}
    mug.post("products/special-price", {"prices": [bare]})
    (row,) = mug.post("products/special-price-information", {"skus": ["MUG"]})
    assert (row["price_from"], row["price_to"]) == (None, None)


@pytest.mark.conformance(146)
@pytest.mark.parametrize("verb", ["special-price", "special-price-delete"])
def test_where_prices_are_global_no_store_has_its_own(mug, verb):
    (error,) = mug.post(f"products/{verb}", {"prices": [{**SPECIAL, "store_id": 1}]})
    row = ROW.format("MUG", 1, *DATES.values())
    assert error == {"message": f"{NOT_GLOBAL} {row}", "parameters": ["MUG", "1", *DATES.values()]}


@pytest.mark.conformance(148)
def test_where_prices_are_of_websites_one_store_is_changed(mug):
    mug.sim("websites", {"code": "eu"})
    mug.sim("config", {"price_scope": "website"})
    for store_id in (1, 2):
        assert mug.post("products/special-price", {"prices": [{**SPECIAL, "store_id": store_id}]}) == []
    assert informed(mug) == [(1, 8), (2, 8)]
    assert mug.post("products/special-price-delete", {"prices": [{**SPECIAL, "store_id": 2}]}) == []
    assert informed(mug) == [(1, 8)]


@pytest.mark.conformance(143)
@pytest.mark.parametrize(
    ("changes", "sentence", "first"),
    [
        (
            {"sku": "NOPE"},
            "The product that was requested doesn't exist. Verify the product and try again.",
            [],
        ),
        ({"store_id": 99}, "Requested store is not found.", []),
        ({"price": -1}, "Invalid attribute Price = -1.", ["-1"]),
        ({"price": None}, "Invalid attribute Price = .", [""]),
        ({"price_from": "soon"}, "Invalid attribute Price From = 2026-04-01 00:00:00.", ["Price From"]),
        ({"price_to": "2026-04-01"}, "Invalid attribute Price To = 2026-04-01.", ["Price To"]),
    ],
    ids=str,
)
def test_a_special_price_that_is_refused_names_its_row(mug, changes, sentence, first):
    """The code of 2.4.6 says of a wrong ``price_from`` what ``price_to`` is."""
    mug.sim("config", {"price_scope": "website"})
    wrong = {**SPECIAL, **changes}
    ids = [str(wrong[key]) for key in ("sku", "store_id", "price_from", "price_to")]
    answer = mug.post("products/special-price", {"prices": [wrong, {**SPECIAL, "price": 7}]})
    assert answer == [{"message": f"{sentence} {ROW.format(*ids)}", "parameters": [*first, *ids]}]
    assert informed(mug) == [(0, 7)]


@pytest.mark.parametrize("body", [{"prices": "x"}, {"prices": [{"price": []}]}, {}])
def test_what_cannot_be_read_is_refused(mug, body):
    assert mug.call("POST", "products/base-prices", json=body).status_code == 400
