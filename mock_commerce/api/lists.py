"""The fields that sales lists can be filtered and sorted by.

Lists of stored documents have the columns of tables: statements of those cost less than those of objects.
"""

from __future__ import annotations

from typing import Any

from mock_commerce.models import Creditmemo, Invoice, Order, OrderItem, Shipment, Transaction
from mock_commerce.search.pages import Columns

_orders = Order.__table__.c
ORDER_COLUMNS: Columns = {
    "entity_id": _orders.entity_id,
    "increment_id": _orders.increment_id,
    "ext_order_id": _orders.ext_order_id,
    "status": _orders.status,
    "state": _orders.state,
    "store_id": _orders.store_id,
    "created_at": _orders.created_at,
    "updated_at": _orders.updated_at,
    "customer_id": _orders.customer_id,
    "customer_email": _orders.customer_email,
    "order_currency_code": _orders.currency,
    "grand_total": _orders.grand_total,
    "subtotal": _orders.subtotal,
    "tax_amount": _orders.tax_amount,
    "shipping_amount": _orders.shipping_amount,
    "total_paid": _orders.total_paid,
    "total_refunded": _orders.total_refunded,
    "is_virtual": _orders.is_virtual,
}


ITEM_COLUMNS: Columns = {
    name: getattr(OrderItem, name)
    for name in (
        "item_id", "order_id", "parent_item_id", "product_id", "product_type", "sku", "name", "price",
        "row_total", "qty_ordered", "qty_invoiced", "qty_shipped", "qty_refunded", "qty_canceled",
        "ext_order_item_id", "is_virtual",
    )
}  # fmt: skip
TRANSACTION_COLUMNS: Columns = {
    name: getattr(Transaction, name)
    for name in (
        "transaction_id", "parent_id", "order_id", "payment_id", "txn_id", "parent_txn_id", "txn_type",
        "is_closed", "created_at",
    )
}  # fmt: skip


def _document_columns(model: Any) -> Columns:
    names = ("entity_id", "increment_id", "order_id", "store_id", "created_at", "updated_at")
    return {name: model.__table__.c[name] for name in names}


SHIPMENT_COLUMNS = _document_columns(Shipment)
INVOICE_COLUMNS: Columns = {**_document_columns(Invoice), "state": Invoice.__table__.c.state}
CREDITMEMO_COLUMNS = _document_columns(Creditmemo)
