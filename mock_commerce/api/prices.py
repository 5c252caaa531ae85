"""Catalogue: storages of base prices and special prices, for many SKUs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from mock_commerce import catalog, stock
from mock_commerce.config.settings import current
from mock_commerce.errors import NoSuchEntity
from mock_commerce.models import ADMIN_STORE_ID, Product, Store, db
from mock_commerce.webapi.inputs import Texts, check_length, read, schema
from mock_commerce.webapi.rest import argument, list_argument, section, serves
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
PRICE, FROM, TO = "special_price", "special_from_date", "special_to_date"
ROW = " Row ID: SKU = %SKU, Store ID: %storeId, Price From: %priceFrom, Price To: %priceTo."
NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
NOT_GLOBAL = "Could not change non global Price when price scope is global."
DATE = "%Y-%m-%d %H:%M:%S"


def _rows(wanted: Any, kind: str) -> list[Row]:
    given = list_argument("prices")
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
    return _each(_rows(_base_schema, "BasePrice"), _base_faults, _save_base_price)


def _save_base_price(row: Row) -> None:
    catalog.save({"sku": row["sku"], "price": row["price"]}, row["store_id"])


@bp.post("/products/special-price-information")
@operation("special_prices")
@serves(CATALOG)
def read_special_prices() -> list[Row]:
    """specialPriceStorage.get: the special prices of these SKUs, one of each store that has its own."""
    return [row for product in _products() for row in _special_rows(product)]


def _special_rows(product: Product) -> Iterator[Row]:
    stores = {0: product.attributes, **{int(key): own for key, own in product.overrides.items()}}
    for store_id, values in sorted(stores.items()):
        if PRICE in values:
            yield {
                "price": number(Decimal(values[PRICE])),
                "store_id": store_id,
                "sku": product.sku,
                "price_from": values.get(FROM),
                "price_to": values.get(TO),
            }


@bp.post("/products/special-price")
@operation("save_special_prices")
@serves(CATALOG)
def save_special_prices() -> list[Row]:
    """specialPriceStorage.update: what was refused comes back, row by row; the others are saved."""
    return _each(_rows(_special_schema, "SpecialPrice"), _special_faults, _save_special_price)


def _save_special_price(row: Row) -> None:
    """Dates that are not given stay."""
    values = {PRICE: str(number(row["price"])), FROM: row.get("price_from"), TO: row.get("price_to")}
    _write(row, {code: value for code, value in values.items() if value})


@bp.post("/products/special-price-delete")
@operation("delete_special_prices")
@serves(CATALOG)
def delete_special_prices() -> list[Row]:
    """specialPriceStorage.delete: these SKUs are sold in that store at their prices again."""
    rows = _rows(_special_schema, "SpecialPrice")
    return _each(rows, _special_faults, lambda row: _write(row, dict.fromkeys((PRICE, FROM, TO))))


def _write(row: Row, values: Row) -> None:
    product = catalog.get(row["sku"])
    for code, value in values.items():
        catalog.set_value(product, code, value, row["store_id"])


def _each(rows: list[Row], faults_of: Callable[[Row], list[Row]], save: Callable[[Row], None]) -> list[Row]:
    refused: list[Row] = []
    for row in rows:
        faults = faults_of(row)
        refused += faults
        if not faults:
            save(row)
    db.session.commit()
    return refused


def _base_faults(row: Row) -> list[Row]:
    sku, store_id = _shown(row.get("sku")), _shown(row.get("store_id"))
    faults = []
    if not _has_price(sku):
        faults.append({"message": INVALID, "parameters": ["SKU", sku]})
    if not _is_price(row.get("price")):
        faults.append({"message": INVALID, "parameters": ["Price", _shown(row.get("price"))]})
    if not _is_store(row.get("store_id")):
        message = f"Requested store is not found. Row ID: SKU = {sku}, Store ID: {store_id}."
        faults.append({"message": message, "parameters": [sku, store_id]})
    return faults


def _special_faults(row: Row) -> list[Row]:
    """Each names its row, with the values in the sentence and again as parameters."""
    store_id, price = row.get("store_id"), row.get("price")
    names = {"SKU": "sku", "storeId": "store_id", "priceFrom": "price_from", "priceTo": "price_to"}
    values = {name: _shown(row.get(field)) for name, field in names.items()}
    faults: list[tuple[str, Row]] = []
    if not _has_price(values["SKU"]):
        faults.append((NO_PRODUCT, {}))
    if current().price_scope == "global" and store_id != ADMIN_STORE_ID:
        faults.append((NOT_GLOBAL, {}))
    if not _is_store(store_id):
        faults.append(("Requested store is not found.", {}))
    if not _is_price(price):
        faults.append(("Invalid attribute Price = %price.", {"price": _shown(price)}))
    for label, text in (("Price From", values["priceFrom"]), ("Price To", values["priceTo"])):
        if text and not _is_date(text):  # the sentence has the other date's value, as Commerce's has
            faults.append(("Invalid attribute %label = %priceTo.", {"label": label}))
    return [_special_fault(sentence + ROW, {**more, **values}) for sentence, more in faults]


def _special_fault(sentence: str, values: Row) -> Row:
    for name in sorted(values, key=len, reverse=True):
        sentence = sentence.replace(f"%{name}", values[name])
    return {"message": sentence, "parameters": list(values.values())}


def _has_price(sku: str) -> bool:
    product = stock.find_product(sku)
    return product is not None and product.type_id != "configurable"


def _is_price(price: Decimal | None) -> bool:
    return price is not None and price >= 0


def _is_store(store_id: int | None) -> bool:
    return store_id is not None and db.session.get(Store, store_id) is not None


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _is_date(text: str) -> bool:
    try:
        return datetime.strptime(text, DATE).strftime(DATE) == text  # noqa: DTZ007 - no moment, a form
    except ValueError:
        return False
