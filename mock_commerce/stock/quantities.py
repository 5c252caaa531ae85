"""Physical quantities and reservations, and what follows from them: the salable quantity.

salable = units at a stock's enabled sources with status "in stock" + reservations - the product's threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import func, select

from mock_commerce.models import Product, Reservation, Source, SourceItem, StockSourceLink, db, sku_key

ZERO = Decimal(0)
DEFAULT_SOURCE = "default"
DEFAULT_STOCK = 1
IN_STOCK = 1
OUT_OF_STOCK = 0


def find_product(sku: str) -> Product | None:
    return db.session.scalar(select(Product).where(Product.sku_key == sku_key(sku)))


def find_products(skus: Iterable[str]) -> dict[str, Product]:
    """The products of those SKUs by their key."""
    keys = {sku_key(sku) for sku in skus}
    products = db.session.scalars(select(Product).where(Product.sku_key.in_(keys)))
    return {product.sku_key: product for product in products}


def at_sources(keys: Iterable[str], stock_id: int = DEFAULT_STOCK) -> dict[str, Decimal]:
    """Units by SKU key at the enabled sources of a stock, as far as they are in stock."""
    query = (
        select(SourceItem.sku_key, func.sum(SourceItem.quantity, type_=SourceItem.quantity.type))
        .join(Source, Source.source_code == SourceItem.source_code)
        .join(StockSourceLink, StockSourceLink.source_code == SourceItem.source_code)
        .where(StockSourceLink.stock_id == stock_id, SourceItem.sku_key.in_(list(keys)))
        .where(SourceItem.status == IN_STOCK, Source.enabled)
        .group_by(SourceItem.sku_key)
    )
    return dict(db.session.execute(query).all())


def reserved(keys: Iterable[str] | None = None, stock_id: int = DEFAULT_STOCK) -> dict[str, Decimal]:
    """The sum of a stock's reservations by SKU key; below zero where units are held back."""
    query = (
        select(Reservation.sku_key, func.sum(Reservation.quantity, type_=Reservation.quantity.type))
        .where(Reservation.stock_id == stock_id)
        .group_by(Reservation.sku_key)
    )
    if keys is not None:
        query = query.where(Reservation.sku_key.in_(list(keys)))
    return dict(db.session.execute(query).all())


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
