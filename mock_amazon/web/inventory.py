"""Listings and stock: what is for sale, and how many units there are of it. Only to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import Blueprint, render_template, request
from sqlalchemy import Select, func, select
from werkzeug.exceptions import BadRequest

from mock_amazon.models import FbaStock, Listing, db

MOST = 100
"""So many SKUs are shown; who has more searches."""
_LONGEST = 200
_Kept = TypeVar("_Kept", Listing, FbaStock)


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/inventory", "inventory", _inventory)


def _inventory() -> str:
    sku = request.args.get("sku", "").strip()
    if len(sku) > _LONGEST or "\0" in sku:
        raise BadRequest(f"sku: more than {_LONGEST} characters, or a NUL, are in no SKU")
    listings = db.session.scalars(_wanted(Listing, sku).limit(MOST)).all()
    stocks = db.session.scalars(_wanted(FbaStock, sku).limit(MOST)).all()
    return render_template(
        "seller_central/inventory.html",
        sku=sku,
        listings=listings,
        statuses=_statuses(listings),
        stocks=stocks,
        counts={"listings": _count(_wanted(Listing, sku)), "stocks": _count(_wanted(FbaStock, sku))},
    )


def _wanted(kept: type[_Kept], sku: str) -> Select[_Kept]:
    statement = select(kept).order_by(kept.seller_sku, kept.id)
    return statement.where(kept.seller_sku.contains(sku, autoescape=True)) if sku else statement


def _statuses(listings: Sequence[Listing]) -> dict[int, list[str]]:
    """BUYABLE and DISCOVERABLE by the listings' row ids."""
    skus = [listing.seller_sku for listing in listings]
    kept = db.session.scalars(select(FbaStock).where(FbaStock.seller_sku.in_(skus)))
    units = {(stock.seller_id, stock.marketplace_id, stock.seller_sku): stock.fulfillable for stock in kept}
    return {
        listing.id: listing.statuses(
            units.get((listing.seller_id, listing.marketplace_id, listing.seller_sku))
        )
        for listing in listings
    }


def _count(statement: Select[_Kept]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
