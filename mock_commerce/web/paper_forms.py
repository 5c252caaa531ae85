"""The forms of shipments, invoices and credit memos: a quantity per line of the order, and the rest."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import BooleanField, FieldList, Form, FormField, StringField, TextAreaField

from mock_commerce import stock
from mock_commerce.models import Order, OrderItem, Source, SourceItem, db, sku_key
from mock_commerce.sales import book, refunding, shipping
from mock_commerce.sales.lifecycle import Line
from mock_commerce.web.fields import Amount, Choice, stripped

CARRIERS = {
    "custom": "Custom Value",
    "dhl": "DHL",
    "fedex": "Federal Express",
    "ups": "United Parcel Service",
    "usps": "United States Postal Service",
}
Sent = ImmutableMultiDict[str, str] | None
_Paper = TypeVar("_Paper", bound=Form)


class TrackForm(Form):
    carrier = Choice("Carrier", choices=CARRIERS, default="custom")
    title = StringField("Title", filters=[stripped])
    number = StringField("Number", filters=[stripped])


class ShipmentForm(Form):
    source = Choice("Source")
    tracks: FieldList[Any] = FieldList(FormField(TrackForm), min_entries=1)
    comment = TextAreaField("Shipment Comments", filters=[stripped])


class InvoiceForm(Form):
    comment = TextAreaField("Invoice Comments", filters=[stripped])


class CreditmemoForm(Form):
    shipping: Amount
    plus = Amount("Adjustment Refund", default=Decimal(0))
    minus = Amount("Adjustment Fee", default=Decimal(0))
    comment = TextAreaField("Credit Memo Comments", filters=[stripped])


def shipment(order: Order, sent: Sent) -> ShipmentForm:
    form = _with_units(ShipmentForm, order, lambda line: line.to_ship if line.is_shippable else Decimal(0))
    made = form(sent, source=_source_with_all(order))
    sources = db.session.scalars(select(Source).where(Source.enabled).order_by(Source.source_code))
    made.source.choices = {source.source_code: source.name for source in sources}
    return made


def _source_with_all(order: Order) -> str:
    """The first source that has all open units; Commerce's own choice is more than is needed here."""
    needs: dict[str, Decimal] = {}
    for item in order.items:
        needs[sku_key(item.sku)] = needs.get(sku_key(item.sku), Decimal(0)) + book.line_of(item).to_ship
    rows = db.session.scalars(select(SourceItem).where(SourceItem.sku_key.in_(needs)))
    held = {(row.source_code, row.sku_key): row.quantity for row in rows}
    for source in sorted({code for code, _ in held}, key=lambda code: (code != stock.DEFAULT_SOURCE, code)):
        if all(held.get((source, key), Decimal(0)) >= units for key, units in needs.items()):
            return source
    return stock.DEFAULT_SOURCE


def invoice(order: Order, sent: Sent) -> InvoiceForm:
    return _with_units(InvoiceForm, order, lambda line: line.to_invoice)(sent)


def creditmemo(order: Order, sent: Sent) -> CreditmemoForm:
    rest = order.shipping_amount - order.shipping_refunded
    more: dict[str, Any] = {
        _back_name(item): BooleanField("Return to Stock")
        for item in order.items
        if book.line_of(item).to_refund > 0
    }
    more["shipping"] = Amount("Refund Shipping", greatest=rest, default=rest)
    return _with_units(CreditmemoForm, order, lambda line: line.to_refund, **more)(sent)


def _with_units(
    form: type[_Paper], order: Order, open_units: Callable[[Line], Decimal], **more: Any
) -> type[_Paper]:
    """The form with a quantity for each line that has open units; all of them are its default."""
    fields = dict(more)
    for item in order.items:
        most = open_units(book.line_of(item))
        if most > 0:
            fields[_units_name(item)] = Amount(f"Qty of {item.sku}", greatest=most, default=most)
    return type(form.__name__, (form,), fields)


def _units_name(item: OrderItem) -> str:
    return f"qty_{item.item_id}"


def _back_name(item: OrderItem) -> str:
    return f"back_{item.item_id}"


def units(order: Order, form: Form) -> dict[int, Decimal]:
    """The asked units by order item; lines with nothing asked are left out."""
    names = {item.item_id: _units_name(item) for item in order.items}
    asked = {item_id: form[name].data for item_id, name in names.items() if name in form}
    return {item_id: quantity for item_id, quantity in asked.items() if quantity}


def shipment_wish(order: Order, form: ShipmentForm) -> shipping.Wish:
    """A row of tracking with neither title nor number is no track."""
    rows = [row for row in form.tracks.data if row["title"] or row["number"]]
    return shipping.Wish(
        units=units(order, form),
        tracks=[
            shipping.Track(row["number"] or "", row["carrier"], row["title"] or CARRIERS[row["carrier"]])
            for row in rows
        ],
        comment=form.comment.data or None,
        source=form.source.data,
    )


def refund_wish(order: Order, form: CreditmemoForm) -> refunding.Wish:
    return refunding.Wish(
        units=units(order, form),
        shipping=form.shipping.data,
        adjustment=form.plus.data,
        fee=form.minus.data,
        back_to_stock=frozenset(item.item_id for item in order.items if _goes_back(item, form)),
        comment=form.comment.data or None,
    )


def _goes_back(item: OrderItem, form: CreditmemoForm) -> bool:
    name = _back_name(item)
    return name in form and bool(form[name].data)
