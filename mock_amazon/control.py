"""The control verbs that only Amazon has: place, confirm, ship, cancel, sellers, listings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_amazon import orders
from mock_amazon.defaults import refresh_token
from mock_amazon.lifecycle import NotAllowed
from mock_amazon.marketplaces import BY_CODE
from mock_amazon.models import Listing, Order, Participation, Seller, db
from mock_amazon.placing import asin_of, place
from mock_amazon.wire.checking import checked
from mock_amazon.wire.wishes import (
    CancelWish,
    ListingWish,
    NoWish,
    OrderWish,
    SellerWish,
    ShipWish,
)
from simkit.control import BadControl, body, control_blueprint

_order_wish, _ship_wish, _cancel_wish = OrderWish(), ShipWish(), CancelWish()
_seller_wish, _listing_wish, _no_wish = SellerWish(), ListingWish(), NoWish()


def amazon_control() -> Blueprint:
    """The common verbs and Amazon's own."""
    bp = control_blueprint()
    bp.post("/orders")(_place)
    bp.post("/orders/<amazon_order_id>/confirm")(_confirm)
    bp.post("/orders/<amazon_order_id>/ship")(_ship)
    bp.post("/orders/<amazon_order_id>/cancel")(_cancel)
    bp.post("/sellers")(_save_seller)
    bp.post("/listings")(_save_listing)
    return bp


def _place() -> ResponseReturnValue:
    order = place(checked(_order_wish, body()))
    db.session.commit()
    return jsonify(id=order.label, amazon_order_id=order.amazon_order_id), 201


def _confirm(amazon_order_id: str) -> ResponseReturnValue:
    checked(_no_wish, body())
    return _changed(amazon_order_id, orders.confirm)


def _ship(amazon_order_id: str) -> ResponseReturnValue:
    wish = checked(_ship_wish, body())
    lines = wish["lines"]
    wanted = None if lines is None else [(line["sku"], line["qty"]) for line in lines]
    return _changed(
        amazon_order_id,
        lambda order: orders.ship_by_hand(order, wanted, wish["carrier"], wish["tracking"]),
    )


def _cancel(amazon_order_id: str) -> ResponseReturnValue:
    wish = checked(_cancel_wish, body())
    return _changed(amazon_order_id, lambda order: orders.cancel(order, bump=wish["bump"]))


def _changed(amazon_order_id: str, change: Callable[[Order], None]) -> ResponseReturnValue:
    order = orders.find(amazon_order_id)
    if order is None:
        raise BadControl(f"there is no order {amazon_order_id!r}", 404)
    try:
        change(order)
    except NotAllowed as error:
        raise BadControl(str(error)) from None
    db.session.commit()
    return jsonify(amazon_order_id=order.amazon_order_id, status=order.status)


def _save_seller() -> ResponseReturnValue:
    wish: dict[str, Any] = checked(_seller_wish, body())
    seller = db.session.get(Seller, wish["seller"])
    if seller is None:
        seller = Seller(id=wish["seller"], refresh_token=refresh_token(wish["seller"]))
        db.session.add(seller)
    known = {participation.marketplace_id for participation in seller.participations}
    for code in dict.fromkeys(wish["marketplaces"]):
        if BY_CODE[code].id not in known:
            seller.participations.append(Participation(marketplace_id=BY_CODE[code].id))
    db.session.commit()
    ids = [marketplace.id for marketplace in seller.marketplaces]
    return jsonify(seller=seller.id, refresh_token=seller.refresh_token, marketplaces=ids), 201


def _save_listing() -> ResponseReturnValue:
    wish = checked(_listing_wish, body())
    if db.session.get(Seller, wish["seller"]) is None:
        raise BadControl(f"field 'seller': there is no seller {wish['seller']!r}", 404)
    market = BY_CODE[wish["marketplace"]]
    here = select(Listing).where(
        Listing.seller_id == wish["seller"], Listing.marketplace_id == market.id, Listing.sku == wish["sku"]
    )
    listing = db.session.scalar(here)
    if listing is None:
        listing = Listing(seller_id=wish["seller"], marketplace_id=market.id, sku=wish["sku"])
        db.session.add(listing)
    listing.seller_sku = wish.get("seller_sku", listing.seller_sku or wish["sku"])
    listing.asin = wish.get("asin", listing.asin or asin_of(wish["sku"]))
    db.session.commit()
    return jsonify(sku=listing.sku, seller_sku=listing.seller_sku, asin=listing.asin), 201
