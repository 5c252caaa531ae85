"""A test order, placed by hand: what a buyer would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_amazon.marketplaces import BY_CODE
from mock_amazon.models import Listing, Order, db
from mock_amazon.ordering.addresses import KEYS, default_address
from mock_amazon.ordering.lifecycle import PLACEABLE
from mock_amazon.ordering.placing import place
from mock_amazon.web import forms
from mock_amazon.web.listing import accounts
from mock_amazon.web.shown import CHANNELS, STATUSES
from mock_amazon.wire.promises import DAYS
from simkit.control import BadControl

ROWS = 3
"""Lines that a new form has; it can be asked for more."""


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/orders-v3/new", "new", _new)
    bp.add_url_rule("/orders-v3/new", "place", _place, methods=["POST"])


def _new() -> ResponseReturnValue:
    known = accounts()
    chosen = request.args.get("account", "")
    account = chosen if chosen in known else known[0]
    country = BY_CODE[account.rpartition(":")[2]].country
    values = {f"ship_to.{key}": value for key, value in default_address(country).items()}
    values |= {"account": account, "status": "Unshipped", "channel": "MFN", "service_level": "STANDARD"}
    return _form({**values, **{f"lines.{row}.qty": "1" for row in range(ROWS)}}, {}, ROWS)


def _place() -> ResponseReturnValue:
    form = request.form
    if "more" in form:
        return _form(form, {}, min(_rows(form) + ROWS, forms.MOST_ROWS))
    try:
        order = _placed(form)
    except forms.Refused as refused:
        db.session.rollback()
        return _form(form, refused.errors, _rows(form)), 400
    flash(f"Order {order.amazon_order_id} was placed.", "success")
    return redirect(url_for(".order", number=order.amazon_order_id))


def _placed(form: Mapping[str, str]) -> Order:
    """Raises forms.Refused; nothing is written then."""
    wish = forms.wish_of(form)
    try:
        order = place(wish)
    except BadControl as error:
        raise forms.refusal_of(str(error), form) from None
    db.session.commit()
    return order


def _rows(form: Mapping[str, str]) -> int:
    """How many lines the form had."""
    return max((row + 1 for row in range(forms.MOST_ROWS) if f"lines.{row}.sku" in form), default=ROWS)


def _form(values: Mapping[str, str], errors: Mapping[str, str], rows: int) -> str:
    choices: dict[str, Any] = {
        "account": {name: name.replace(":", " · ") for name in accounts()},
        "channel": CHANNELS,
        "status": {status.value: STATUSES[status] for status in PLACEABLE},
        "service_level": {name: name.replace("_", " ").capitalize() for name in DAYS},
    }
    skus = db.session.scalars(select(Listing.sku).distinct().order_by(Listing.sku)).all()
    return render_template(
        "seller_central/new.html",
        values=values,
        errors=errors,
        rows=rows,
        choices=choices,
        skus=skus,
        address=KEYS,
        flags=forms.FLAGS,
        may_add=rows < forms.MOST_ROWS,
    )
