"""What is made from orders: shipments, invoices, credit memos."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import g

from mock_commerce import stock
from mock_commerce.api.lists import CREDITMEMO_COLUMNS, INVOICE_COLUMNS, SHIPMENT_COLUMNS
from mock_commerce.errors import InputRequired
from mock_commerce.inputs import listed, nested, read, schema
from mock_commerce.models import Creditmemo, Invoice, Shipment, db
from mock_commerce.rest import Stored, section, serves, snake
from mock_commerce.sales import book, invoicing, refunding, shipping
from mock_commerce.search import criteria, stored_page
from simkit.simulation import operation

bp = section("documents")

_comment: Any = schema("Comment", text="comment", whole="is_visible_on_front", raw="extension_attributes")
_item: Any = schema("Item", whole="order_item_id", number="qty", raw="extension_attributes")
_track: Any = schema("Track", text="track_number title carrier_code", raw="extension_attributes")
_source: Any = schema("Source", text="source_code")
_ship_arguments: Any = schema("ShipArguments", extension_attributes=nested(_source))
_stock_return: Any = schema("StockReturn", raw="return_to_stock_items")
_refund_arguments: Any = schema(
    "RefundArguments",
    number="shipping_amount adjustment_positive adjustment_negative",
    extension_attributes=nested(_stock_return),
)
_shared = {"flag": "notify append_comment", "items": listed(_item), "comment": nested(_comment)}
_ship: Any = schema(
    "Ship", raw="packages", tracks=listed(_track), arguments=nested(_ship_arguments), **_shared
)
_invoice: Any = schema("Invoice", raw="arguments capture", **_shared)
_refund: Any = schema("Refund", arguments=nested(_refund_arguments), **_shared)


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
        visible=(given.get("comment") or {}).get("is_visible_on_front") or 0,
        source=arguments.get("source_code") or stock.DEFAULT_SOURCE,
    )
    shipment = shipping.ship(book.get(order_id), wish)
    db.session.commit()
    return str(shipment.entity_id)


@bp.post("/order/<segment:order_id>/invoice")
@operation("invoice")
@serves("Magento_Sales::invoice")
def invoice(order_id: int) -> str:
    """invoiceOrder: make an invoice; its id is answered as text."""
    given = read(_invoice, _known("items notify append_comment comment capture arguments"))
    row = invoicing.invoice(book.get(order_id), _units(given), _text(given))
    db.session.commit()
    return str(row.entity_id)


@bp.post("/order/<segment:order_id>/refund")
@operation("refund")
@serves("Magento_Sales::creditmemo")
def refund(order_id: int) -> str:
    """refundOrder: make an offline credit memo; its id is answered as text."""
    given = read(_refund, _known("items notify append_comment comment arguments"))
    row = refunding.refund(book.get(order_id), _refund_wish(given))
    db.session.commit()
    return str(row.entity_id)


def _refund_wish(given: Mapping[str, Any]) -> refunding.Wish:
    arguments = given.get("arguments") or {}
    zero = Decimal(0)
    back = (arguments.get("extension_attributes") or {}).get("return_to_stock_items") or []
    return refunding.Wish(
        units=_units(given),
        shipping=arguments.get("shipping_amount"),
        adjustment=(arguments.get("adjustment_positive") or zero)
        - (arguments.get("adjustment_negative") or zero),
        back_to_stock=frozenset(int(item_id) for item_id in back),
        comment=_text(given),
    )


@bp.get("/shipments")
@operation("list_shipments")
@serves("Magento_Sales::shipment")
def list_shipments() -> Stored:
    """shipmentRepository.getList: shipments that fit the search criteria."""
    return stored_page(criteria(), SHIPMENT_COLUMNS, Shipment)


@bp.get("/invoices")
@operation("list_invoices")
@serves("Magento_Sales::sales_invoice")
def list_invoices() -> Stored:
    """invoiceRepository.getList: invoices that fit the search criteria."""
    return stored_page(criteria(), INVOICE_COLUMNS, Invoice)


@bp.get("/creditmemos")
@operation("list_creditmemos")
@serves("Magento_Sales::sales_creditmemo")
def list_creditmemos() -> Stored:
    """creditmemoRepository.getList: credit memos that fit the search criteria."""
    return stored_page(criteria(), CREDITMEMO_COLUMNS, Creditmemo)
