"""Parts of orders with calls of their own: lines, addresses, the e-mail, transactions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_commerce.api.lists import ITEM_COLUMNS, TRANSACTION_COLUMNS
from mock_commerce.models import Order, OrderItem, Transaction, db
from mock_commerce.sales import book, changes
from mock_commerce.search.pages import criteria, rendered_page
from mock_commerce.webapi.inputs import read
from mock_commerce.webapi.rest import argument, section, serves
from mock_commerce.wire.item import item_documents
from mock_commerce.wire.order import address_document, rate_of
from mock_commerce.wire.order_input import address_schema
from mock_commerce.wire.transaction import transaction_document
from simkit.simulation import operation

bp = section("order_parts")


@bp.get("/orders/items")
@operation("list_order_items")
@serves("Magento_Sales::actions_view")
def list_items() -> dict[str, Any]:
    """orderItemRepository.getList: lines of all orders that fit the search criteria."""
    return rendered_page(criteria(), ITEM_COLUMNS, OrderItem, _item, [OrderItem.item_id])


@bp.get("/orders/items/<segment:item_id>")
@operation("get_order_item")
@serves("Magento_Sales::actions_view")
def get_item(item_id: int) -> dict[str, Any]:
    """orderItemRepository.get: one line."""
    return _item(book.entity(OrderItem, item_id))


def _item(item: OrderItem) -> dict[str, Any]:
    order = db.session.get_one(Order, item.order_id)
    rows = {row["item_id"]: row for row in item_documents(order, rate_of(order))}
    return rows[item.item_id]


@bp.put("/orders/<segment:parent_id>")
@operation("save_order_address")
@serves("Magento_Sales::create")
def save_address(parent_id: int) -> dict[str, Any]:
    """orderAddressRepository.save: replace an address of an order."""
    given = read(address_schema, argument("entity"))
    order = book.get(parent_id)
    kind = changes.change_address(order, given)
    db.session.commit()
    return address_document(order, kind)


@bp.post("/orders/<segment:order_id>/emails")
@operation("notify_order")
@serves("Magento_Sales::emails")
def notify(order_id: int) -> bool:
    """orderManagement.notify: nothing is sent."""
    sent = changes.notify(book.get(order_id))
    db.session.commit()
    return sent


@bp.get("/transactions")
@operation("list_transactions")
@serves("Magento_Sales::transactions_fetch")
def list_transactions() -> dict[str, Any]:
    """transactionRepository.getList: transactions that fit the search criteria."""
    return rendered_page(
        criteria(), TRANSACTION_COLUMNS, Transaction, _transaction, [Transaction.transaction_id]
    )


@bp.get("/transactions/<segment:transaction_id>")
@operation("get_transaction")
@serves("Magento_Sales::transactions_fetch")
def get_transaction(transaction_id: int) -> dict[str, Any]:
    """transactionRepository.get: one transaction, with those that follow from it."""
    return _transaction(book.entity(Transaction, transaction_id))


def _transaction(row: Transaction) -> dict[str, Any]:
    query = select(Transaction).where(Transaction.parent_id == row.transaction_id)
    children = db.session.scalars(query.order_by(Transaction.transaction_id))
    return transaction_document(row, [_transaction(child) for child in children])
