"""The page of one order: everything that is known of it, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from mock_amazon.models import Order
from mock_amazon.ordering import orders
from mock_amazon.web.shown import Shown


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/orders-v3/order/<number>", "order", _order)


def wanted_order(number: str) -> Order:
    """Raises NotFound."""
    order = orders.find(number)
    if order is None:
        raise NotFound(f"There is no order {number!r}.")
    return order


def shown_order(
    order: Order, problem: str | None = None, values: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    """The page; with a problem, what was written into its form stays there."""
    status = 400 if problem else 200
    page = render_template(
        "seller_central/order.html", shown=Shown(order), problem=problem, values=values or {}
    )
    return page, status


def _order(number: str) -> ResponseReturnValue:
    return shown_order(wanted_order(number))
