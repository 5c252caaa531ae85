"""The fields that sales lists can be filtered and sorted by."""

from __future__ import annotations

from typing import Any

from mock_commerce.models import Creditmemo, Invoice, Order, OrderItem, Shipment, Transaction
from mock_commerce.search import Columns

ORDER_COLUMNS: Columns = {
    "entity_id": Order.entity_id,
    "increment_id": Order.increment_id,
    "ext_order_id": Order.ext_order_id,
    "status": Order.status,
    "state": Order.state,
    "store_id": Order.store_id,
    "created_at": Order.created_at,
    "updated_at": Order.updated_at,
    "customer_id": Order.customer_id,
    "customer_email": Order.customer_email,
    "order_currency_code": Order.currency,
    "grand_total": Order.grand_total,
    "subtotal": Order.subtotal,
    "tax_amount": Order.tax_amount,
    "shipping_amount": Order.shipping_amount,
    "total_paid": Order.total_paid,
    "total_refunded": Order.total_refunded,
    "is_virtual": Order.is_virtual,
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
    return {name: getattr(model, name) for name in names}


SHIPMENT_COLUMNS = _document_columns(Shipment)
INVOICE_COLUMNS: Columns = {**_document_columns(Invoice), "state": Invoice.state}
CREDITMEMO_COLUMNS = _document_columns(Creditmemo)
