"""The control verb for stock in Amazon's network."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from mock_amazon.listings.keeping import save_stock
from mock_amazon.models import db
from mock_amazon.state import fba_json
from mock_amazon.wire.wishes import FbaStockWish
from simkit.checking import wish_of

_wish = FbaStockWish()


def add_to(bp: Blueprint) -> None:
    bp.post("/fba-stock")(_save_stock)


def _save_stock() -> ResponseReturnValue:
    stock = save_stock(wish_of(_wish))
    db.session.commit()
    return jsonify(fba_json(stock)), 201
