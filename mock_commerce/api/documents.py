"""Making documents of orders: ship, invoice and refund."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import g

from mock_commerce import stock
from mock_commerce.errors import InputRequired
from mock_commerce.models import Creditmemo, Invoice, Order, Shipment, db
from mock_commerce.sales import book, changes, invoicing, papers, refunding, shipping
from mock_commerce.webapi.inputs import listed, nested, read, schema
from mock_commerce.webapi.rest import section, serves, snake
from simkit.simulation import operation

bp = section("documents")

_comment: Any = schema("Comment", text="comment", whole="is_visible_on_front", raw="extension_attributes")
_item: Any = schema("Item", whole="order_item_id", number="qty", raw="extension_attributes")
_track: Any = schema("Track", text="track_number title carrier_code", raw="extension_attributes")
_source: Any = schema("Source", text="source_code")
_ship_arguments: Any = schema("ShipArguments", extension_attributes=nested(_source))
_stock_return: Any = schema("StockReturn", wholes="return_to_stock_items")
_refund_arguments: Any = schema(
    "RefundArguments",
    number="shipping_amount adjustment_positive adjustment_negative",
    extension_attributes=nested(_stock_return),
)
_package: Any = schema("Package", raw="extension_attributes")
_invoice_arguments: Any = schema("InvoiceArguments", raw="extension_attributes")
_shared = {"items": listed(_item), "comment": nested(_comment)}
_ship: Any = schema(
    "Ship",
    flag="notify append_comment",
    packages=listed(_package),
    tracks=listed(_track),
    arguments=nested(_ship_arguments),
    **_shared,
)
_invoice: Any = schema(
    "Invoice", flag="notify append_comment capture", arguments=nested(_invoice_arguments), **_shared
)
_refund: Any = schema(
    "Refund", flag="notify append_comment is_online", arguments=nested(_refund_arguments), **_shared
)


def _known(names: str) -> dict[str, Any]:
    """The arguments of the service method; other top-level keys mean nothing to Commerce."""
    allowed = names.split()
    return {key: value for key, value in g.body.items() if snake(key) in allowed}


def _units(given: Mapping[str, Any]) -> dict[int, Decimal] | None:
    """Asked units by order item; no list means everything."""
    if not given.get("items"):
        return None
    for row in given["items"]:
        for field in ("order_item_id", "qty"):
            if row.get(field) is None:
                raise InputRequired(field)
    return {row["order_item_id"]: row["qty"] for row in given["items"]}


def _text(given: Mapping[str, Any]) -> str | None:
    return (given.get("comment") or {}).get("comment")


def _visible(given: Mapping[str, Any]) -> int:
    return (given.get("comment") or {}).get("is_visible_on_front") or 0


def _finish(row: Shipment | Invoice | Creditmemo, order: Order, given: Mapping[str, Any]) -> str:
    """What the flags ask for: a mail to the customer, the comment in the order's history. Commits."""
    if given.get("append_comment") and _text(given) is not None:
        changes.append_comment(order, _text(given), notified=given.get("notify"), visible=_visible(given))
    if given.get("notify"):
        papers.notify(row, order)
    db.session.commit()
    return str(row.entity_id)


@bp.post("/order/<segment:order_id>/ship")
@operation("ship")
@serves("Magento_Sales::ship")
def ship(order_id: int) -> str:
    """shipOrder: make a shipment; its id is answered as text."""
    given = read(_ship, _known("items notify append_comment comment tracks packages arguments"))
    arguments = (given.get("arguments") or {}).get("extension_attributes") or {}
    wish = shipping.Wish(
        units=_units(given),
        tracks=[
            shipping.Track(
                row.get("track_number") or "", row.get("carrier_code") or "custom", row.get("title") or ""
            )
            for row in given.get("tracks") or []
        ],
        comment=_text(given),
        visible=_visible(given),
        source=arguments.get("source_code") or stock.DEFAULT_SOURCE,
    )
    order = book.to_change(order_id)
    return _finish(shipping.ship(order, wish), order, given)


@bp.post("/order/<segment:order_id>/invoice")
@operation("invoice")
@serves("Magento_Sales::invoice")
def invoice(order_id: int) -> str:
    """invoiceOrder: make an invoice; its id is answered as text."""
    given = read(_invoice, _known("items notify append_comment comment capture arguments"))
    order = book.to_change(order_id)
    return _finish(invoicing.invoice(order, _units(given), _text(given), _visible(given)), order, given)


@bp.post("/order/<segment:order_id>/refund")
@operation("refund")
@serves("Magento_Sales::creditmemo")
def refund(order_id: int) -> str:
    """refundOrder: make an offline credit memo; its id is answered as text."""
    given = read(_refund, _known("items notify append_comment comment arguments"))
    order = book.to_change(order_id)
    return _finish(refunding.refund(order, _refund_wish(given)), order, given)


@bp.post("/invoice/<segment:invoice_id>/refund")
@operation("refund_invoice")
@serves("Magento_Sales::sales_invoice")
def refund_invoice(invoice_id: int) -> str:
    """refundInvoice: a credit memo of what one invoice holds, always offline."""
    given = read(_refund, _known("items is_online notify append_comment comment arguments"))
    paid = book.entity(Invoice, invoice_id)
    order = book.to_change(paid.order_id)
    wish = refunding.of_invoice(paid, _refund_wish(given))
    memo = refunding.refund(order, wish)
    papers.change(paid, is_used_for_refund=1)
    return _finish(memo, order, given)


def _refund_wish(given: Mapping[str, Any]) -> refunding.Wish:
    arguments = given.get("arguments") or {}
    zero = Decimal(0)
    back = (arguments.get("extension_attributes") or {}).get("return_to_stock_items") or []
    return refunding.Wish(
        units=_units(given),
        shipping=arguments.get("shipping_amount"),
        adjustment=arguments.get("adjustment_positive") or zero,
        fee=arguments.get("adjustment_negative") or zero,
        back_to_stock=frozenset(back),
        comment=_text(given),
        visible=_visible(given),
    )
