"""Seller accounts and what they offer, as control calls make them. The caller commits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_amazon.access import authorizations
from mock_amazon.defaults import CLIENT_ID, refresh_token
from mock_amazon.listings.attributes import with_price
from mock_amazon.listings.making import DEFAULT_PRODUCT_TYPE, new_listing
from mock_amazon.marketplaces import BY_CODE, Marketplace
from mock_amazon.models import Authorization, Listing, Participation, Seller, db
from mock_amazon.moments import now
from mock_amazon.ordering.fact_rules import check_decimals
from mock_amazon.ordering.placing import asin_of, market_of, seller_of
from mock_amazon.switches import switched, switches_of
from simkit.control import BadControl


def save_seller(wish: dict[str, Any]) -> Seller:
    """Make a seller account, or let one sell in more marketplaces; keys left out stay.

    Raises BadControl.
    """
    seller = db.session.get(Seller, wish["seller"]) or _new_seller(wish["seller"])
    known = {participation.marketplace_id for participation in seller.participations}
    for code in dict.fromkeys(wish["marketplaces"]):
        if BY_CODE[code].id not in known:
            seller.participations.append(Participation(marketplace_id=BY_CODE[code].id))
    for key in ("store_name", "business_type", "selling_plan"):
        setattr(seller, key, wish.get(key) or getattr(seller, key))
    if "suspended" in wish:
        suspended = {BY_CODE[code].id for code in wish["suspended"]}
        for participation in seller.participations:
            participation.suspended = participation.marketplace_id in suspended
    return seller


def _new_seller(seller_id: str) -> Seller:
    token = refresh_token(seller_id)
    grants = select(Authorization.seller_id).where(Authorization.refresh_token == token)
    if (other := db.session.scalar(grants)) is not None:
        raise BadControl(f"field 'seller': {seller_id!r} would have the refresh token of {other!r}")
    seller = Seller(
        id=seller_id, store_name=seller_id, business_type="PRIVATE_LIMITED", selling_plan="PROFESSIONAL"
    )
    db.session.add(seller)
    db.session.flush()
    authorizations.authorize(CLIENT_ID, seller_id, token)
    return seller


def switch_account(wish: dict[str, Any]) -> Seller:
    """Move switches of a seller account; those that are not named stay.

    Raises BadControl.
    """
    seller = seller_of(wish)
    _switch_access(seller, wish.get("access"))
    kept = {key: wish[key] for key in wish if key not in {"seller", "access"}}
    seller.switched = switched(seller.switched, kept)
    return seller


def _switch_access(seller: Seller, position: str | None) -> None:
    """It is told by the grants and tokens that there are, and not kept beside them."""
    if position == "granted":
        authorizations.restore(seller.id)
    elif position == "revoked":
        authorizations.withdraw(seller.id)
    elif position == "expired":
        authorizations.expire_tokens(seller.id)


def account_json(seller: Seller) -> dict[str, Any]:
    access = "granted" if authorizations.authorized(seller.id) else "revoked"
    return {"seller": seller.id, "access": access, **switches_of(seller.switched).as_dict()}


def save_listing(wish: dict[str, Any]) -> Listing:
    """Offer a SKU in a marketplace, or change the offer; keys left out stay.

    Raises BadControl.
    """
    market = market_of(wish)
    if "price" in wish:
        check_decimals("price", wish["price"], market)
    here = select(Listing).where(Listing.seller_id == wish["seller"], Listing.marketplace_id == market.id)
    listing = db.session.scalar(here.where(Listing.sku == wish["sku"]))
    seller_sku = wish.get("seller_sku") or (listing.seller_sku if listing else wish["sku"])
    other = db.session.scalar(here.where(Listing.seller_sku == seller_sku, Listing.sku != wish["sku"]))
    if other is not None:
        raise BadControl(f"field 'seller_sku': {seller_sku!r} is the one of SKU {other.sku!r} already")
    if listing is None:
        listing = new_listing(
            wish["seller"],
            market.id,
            sku=wish["sku"],
            seller_sku=seller_sku,
            asin=asin_of(wish["sku"]),
            product_type=DEFAULT_PRODUCT_TYPE,
        )
    listing.seller_sku = seller_sku
    listing.asin = wish.get("asin") or listing.asin
    _offer(listing, wish, market)
    return listing


def _offer(listing: Listing, wish: dict[str, Any], market: Marketplace) -> None:
    """Quantity and price as the wish says; what it leaves out stays."""
    if "qty" in wish:
        listing.quantity = wish["qty"]
    if "price" in wish:
        listing.attributes = with_price(listing.attributes, wish["price"], market)
    listing.updated = now()
