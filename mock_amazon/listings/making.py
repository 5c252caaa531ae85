"""New listings, and finding those that are there. The caller commits."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from sqlalchemy import select

from mock_amazon.models import FbaStock, Listing, db
from mock_amazon.moments import now

DEFAULT_PRODUCT_TYPE = "PRODUCT"


def new_listing(
    seller_id: str, marketplace_id: str, *, sku: str, seller_sku: str, asin: str, product_type: str
) -> Listing:
    """A listing without anything in it, complete as it is until a submission says otherwise."""
    listing = Listing(
        seller_id=seller_id,
        marketplace_id=marketplace_id,
        sku=sku,
        seller_sku=seller_sku,
        asin=asin,
        product_type=product_type,
        requirements=None,
        attributes={},
        created=now(),
        updated=now(),
    )
    db.session.add(listing)
    return listing


def free_sku(seller_id: str, marketplace_id: str, wanted: str) -> str:
    """A name in the shop's catalog for a seller SKU: the same, unless another listing has it."""
    taken = set(
        db.session.scalars(
            select(Listing.sku).where(
                Listing.seller_id == seller_id, Listing.marketplace_id == marketplace_id
            )
        )
    )
    names = itertools.chain([wanted], (f"{wanted} ({number})" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def listings_of(
    seller_id: str, marketplace_ids: Collection[str], seller_skus: Collection[str] | None = None
) -> Sequence[Listing]:
    """A seller's listings in these marketplaces, of these seller SKUs or all."""
    found = select(Listing).where(Listing.seller_id == seller_id, Listing.marketplace_id.in_(marketplace_ids))
    if seller_skus is not None:
        found = found.where(Listing.seller_sku.in_(seller_skus))
    return db.session.scalars(found.order_by(Listing.id)).all()


def stock_at_amazon(listings: Sequence[Listing]) -> dict[tuple[str, str], FbaStock]:
    """What Amazon has of them, by marketplace and seller SKU."""
    if not listings:
        return {}
    found = select(FbaStock).where(
        FbaStock.seller_id == listings[0].seller_id,
        FbaStock.seller_sku.in_([listing.seller_sku for listing in listings]),
    )
    return {(stock.marketplace_id, stock.seller_sku): stock for stock in db.session.scalars(found)}
