"""The control verbs for what befalls a placed order: cancelled lines, edits, late lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from mock_amazon.control.changing import changed
from mock_amazon.models import Order
from mock_amazon.ordering import cancelling, editing
from mock_amazon.wire.life import CancelLineWish, EditWish, HideWish, RequestCancelWish
from simkit.checking import wish_of

_VERBS: dict[str, tuple[Schema, Callable[[Order, dict[str, Any]], object]]] = {
    "cancel_line": (CancelLineWish(), lambda order, wish: cancelling.cancel_line(order, wish["sku"])),
    "request_cancel": (
        RequestCancelWish(),
        lambda order, wish: cancelling.request_cancel(order, wish["reason"]),
    ),
    "edit": (EditWish(), lambda order, wish: editing.edit(order, wish["set"])),
    "hide": (HideWish(), lambda order, wish: editing.hide(order, wish["for"])),
}


def add_to(bp: Blueprint) -> None:
    for verb in _VERBS:
        address = f"/orders/<amazon_order_id>/{verb}"
        bp.add_url_rule(address, verb, _doing(verb), methods=["POST"])


def _doing(verb: str) -> Callable[[str], ResponseReturnValue]:
    schema, do = _VERBS[verb]

    def act(amazon_order_id: str) -> ResponseReturnValue:
        wish = wish_of(schema)
        return changed(amazon_order_id, lambda order: do(order, wish))

    return act
