"""The grids of invoices, shipments, credit memos and transactions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from sqlalchemy import select

from mock_commerce.models import Creditmemo, Invoice, Order, Shipment, Transaction, db
from mock_commerce.sales import papers
from mock_commerce.web.section import section
from mock_commerce.web.table import Column, Link, Search, show
from mock_commerce.web.words import CREDITMEMO_STATES, INVOICE_STATES, local_moment, money, person, quantity

bp = section("admin_documents")


@dataclass(frozen=True)
class Row:
    """A document with its order."""

    paper: Any
    content: dict[str, Any]
    order: Order

    def total(self) -> str:
        return money(Decimal(str(self.content.get("grand_total") or 0)), self.order.currency)


@bp.get("/sales/invoice")
def invoices() -> str:
    return _grid(
        *("Invoices", "Invoice", "Invoice Date", Invoice),
        Column("Bill-to Name", lambda row: person(row.order.billing_address)),
        Column("Status", lambda row: INVOICE_STATES.get(row.content.get("state"), "")),
        Column("Amount", Row.total, is_number=True),
    )


@bp.get("/sales/shipment")
def shipments() -> str:
    return _grid(
        *("Shipments", "Shipment", "Ship Date", Shipment),
        Column("Ship-to Name", lambda row: person(row.order.shipping_address)),
        Column("Total Quantity", lambda row: quantity(row.content.get("total_qty") or 0), is_number=True),
        Column("Tracking", lambda row: ", ".join(_numbers(row.content))),
    )


@bp.get("/sales/creditmemo")
def creditmemos() -> str:
    return _grid(
        *("Credit Memos", "Credit Memo", "Created", Creditmemo),
        Column("Bill-to Name", lambda row: person(row.order.billing_address)),
        Column("Status", lambda row: CREDITMEMO_STATES.get(row.content.get("state"), "")),
        Column("Refunded", Row.total, is_number=True),
    )


@bp.get("/sales/transactions")
def transactions() -> str:
    """What payment providers are said to have done."""
    columns = [
        Column("ID", lambda row: str(row.transaction_id), is_number=True),
        Column("Order ID", lambda row: _order_link(db.session.get_one(Order, row.order_id))),
        Column("Transaction ID", lambda row: row.txn_id),
        Column("Parent Transaction ID", lambda row: row.parent_txn_id or ""),
        Column("Transaction Type", lambda row: row.txn_type.capitalize()),
        Column("Closed", lambda row: "Yes" if row.is_closed else "No"),
        Column("Created", lambda row: local_moment(row.created_at)),
    ]
    query = select(Transaction).order_by(Transaction.transaction_id.desc())
    return show("Transactions", columns, query, search=Search("Transaction ID", [Transaction.txn_id]))


def _grid(title: str, name: str, dated: str, model: Any, *own: Column) -> str:
    """The columns that all documents have, around those of this kind."""
    kind = model.__name__.lower()

    def view(row: Row) -> Link:
        address = url_for(f"admin_document.{kind}", entity_id=row.paper.entity_id)
        return Link("View", address, f"View {name.lower()} {row.paper.increment_id}")

    columns = [
        Column(name, lambda row: row.paper.increment_id),
        Column(dated, lambda row: local_moment(row.paper.created_at)),
        Column("Order #", lambda row: _order_link(row.order)),
        Column("Order Date", lambda row: local_moment(row.order.created_at)),
        *own,
        Column("Action", view),
    ]
    query = select(model).join(Order, Order.entity_id == model.order_id).order_by(model.entity_id.desc())
    wanted = Search(f"{name} or order #", [model.increment_id, Order.increment_id, Order.ext_order_id])
    return show(title, columns, query, search=wanted, of=_row)


def _row(paper: Any) -> Row:
    return Row(paper, papers.content_of(paper), db.session.get_one(Order, paper.order_id))


def _order_link(order: Order) -> Link:
    return Link(order.increment_id, url_for("admin_order.view", order_id=order.entity_id))


def _numbers(content: dict[str, Any]) -> list[str]:
    return [str(track.get("track_number") or "") for track in content.get("tracks", [])]
