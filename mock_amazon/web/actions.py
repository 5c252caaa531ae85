"""What can be done with an order: the buttons of its page. Nothing is written where it is not allowed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_amazon.models import Order, db
from mock_amazon.ordering import cancelling, orders
from mock_amazon.ordering.lifecycle import CancelledBy, NotAllowed
from mock_amazon.web.order_page import shown_order, wanted_order
from mock_amazon.web.shown import STATUSES

_LONGEST = 100
_MOST = 1_000_000


def add_to(bp: Blueprint) -> None:
    changes: dict[str, Callable[[Order], None]] = {
        "confirm": orders.confirm,
        "ship": _ship,
        "cancel": partial(orders.cancel, by=CancelledBy.MERCHANT),
        "cancel_line": _cancel_line,
    }
    for action, change in changes.items():
        address = f"/orders-v3/order/<number>/{action}"
        bp.add_url_rule(address, action, _acting(change), methods=["POST"])


def _acting(change: Callable[[Order], None]) -> Callable[[str], ResponseReturnValue]:
    def act(number: str) -> ResponseReturnValue:
        order = wanted_order(number)
        try:
            change(order)
        except NotAllowed as error:
            db.session.rollback()
            return shown_order(order, str(error), request.form)
        db.session.commit()
        flash(f"Order {order.amazon_order_id}: {STATUSES[order.state]}.", "success")
        return redirect(url_for(".order", number=order.amazon_order_id))

    return act


def _ship(order: Order) -> None:
    """Amazon sends all that is left; a merchant says what, with whom, and under which number."""
    if order.by_amazon:
        orders.ship_by_hand(order, None, None, None)
        return
    contents = {item.order_item_id: _units(item.order_item_id) for item in order.items}
    if not any(contents.values()):
        raise NotAllowed("no units are chosen: write how many of each item are in the package")
    packed = {number: units for number, units in contents.items() if units}
    orders.ship_items(order, packed, _text("carrier"), _text("tracking"))


def _cancel_line(order: Order) -> None:
    items = [item for item in order.items if item.order_item_id == request.form.get("item")]
    if not items or not cancelling.can_cancel_line(order, items[0]):
        raise NotAllowed(f"the order is {order.status}: that item cannot be cancelled (any more)")
    cancelling.cancel_items(order, items, CancelledBy.MERCHANT)


def _units(item_id: str) -> int:
    text = request.form.get(f"units.{item_id}", "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))):
        raise NotAllowed(f"units of item {item_id}: {text!r} is not a whole number")
    return int(text or 0)


def _text(name: str) -> str | None:
    text = request.form.get(name, "").strip()
    if len(text) > _LONGEST:
        raise NotAllowed(f"{name}: more than {_LONGEST} characters")
    return text or None
