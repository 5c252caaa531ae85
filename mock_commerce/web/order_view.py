"""What the page of an order shows beside its columns: buttons, payment lines, documents, totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from mock_commerce.config.methods import PAYMENT_TITLES
from mock_commerce.models import Creditmemo, Invoice, Order, Shipment, Store, db
from mock_commerce.sales import book, lifecycle, statuses
from mock_commerce.web.words import item_status
from simkit import jsons

AMAZON_ORDER = "View or Cancel Amazon Order"
ALL_AMAZON_ORDERS = "View all Amazon Orders"
_METHOD_TITLE = "method_title"
_ONE_ORDER = "/order/"
"""What Seller Central's addresses of one order have after the address of all of them."""


@dataclass(frozen=True)
class Actions:
    """The buttons that the order's state offers."""

    cancel: bool
    hold: bool
    unhold: bool
    invoice: bool
    ship: bool
    creditmemo: bool


@dataclass(frozen=True)
class View:
    """One order for its page."""

    store: Store
    actions: Actions
    statuses: list[str]
    payment_title: str
    payment_lines: list[tuple[str, str]]
    amazon_links: list[tuple[str, str]]
    gift_message: str
    item_statuses: dict[int, str]
    totals: list[tuple[str, Decimal]]
    invoices: list[dict[str, Any]]
    shipments: list[dict[str, Any]]
    creditmemos: list[dict[str, Any]]


def view_of(order: Order) -> View:
    additional = _additional(order)
    known = {key: value for key, value in additional if key not in {_METHOD_TITLE, AMAZON_ORDER}}
    method = str(order.payment.get("method") or "")
    return View(
        store=db.session.get_one(Store, order.store_id),
        actions=actions(order),
        statuses=offered_statuses(order),
        payment_title=dict(additional).get(_METHOD_TITLE) or PAYMENT_TITLES.get(method, method),
        payment_lines=list(known.items()),
        amazon_links=_amazon_links(dict(additional).get(AMAZON_ORDER)),
        gift_message=_gift_message(order),
        item_statuses={
            item.item_id: item_status(book.line_of(item))
            for item in order.items
            if item.is_priced or item.is_shipped
        },
        totals=_totals(order),
        invoices=_documents(Invoice, order),
        shipments=_documents(Shipment, order),
        creditmemos=_documents(Creditmemo, order),
    )


def actions(order: Order) -> Actions:
    facts = book.facts(order)
    return Actions(
        cancel=lifecycle.can_cancel(facts),
        hold=lifecycle.can_hold(facts),
        unhold=facts.state == "holded",
        invoice=lifecycle.can_invoice(facts),
        ship=lifecycle.can_ship(facts),
        creditmemo=lifecycle.can_creditmemo(facts),
    )


def offered_statuses(order: Order) -> list[str]:
    """The statuses of the order's state: the default first, then others, then what was added."""
    known = [*lifecycle.DEFAULT_STATUS.values(), *lifecycle.MORE_STATUSES, *statuses.added()]
    return [code for code in known if statuses.belongs(code, order.state)]


def _extension(order: Order) -> dict[str, Any]:
    extension = order.extra.get("extension_attributes")
    return extension if isinstance(extension, dict) else {}


def _additional(order: Order) -> list[tuple[str, str]]:
    """What the payment block lists; a raw save may have brought anything."""
    rows = _extension(order).get("payment_additional_info")
    return [
        (str(row.get("key")), str(row.get("value")))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


def _amazon_links(address: str | None) -> list[tuple[str, str]]:
    """The order in Seller Central, and all orders there; only what a browser may open."""
    if not address or urlsplit(address).scheme not in {"http", "https"}:
        return []
    return [(AMAZON_ORDER, address), (ALL_AMAZON_ORDERS, address.rsplit(_ONE_ORDER, 1)[0])]


def _gift_message(order: Order) -> str:
    message = _extension(order).get("gift_message")
    return str(message.get("message") or "") if isinstance(message, dict) else ""


def _totals(order: Order) -> list[tuple[str, Decimal]]:
    """The rows of the totals; those that most orders do not have only where there is something."""
    label = order.extra.get("discount_description")
    rows = [
        ("Subtotal", order.subtotal, True),
        (f"Discount ({label})" if label else "Discount", -order.discount_amount, False),
        ("Shipping & Handling", order.shipping_amount, True),
        ("Gift Wrapping for Items", order.gift_wrap, False),
        ("Tax", order.tax_amount, True),
        ("Grand Total", order.grand_total, True),
        ("Total Paid", order.total_paid, True),
        ("Total Refunded", order.total_refunded, True),
        ("Total Due", order.grand_total - order.total_paid, True),
    ]
    return [(name, amount) for name, amount, always in rows if always or amount]


def _documents(model: Any, order: Order) -> list[dict[str, Any]]:
    query = select(model.document).where(model.order_id == order.entity_id).order_by(model.entity_id)
    return [jsons.load(document) for document in db.session.scalars(query)]
