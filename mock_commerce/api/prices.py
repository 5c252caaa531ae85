"""Catalogue: storages of base prices and special prices, for many SKUs at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from mock_commerce import catalog, stock
from mock_commerce.errors import NoSuchEntity, TypeInvalid
from mock_commerce.inputs import Texts, check_length, read, schema
from mock_commerce.models import Product, Store, db
from mock_commerce.rest import argument, section, serves
from mock_commerce.wire.values import number
from simkit.simulation import operation

bp = section("prices")

CATALOG = "Magento_Catalog::catalog"
INVALID = "Invalid attribute %fieldName = %fieldValue."
_base_schema: Any = schema(
    "BasePrice", text="sku", number="price", whole="store_id", raw="extension_attributes"
)
_special_schema: Any = schema(
    "SpecialPrice",
    text="sku price_from price_to",
    number="price",
    whole="store_id",
    raw="extension_attributes",
)
Row = dict[str, Any]
SPECIAL = ("special_price", "special_from_date", "special_to_date")


def _rows(wanted: Any, kind: str) -> list[Row]:
    given = argument("prices")
    if not isinstance(given, list):
        raise TypeInvalid("", given, "array")
    check_length(given, f"Magento\\Catalog\\Api\\Data\\{kind}Interface")
    return [read(wanted, row) for row in given]


def _products() -> list[Product]:
    skus: list[str] = Texts().deserialize(argument("skus"))
    found = stock.find_products(skus)
    missing = [sku for sku in skus if sku.casefold() not in found]
    if missing:
        plural = len(missing) > 1
        message = (
            "Requested products don't exist: %sku" if plural else "Requested product doesn't exist: %sku"
        )
        raise NoSuchEntity(message, {"sku": ", ".join(missing)})
    return [found[sku.casefold()] for sku in skus]


@bp.post("/products/base-prices-information")
@operation("base_prices")
@serves(CATALOG)
def read_base_prices() -> list[Row]:
    """basePriceStorage.get: the prices of these SKUs, one of each store that has its own."""
    rows = []
    for product in _products():
        rows.append({"price": number(product.price), "store_id": 0, "sku": product.sku})
        rows += [
            {"price": number(product.price_in(int(store_id))), "store_id": int(store_id), "sku": product.sku}
            for store_id in sorted(product.overrides, key=int)
            if "price" in product.overrides[store_id]
        ]
    return rows


@bp.post("/products/base-prices")
@operation("save_base_prices")
@serves(CATALOG)
def save_base_prices() -> list[Row]:
    """basePriceStorage.update: what was refused comes back, row by row; the others are saved."""
    return _each(_rows(_base_schema, "BasePrice"), _save_base_price)


def _save_base_price(row: Row) -> None:
    catalog.save({"sku": row["sku"], "price": row["price"]}, row["store_id"])


@bp.post("/products/special-price-information")
@operation("special_prices")
@serves(CATALOG)
def read_special_prices() -> list[Row]:
    """specialPriceStorage.get: the special prices of these SKUs."""
    return [
        {
            "price": number(Decimal(product.attributes["special_price"])),
            "store_id": 0,
            "sku": product.sku,
            "price_from": product.attributes.get("special_from_date", ""),
            "price_to": product.attributes.get("special_to_date", ""),
        }
        for product in _products()
        if "special_price" in product.attributes
    ]


@bp.post("/products/special-price")
@operation("save_special_prices")
@serves(CATALOG)
def save_special_prices() -> list[Row]:
    """specialPriceStorage.update: what was refused comes back, row by row; the others are saved."""
    return _each(_rows(_special_schema, "SpecialPrice"), _save_special_price, _date_faults)


def _save_special_price(row: Row) -> None:
    values = (str(number(row["price"])), row.get("price_from"), row.get("price_to"))
    catalog.save({"sku": row["sku"], "custom_attributes": dict(zip(SPECIAL, values, strict=True))}, 0)


@bp.post("/products/special-price-delete")
@operation("delete_special_prices")
@serves(CATALOG)
def delete_special_prices() -> list[Row]:
    """specialPriceStorage.delete: these SKUs are sold at their prices again."""
    return _each(_rows(_special_schema, "SpecialPrice"), _delete_special_price)


def _delete_special_price(row: Row) -> None:
    catalog.save({"sku": row["sku"], "custom_attributes": dict.fromkeys(SPECIAL)}, 0)


def _each(
    rows: list[Row], save: Callable[[Row], None], check: Callable[[Row], list[Row]] | None = None
) -> list[Row]:
    refused: list[Row] = []
    for row in rows:
        faults = [*_faults(row), *(check(row) if check else [])]
        refused += faults
        if not faults:
            save(row)
    db.session.commit()
    return refused


def _faults(row: Row) -> list[Row]:
    sku, price, store_id = row.get("sku") or "", row.get("price"), row.get("store_id")
    product = stock.find_product(sku)
    faults = []
    if product is None or product.type_id == "configurable":
        faults.append({"message": INVALID, "parameters": ["SKU", sku]})
    if price is None or price < 0:
        shown = "" if price is None else f"{price.normalize():f}"
        faults.append({"message": INVALID, "parameters": ["Price", shown]})
    if store_id is None or db.session.get(Store, store_id) is None:
        shown = "" if store_id is None else str(store_id)
        message = f"Requested store is not found. Row ID: SKU = {sku}, Store ID: {shown}."
        faults.append({"message": message, "parameters": [sku, shown]})
    return faults


def _date_faults(row: Row) -> list[Row]:
    names = {"Price From": row.get("price_from"), "Price To": row.get("price_to")}
    return [
        {"message": INVALID, "parameters": [label, text]}
        for label, text in names.items()
        if text and not _is_date(text)
    ]


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
