"""Stocks: which websites sell from them, and which sources count."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g
from sqlalchemy import delete, func, select

from mock_commerce.errors import CommerceError, NoSuchEntity
from mock_commerce.models import SalesChannel, Source, Stock, StockSourceLink, Store, Website, db
from mock_commerce.stock.quantities import DEFAULT_STOCK

STOCK_NAME = "Default Stock"
WEBSITE = "website"


def get(stock_id: int) -> Stock:
    """Raises NoSuchEntity."""
    stock = db.session.get(Stock, stock_id)
    if stock is None:
        raise NoSuchEntity('Stock with id "%value" does not exist.', {"value": stock_id})
    return stock


def new() -> Stock:
    """A stock with the next id, to be filled in and added."""
    return Stock(stock_id=(db.session.scalar(select(func.max(Stock.stock_id))) or 0) + 1)


def of_channel(kind: str, code: str) -> Stock:
    """The stock of a sales channel.

    Raises NoSuchEntity.
    """
    channel = db.session.get(SalesChannel, (kind, code))
    if channel is None:
        raise NoSuchEntity("No linked stock found")
    return get(channel.stock_id)


def of_store(store_id: int) -> int:
    """The id of the stock that a store view sells from; looked up once per request."""
    known: dict[int, int] = g.setdefault("stock_of_store", {})
    if store_id not in known:
        query = (
            select(SalesChannel.stock_id)
            .join(Website, Website.code == SalesChannel.code)
            .join(Store, Store.website_id == Website.website_id)
            .where(SalesChannel.type == WEBSITE, Store.store_id == store_id)
        )
        known[store_id] = db.session.scalar(query) or DEFAULT_STOCK
    return known[store_id]


def channels_of(stock: Stock) -> list[SalesChannel]:
    query = select(SalesChannel).where(SalesChannel.stock_id == stock.stock_id)
    return list(db.session.scalars(query.order_by(SalesChannel.type, SalesChannel.code)))


def assign(stock: Stock, codes: Iterable[str]) -> None:
    """Let exactly these websites sell from a stock: they leave their old ones.

    Raises CommerceError for a website that there is not, or one that had to stay without a stock.
    """
    wanted = set(codes)
    known = set(db.session.scalars(select(Website.code).where(Website.website_id != 0)))
    if unknown := sorted(wanted - known):
        message = 'The website with code "%code" does not exist.'
        raise CommerceError(
            "Validation Failed", errors=[{"message": message, "parameters": {"code": unknown[0]}}]
        )
    for channel in channels_of(stock):
        if channel.code not in wanted:
            db.session.delete(channel)
    for code in sorted(wanted):
        row = db.session.get(SalesChannel, (WEBSITE, code)) or SalesChannel(type=WEBSITE, code=code)
        row.stock_id = stock.stock_id
        db.session.add(row)
    g.pop("stock_of_store", None)


def remove(stock: Stock) -> None:
    """Raises CommerceError for the default stock and one that somebody sells from."""
    if stock.stock_id == DEFAULT_STOCK:
        raise CommerceError("Default Stock could not be deleted.")
    if channels_of(stock):
        raise CommerceError("Stock has at least one sale channel and could not be deleted.")
    db.session.execute(delete(StockSourceLink).where(StockSourceLink.stock_id == stock.stock_id))
    db.session.delete(stock)


def sources_of(stock_id: int) -> list[Source]:
    """The sources of a stock by priority."""
    query = (
        select(Source)
        .join(StockSourceLink, StockSourceLink.source_code == Source.source_code)
        .where(StockSourceLink.stock_id == stock_id)
    )
    return list(db.session.scalars(query.order_by(StockSourceLink.priority, Source.source_code)))


def link(stock_id: int, source_code: str, priority: int) -> None:
    """Let a source count for a stock."""
    row = db.session.get(StockSourceLink, (stock_id, source_code))
    if row is None:
        row = StockSourceLink(stock_id=stock_id, source_code=source_code)
        db.session.add(row)
    row.priority = priority
