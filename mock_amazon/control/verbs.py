"""The control verbs that only Amazon has: place, confirm, ship, cancel, sellers, accounts, listings."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from mock_amazon.access.authorizations import first_grant
from mock_amazon.accounts import account_json, save_listing, save_seller, switch_account
from mock_amazon.control import applications, facts, life, notifications, processing, stock
from mock_amazon.control.changing import changed
from mock_amazon.defaults import CLIENT_ID
from mock_amazon.listings.keeping import find_stock
from mock_amazon.models import db
from mock_amazon.ordering import orders
from mock_amazon.ordering.payloads import place_payload
from mock_amazon.ordering.placing import place
from mock_amazon.state import listing_json
from mock_amazon.wire.payload import PayloadWish
from mock_amazon.wire.wishes import (
    AccountWish,
    CancelWish,
    ListingWish,
    NoWish,
    OrderWish,
    SellerWish,
    ShipWish,
)
from simkit.checking import wish_of
from simkit.control import control_blueprint

_order_wish, _ship_wish, _cancel_wish = OrderWish(), ShipWish(), CancelWish()
_payload_wish = PayloadWish()
_seller_wish, _account_wish, _listing_wish, _no_wish = SellerWish(), AccountWish(), ListingWish(), NoWish()


def amazon_control() -> Blueprint:
    """The common verbs and Amazon's own."""
    bp = control_blueprint()
    bp.post("/orders")(_place)
    bp.post("/payload")(_place_payload)
    bp.post("/orders/<amazon_order_id>/confirm")(_confirm)
    bp.post("/orders/<amazon_order_id>/ship")(_ship)
    bp.post("/orders/<amazon_order_id>/cancel")(_cancel)
    bp.post("/sellers")(_save_seller)
    bp.post("/account")(_switch_account)
    bp.post("/listings")(_save_listing)
    bp.post("/orders/<amazon_order_id>/expire-verification")(_expire_verification)
    for section in (life, facts, stock, applications, notifications, processing):
        section.add_to(bp)
    return bp


def _place() -> ResponseReturnValue:
    order = place(wish_of(_order_wish))
    db.session.commit()
    return jsonify(id=order.label, amazon_order_id=order.amazon_order_id), 201


def _place_payload() -> ResponseReturnValue:
    order, not_kept = place_payload(wish_of(_payload_wish))
    db.session.commit()
    answer = {"id": order.label, "amazon_order_id": order.amazon_order_id, "status": order.status}
    return jsonify(**answer, marketplace=order.marketplace.code, not_kept=not_kept), 201


def _confirm(amazon_order_id: str) -> ResponseReturnValue:
    wish_of(_no_wish)
    return changed(amazon_order_id, orders.confirm)


def _ship(amazon_order_id: str) -> ResponseReturnValue:
    wish = wish_of(_ship_wish)
    lines = wish["lines"]
    wanted = None if lines is None else [(line["sku"], line["qty"]) for line in lines]
    return changed(
        amazon_order_id,
        lambda order: orders.ship_by_hand(order, wanted, wish["carrier"], wish["tracking"]),
    )


def _cancel(amazon_order_id: str) -> ResponseReturnValue:
    wish = wish_of(_cancel_wish)
    return changed(amazon_order_id, lambda order: orders.cancel(order, bump=wish["bump"]))


def _expire_verification(amazon_order_id: str) -> ResponseReturnValue:
    wish_of(_no_wish)
    return changed(amazon_order_id, orders.expire_verification)


def _save_seller() -> ResponseReturnValue:
    seller = save_seller(wish_of(_seller_wish))
    db.session.commit()
    ids = [marketplace.id for marketplace in seller.marketplaces]
    grant = first_grant(CLIENT_ID, seller.id)
    token = grant and grant.refresh_token
    return jsonify(seller=seller.id, refresh_token=token, marketplaces=ids), 201


def _switch_account() -> ResponseReturnValue:
    seller = switch_account(wish_of(_account_wish))
    db.session.commit()
    return jsonify(account_json(seller))


def _save_listing() -> ResponseReturnValue:
    listing = save_listing(wish_of(_listing_wish))
    db.session.commit()
    stock = find_stock(listing.seller_id, listing.marketplace_id, listing.seller_sku)
    return jsonify(listing_json(listing, stock.fulfillable if stock else None)), 201
