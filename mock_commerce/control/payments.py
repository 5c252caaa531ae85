"""``/_sim/orders/:id/transactions``: what a payment provider did; offline payments leave nothing."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate
from sqlalchemy import select

from mock_commerce.control.orders import found_order
from mock_commerce.models import Transaction, db
from mock_commerce.sales import book
from simkit.checking import wish_of, word
from simkit.control import BadControl

TYPES = ("payment", "order", "authorization", "capture", "void", "refund")


class TransactionSchema(Schema):
    """One transaction; ``parent_txn_id`` names an earlier one of the same order."""

    txn_id = fields.String(required=True, validate=validate.Length(min=1, max=100))
    txn_type = word(*TYPES, load_default="capture")
    parent_txn_id = fields.String(validate=validate.Length(min=1, max=100))
    is_closed = fields.Boolean(load_default=True, truthy={True}, falsy={False})


_schema = TransactionSchema()


def add_to(bp: Blueprint) -> None:
    bp.post("/orders/<int:order_id>/transactions")(_add)


def _add(order_id: int) -> ResponseReturnValue:
    order = found_order(order_id)
    given = wish_of(_schema)
    parent = _parent(order_id, given.get("parent_txn_id"))
    row = Transaction(
        order_id=order.entity_id,
        payment_id=order.entity_id,
        txn_id=given["txn_id"],
        parent_id=parent.transaction_id if parent else None,
        parent_txn_id=parent.txn_id if parent else None,
        txn_type=given["txn_type"],
        is_closed=int(given["is_closed"]),
        created_at=book.now(),
    )
    db.session.add(row)
    db.session.commit()
    return jsonify(transaction_id=row.transaction_id), 201


def _parent(order_id: int, txn_id: str | None) -> Transaction | None:
    if txn_id is None:
        return None
    query = select(Transaction).where(Transaction.order_id == order_id, Transaction.txn_id == txn_id)
    parent = db.session.scalar(query)
    if parent is None:
        raise BadControl(f"field 'parent_txn_id': order {order_id} has no transaction {txn_id!r}")
    return parent
