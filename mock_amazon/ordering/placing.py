"""Placing an order: what a buyer does, from a checked wish. The caller commits."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import select

from mock_amazon.marketplaces import BY_CODE, Marketplace
from mock_amazon.models import Listing, Order, OrderItem, Seller, db
from mock_amazon.moments import now, whole_milliseconds
from mock_amazon.ordering import life, orders, regulated
from mock_amazon.ordering.addresses import default_address
from mock_amazon.ordering.fact_rules import check_amounts, checked_facts, columns_and_facts, line_facts
from mock_amazon.ordering.lifecycle import Status
from simkit.control import BadControl
from simkit.simulation import simulation
from simkit.times import UnreadableTime, parse_time


def place(wish: dict[str, Any]) -> Order:
    """A new order.

    Raises BadControl; nothing is written then.
    """
    market = market_of(wish)
    order = _head(wish, market)
    for index, line in enumerate(wish["lines"]):
        check_amounts(f"lines.{index}", line, market)
        order.items.append(_item(order, line))
    db.session.add(order)
    if wish["regulated"] is not None:
        regulated.regulate(order, wish["regulated"])
    if wish["status"] == Status.SHIPPED:  # then there is a package
        order.status = Status.UNSHIPPED
        orders.ship_by_hand(order, None, None, None)
    else:
        orders.touch(order)
    life.begin(order, wish["life"])
    return order


def market_of(wish: dict[str, Any]) -> Marketplace:
    """The marketplace that a wish names, if its seller sells there.

    Raises BadControl.
    """
    seller = seller_of(wish)
    market = BY_CODE[wish["marketplace"]]
    if market not in seller.marketplaces:
        codes = ", ".join(known.code for known in seller.marketplaces)
        raise BadControl(f"field 'marketplace': {seller.id} does not sell in {market.code!r} but in {codes}")
    return market


def seller_of(wish: dict[str, Any]) -> Seller:
    """The seller that a wish names.

    Raises BadControl.
    """
    seller = db.session.get(Seller, wish["seller"])
    if seller is None:
        known = ", ".join(db.session.scalars(select(Seller.id).order_by(Seller.id)))
        raise BadControl(f"field 'seller': {wish['seller']!r} is not one of {known}")
    return seller


def _head(wish: dict[str, Any], market: Marketplace) -> Order:
    label = free_label(wish)
    number = free_number()
    buyer = wish["buyer"]
    country = wish["ship_to"].get("country") or market.country
    ship_to = {**default_address(country), **wish["ship_to"]}
    mask = hashlib.sha256(number.encode()).hexdigest()[:14]  # Amazon hides the real address
    return Order(
        label=label,
        amazon_order_id=number,
        seller_id=wish["seller"],
        marketplace_id=market.id,
        channel=wish["channel"],
        status=wish["status"],
        purchase_date=purchased(wish["placed"]),
        last_update=now(),
        service_level=wish["service_level"],
        prime=wish["prime"],
        business=wish["business"],
        premium=wish["premium"],
        replacement_of=_replaced(wish["replacement_of"]),
        **columns_and_facts(_kind_of_order(wish) | checked_facts(wish, market)),
        buyer_facts={key: buyer[key] for key in buyer if key not in {"name", "email"}},
        buyer_name=buyer.get("name") or ship_to.get("name", ""),
        buyer_email=buyer.get("email") or f"{mask}@marketplace.{market.domain}",
        ship_to=ship_to,
        document="",
    )


def _kind_of_order(wish: dict[str, Any]) -> dict[str, Any]:
    """A pre-order stays one when its product has come out."""
    return {"order_type": "Preorder"} if wish["status"] == Status.PENDING_AVAILABILITY else {}


def free_label(wish: dict[str, Any]) -> str:
    """The name of the wish, or a new one.

    Raises BadControl.
    """
    label = wish.get("id") or f"order-{simulation().ids.next('label')}"
    if db.session.scalar(select(Order.id).where(Order.label == label)) is not None:
        raise BadControl(f"field 'id': there is an order {label!r} already; ids are used once")
    return str(label)


def free_number() -> str:
    """A new number; a real one, which came with a payload, may stand in its way."""
    number = simulation().ids.amazon_order_id()
    while orders.find(number) is not None:
        number = simulation().ids.amazon_order_id()
    return number


def purchased(text: str) -> datetime:
    """The moment that a wish names, not later than now.

    Raises BadControl.
    """
    try:
        moment = parse_time(text, simulation().now())
    except UnreadableTime as error:
        raise BadControl(f"field 'placed': {error}") from None
    if moment > simulation().now():
        raise BadControl(f"field 'placed': {text!r} is later than now")
    return whole_milliseconds(moment)


def _replaced(label: str | None) -> str | None:
    if label is None:
        return None
    number = db.session.scalar(
        select(Order.amazon_order_id).where((Order.label == label) | (Order.amazon_order_id == label))
    )
    if number is None:
        raise BadControl(f"field 'replacement_of': there is no order {label!r}")
    return number


def _item(order: Order, line: dict[str, Any]) -> OrderItem:
    listing = _listing(order, line["sku"])
    asin = line.get("asin") or (listing.asin if listing else asin_of(line["sku"]))
    return OrderItem(
        order_item_id=simulation().ids.digits("order_item_id", 14),
        sku=line["sku"],
        seller_sku=listing.seller_sku if listing else line["sku"],
        asin=asin,
        title=line.get("title") or line["sku"],
        quantity=line["qty"],
        unit_price=line["unit_price"],
        tax=line["tax"],
        shipping=line["shipping"],
        discount=line["discount"],
        gift_wrap=line["gift_wrap"],
        gift_message=line.get("gift_message"),
        facts=line_facts(line),
    )


def _listing(order: Order, sku: str) -> Listing | None:
    here = select(Listing).where(
        Listing.seller_id == order.seller_id,
        Listing.marketplace_id == order.marketplace_id,
        (Listing.sku == sku) | (Listing.seller_sku == sku),
    )
    return db.session.scalar(here.order_by(Listing.sku != sku))  # the catalog's name goes first


def asin_of(sku: str) -> str:
    """An ASIN for a SKU without one: always the same."""
    return "B0" + hashlib.sha256(sku.encode()).hexdigest()[:8].upper()
