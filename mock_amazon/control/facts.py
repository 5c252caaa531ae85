"""The control verbs about what few orders have: facts that change later, and what becomes of packages."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from mock_amazon.models import Order, db
from mock_amazon.ordering import orders
from mock_amazon.ordering.fact_rules import change_facts
from mock_amazon.wire.checking import checked
from mock_amazon.wire.facts import OrderFacts
from mock_amazon.wire.wishes import PackageWish
from simkit.control import BadControl, body

_facts, _package_wish = OrderFacts(), PackageWish()


def add_fact_verbs(bp: Blueprint) -> None:
    bp.post("/orders/<amazon_order_id>/facts")(_change)
    bp.post("/orders/<amazon_order_id>/package")(_package)


def _change(amazon_order_id: str) -> ResponseReturnValue:
    facts = checked(_facts, body())
    order = _found(amazon_order_id)
    change_facts(order, facts)
    return _touched(order)


def _package(amazon_order_id: str) -> ResponseReturnValue:
    wish = checked(_package_wish, body())
    order = _found(amazon_order_id)
    package = next((one for one in order.packages if one.reference == wish["reference"]), None)
    if package is None:
        known = ", ".join(one.reference for one in order.packages) or "none"
        raise BadControl(f"field 'reference': {wish['reference']!r} is not one of its packages: {known}")
    package.status = wish["status"]
    return _touched(order)


def _found(amazon_order_id: str) -> Order:
    order = orders.find(amazon_order_id)
    if order is None:
        raise BadControl(f"there is no order {amazon_order_id!r}", 404)
    return order


def _touched(order: Order) -> ResponseReturnValue:
    orders.touch(order)
    db.session.commit()
    return jsonify(amazon_order_id=order.amazon_order_id, status=order.status)
