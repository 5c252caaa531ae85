"""Physical quantities and reservations, and what follows from them: the salable quantity.

salable = units at a stock's enabled sources with status "in stock" + reservations - the product's threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import BindParameter, bindparam, func, select

from mock_commerce.models import Product, Reservation, Source, SourceItem, StockSourceLink, db, sku_key

ZERO = Decimal(0)
DEFAULT_SOURCE = "default"
DEFAULT_STOCK = 1
IN_STOCK = 1
OUT_OF_STOCK = 0
_KEYS: BindParameter[str] = bindparam("keys", expanding=True)
_PRODUCT = select(Product).where(Product.sku_key == bindparam("key"))
_PRODUCTS = select(Product).where(Product.sku_key.in_(_KEYS))
_AT_SOURCES = (
    select(SourceItem.sku_key, func.sum(SourceItem.quantity, type_=SourceItem.quantity.type))
    .join(Source, Source.source_code == SourceItem.source_code)
    .join(StockSourceLink, StockSourceLink.source_code == SourceItem.source_code)
    .where(StockSourceLink.stock_id == bindparam("stock"), SourceItem.sku_key.in_(_KEYS))
    .where(SourceItem.status == IN_STOCK, Source.enabled)
    .group_by(SourceItem.sku_key)
)
_ALL_RESERVED = (
    select(Reservation.sku_key, func.sum(Reservation.quantity, type_=Reservation.quantity.type))
    .where(Reservation.stock_id == bindparam("stock"))
    .group_by(Reservation.sku_key)
)
_RESERVED = _ALL_RESERVED.where(Reservation.sku_key.in_(_KEYS))


def find_product(sku: str) -> Product | None:
    return db.session.scalar(_PRODUCT, {"key": sku_key(sku)})


def find_products(skus: Iterable[str]) -> dict[str, Product]:
    """The products of those SKUs by their key."""
    products = db.session.scalars(_PRODUCTS, {"keys": list({sku_key(sku) for sku in skus})})
    return {product.sku_key: product for product in products}


def at_sources(keys: Iterable[str], stock_id: int = DEFAULT_STOCK) -> dict[str, Decimal]:
    """Units by SKU key at the enabled sources of a stock, as far as they are in stock."""
    return dict(db.session.execute(_AT_SOURCES, {"stock": stock_id, "keys": list(keys)}).all())


def reserved(keys: Iterable[str] | None = None, stock_id: int = DEFAULT_STOCK) -> dict[str, Decimal]:
    """The sum of a stock's reservations by SKU key; below zero where units are held back."""
    if keys is None:
        return dict(db.session.execute(_ALL_RESERVED, {"stock": stock_id}).all())
    return dict(db.session.execute(_RESERVED, {"stock": stock_id, "keys": list(keys)}).all())


def salable(products: Mapping[str, Product], stock_id: int = DEFAULT_STOCK) -> dict[str, Decimal]:
    """The salable quantity by SKU key of those that some enabled source of the stock has in stock."""
    units, held = at_sources(products, stock_id), reserved(products, stock_id)
    return {
        key: units[key] + held.get(key, ZERO) - product.min_qty
        for key, product in products.items()
        if key in units
    }


def is_assigned(product: Product, stock_id: int) -> bool:
    """Whether some source of the stock lists the product, whatever it has of it."""
    query = (
        select(SourceItem.sku_key)
        .join(StockSourceLink, StockSourceLink.source_code == SourceItem.source_code)
        .where(SourceItem.sku_key == product.sku_key, StockSourceLink.stock_id == stock_id)
    )
    return db.session.scalar(query.limit(1)) is not None


def source_item(sku: str, source: str = DEFAULT_SOURCE) -> SourceItem | None:
    return db.session.get(SourceItem, (sku_key(sku), source))


def source_items(product: Product) -> list[SourceItem]:
    query = select(SourceItem).where(SourceItem.sku_key == product.sku_key)
    return list(db.session.scalars(query.order_by(SourceItem.source_code)))
