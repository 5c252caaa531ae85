"""The facts that few orders have: what a wish may say of them. They are kept as they are read here.

Their names are the same in the control API, in scenarios and in the columns ``facts``.
"""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from mock_amazon.ordering import fact_words as words
from mock_amazon.wire.wish_fields import AmountText, Moment, some, text, units
from simkit.checking import word

_CLOCK = validate.Regexp(r"([01][0-9]|2[0-3]):[0-5][0-9]$", error='a time of day is like "09:30"')
_DATE = validate.Regexp(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$", error="a date is like 2026-03-01")
COLUMNS = (
    *("seller_order_id", "payment_method", "easy_ship", "electronic_invoice"),
    *("supply_source", "in_store_pickup", "store_chain_store"),
)
"""The facts of an order that it can be searched by: they have columns of their own."""


class TaxId(Schema):
    name = word(*words.TAX_IDS, required=True)
    value = text(required=True)


class BuyerTax(Schema):
    """For business orders in Brazil, Mexico and India."""

    company = text()
    region = text(2)
    ids = some(fields.Nested(TaxId))


class BuyerInvoice(Schema):
    """For business orders in Turkey."""

    company = text()
    address = text(500)
    tax_id = text()
    tax_office = text()


class _Payment(Schema):
    method = word(*words.PAYMENTS, required=True)
    amount = AmountText(required=True)
    acquirer = text()
    card_brand = text()
    authorization = text()


class _Window(Schema):
    opens = fields.String(validate=_CLOCK, required=True)
    closes = fields.String(validate=_CLOCK, required=True)


class _Hours(_Window):
    day = word(*words.DAYS, required=True)


class _Exception(Schema):
    """A day on which the hours are others; without any it is closed."""

    date = fields.String(validate=_DATE, required=True)
    windows = some(fields.Nested(_Window))


class _Delivery(Schema):
    drop_off = text()
    instructions = text(1000)
    capabilities = some(word(*words.CAPABILITIES))
    hours = some(fields.Nested(_Hours))
    exceptions = some(fields.Nested(_Exception))


class _Place(Schema):
    """An address of the merchant."""

    name, line1, line2, line3 = text(), text(), text(), text()
    city, county, district, municipality = text(), text(), text(), text()
    region, postal_code = text(), text()
    country = text(2)


class _AutomatedShipping(Schema):
    carrier = text(required=True)
    method = text(required=True)


class OrderFacts(Schema):
    """The facts of an order."""

    seller_order_id = text()
    exchange = fields.Boolean()
    order_type = word(*words.ORDER_TYPES)
    order_channel = text()
    programs = some(word(*words.ORDER_PROGRAMS))
    global_express = fields.Boolean()
    sold_by_ab = fields.Boolean()
    invoice_by_amazon = fields.Boolean()
    response_due = Moment()
    ship_date_estimated = fields.Boolean()
    cba_label = text()
    payment_method = word(*words.PAYMENT_METHODS)
    payments = some(fields.Nested(_Payment))
    easy_ship = word(*words.EASY_SHIP)
    electronic_invoice = word(*words.INVOICES)
    invoice_preference = word(*words.INVOICE_PREFERENCES)
    supply_source = text()
    in_store_pickup = fields.Boolean()
    store_chain_store = text()
    ship_from = fields.Nested(_Place)
    automated_shipping = fields.Nested(_AutomatedShipping)
    marketplace_taxes = some(fields.Nested(TaxId))
    seller_name = text()
    delivery = fields.Nested(_Delivery)
    labels_from = Moment()
    fulfillment_orders = some(text())

    @validates_schema
    def _one_payment_method(self, data: dict[str, Any], **_: Any) -> None:
        told = data.get("payment_method")
        if told and "payments" in data and told != payment_method_of(data["payments"]):
            raise ValidationError(f"{told} is not what the payments say", "payment_method")


class _Points(Schema):
    number = units(required=True)
    value = AmountText(required=True)


class _Measurement(Schema):
    unit = word(*words.UNITS, required=True)
    value = fields.Float(required=True, validate=validate.Range(0, 1_000_000))


class _Substitute(Schema):
    asin, sku, title = text(20), text(), text(500)
    qty = units()
    measurement = fields.Nested(_Measurement)


class _Substitution(Schema):
    type = word(*words.SUBSTITUTIONS, required=True)
    options = some(fields.Nested(_Substitute))


class _Service(Schema):
    """An order item that came along, such as the installation of tires."""

    order = text(19, required=True)
    item = text(20, required=True)


class LineFacts(Schema):
    """The facts of a line."""

    condition = word(*words.CONDITIONS)
    subcondition = word(*words.SUBCONDITIONS)
    condition_note = text(2000)
    items_in_asin = units()
    points = fields.Nested(_Points)
    scheduled_from = Moment()
    scheduled_to = Moment()
    business_price = fields.Boolean()
    tax_collected = fields.Boolean()
    deemed_reseller = word(*words.DEEMED_RESELLER)
    ioss_number = text()
    serial_number_required = fields.Boolean()
    serial_numbers = some(text())
    transparency = fields.Boolean()
    programs = some(word(*words.ITEM_PROGRAMS))
    customized_url = text(1000)
    gift_wrap_level = text()
    measurement = fields.Nested(_Measurement)
    substitution = fields.Nested(_Substitution)
    constraints = some(word(*words.CONSTRAINTS))
    services = some(fields.Nested(_Service))


def payment_method_of(payments: list[dict[str, Any]]) -> str:
    """COD or CVS if a part was paid that way."""
    methods = {payment["method"] for payment in payments}
    return next((method for method in ("COD", "CVS") if method in methods), "Other")
