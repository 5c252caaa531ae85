"""Stock in Amazon's network as the control API and the sandbox calls make it. The caller commits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_amazon.listings.fba import COUNTS, INBOUND, fn_sku_of
from mock_amazon.listings.making import listings_of
from mock_amazon.models import FbaAddition, FbaStock, db
from mock_amazon.moments import now
from mock_amazon.ordering.placing import asin_of, market_of


def save_stock(wish: dict[str, Any]) -> FbaStock:
    """Say what Amazon has of a SKU; counts that are left out stay.

    Raises BadControl.
    """
    market = market_of(wish)
    seller_sku = _seller_sku(wish["seller"], market.id, wish["sku"])
    stock = find_stock(wish["seller"], market.id, seller_sku)
    if stock is None:
        stock = new_stock(wish["seller"], market.id, seller_sku, wish["sku"])
    stock.product_name = wish.get("name", stock.product_name)
    for name in COUNTS:
        setattr(stock, name, wish.get(name, getattr(stock, name)))
    stock.unfulfillable = {**stock.unfulfillable, **wish.get("unfulfillable", {})}
    if wish.keys() & {*COUNTS, "unfulfillable"} - {*INBOUND}:  # Amazon does not notice inbound changes
        stock.updated = now()
    return stock


def find_stock(seller_id: str, marketplace_id: str, seller_sku: str) -> FbaStock | None:
    return db.session.scalar(
        select(FbaStock).where(
            FbaStock.seller_id == seller_id,
            FbaStock.marketplace_id == marketplace_id,
            FbaStock.seller_sku == seller_sku,
        )
    )


def new_stock(seller_id: str, marketplace_id: str, seller_sku: str, product_name: str) -> FbaStock:
    """A SKU of which Amazon has nothing yet."""
    listing = next(iter(listings_of(seller_id, [marketplace_id], [seller_sku])), None)
    stock = FbaStock(
        seller_id=seller_id,
        marketplace_id=marketplace_id,
        seller_sku=seller_sku,
        asin=listing.asin if listing else asin_of(seller_sku),
        fn_sku=fn_sku_of(seller_sku),
        product_name=product_name,
        ordered=0,
        unfulfillable={},
        updated=now(),
        **dict.fromkeys(COUNTS, 0),
    )
    db.session.add(stock)
    return stock


def first_time(seller_id: str, token: str) -> bool:
    """Whether no call of addInventory with that token was carried out yet; from now on one was."""
    here = select(FbaAddition.id).where(FbaAddition.seller_id == seller_id, FbaAddition.token == token)
    if db.session.scalar(here) is not None:
        return False
    db.session.add(FbaAddition(seller_id=seller_id, token=token))
    return True


def _seller_sku(seller_id: str, marketplace_id: str, sku: str) -> str:
    """A SKU may be the catalog's or the seller's, as when an order is placed."""
    listings = listings_of(seller_id, [marketplace_id])
    named = (listing.seller_sku for listing in listings if listing.sku == sku)
    return next(named, sku)
