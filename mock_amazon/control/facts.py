"""The control verbs about what few orders have: facts that change later, and what becomes of packages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from mock_amazon.control.changing import changed
from mock_amazon.models import Order
from mock_amazon.ordering import orders
from mock_amazon.ordering.fact_rules import change_facts
from mock_amazon.wire.facts import OrderFacts
from mock_amazon.wire.wishes import PackageWish
from simkit.checking import wish_of
from simkit.control import BadControl

_facts, _package_wish = OrderFacts(), PackageWish()


def add_to(bp: Blueprint) -> None:
    bp.post("/orders/<amazon_order_id>/facts")(_change)
    bp.post("/orders/<amazon_order_id>/package")(_package)


def _change(amazon_order_id: str) -> ResponseReturnValue:
    facts = wish_of(_facts)

    def change(order: Order) -> None:
        change_facts(order, facts)
        orders.touch(order)

    return changed(amazon_order_id, change)


def _package(amazon_order_id: str) -> ResponseReturnValue:
    wish = wish_of(_package_wish)
    return changed(amazon_order_id, lambda order: _tell(order, wish))


def _tell(order: Order, wish: dict[str, Any]) -> None:
    package = next((one for one in order.packages if one.reference == wish["reference"]), None)
    if package is None:
        known = ", ".join(one.reference for one in order.packages) or "none"
        raise BadControl(f"field 'reference': {wish['reference']!r} is not one of its packages: {known}")
    package.status = wish["status"]
    orders.touch(order)
