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


def test_143_148_special_prices_are_written_read_and_deleted(mug):
    dates = {"price_from": "2026-03-01 00:00:00", "price_to": "2026-04-01 00:00:00"}
    price = {"sku": "MUG", "price": 8, "store_id": 0, **dates}
    assert mug.post("products/special-price", {"prices": [price]}) == []
    assert mug.post("products/special-price-information", {"skus": ["MUG"]}) == [price]
    assert mug.post("products/special-price", {"prices": [WRONG]}) == REFUSED
    refused = mug.post("products/special-price", {"prices": [{**price, "price_from": "soon"}]})
    assert refused == [{"message": INVALID, "parameters": ["Price From", "soon"]}]
    assert mug.post("products/special-price-delete", {"prices": [price]}) == []
    assert mug.post("products/special-price-information", {"skus": ["MUG"]}) == []


@pytest.mark.parametrize("body", [{"prices": "x"}, {"prices": [{"price": []}]}, {}])
def test_what_cannot_be_read_is_refused(mug, body):
    assert mug.call("POST", "products/base-prices", json=body).status_code == 400
