"""Payment transactions as Commerce shows them."""

from __future__ import annotations

from typing import Any

from mock_commerce.models import Transaction
from mock_commerce.wire.values import time, without_nulls

_REQUIRED = ("parent_txn_id",)


def transaction_document(row: Transaction, children: list[dict[str, Any]]) -> dict[str, Any]:
    """A transaction with its children, rendered already."""
    document = {
        "transaction_id": row.transaction_id,
        "parent_id": row.parent_id,
        "order_id": row.order_id,
        "payment_id": row.payment_id,
        "txn_id": row.txn_id,
        "parent_txn_id": row.parent_txn_id,
        "txn_type": row.txn_type,
        "is_closed": row.is_closed,
        "additional_information": [],
        "created_at": time(row.created_at),
        "child_transactions": children,
    }
    return without_nulls(document, _REQUIRED)
