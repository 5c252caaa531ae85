"""What is read of an answer of Orders 2026-01-01; the rare facts are read out of the document itself."""

from __future__ import annotations

from marshmallow import fields

from mock_amazon.ordering.fact_words import PACKAGE_STATUSES
from mock_amazon.wire import payload_parts as parts
from mock_amazon.wire.orders_2026 import FULFILLED_BY, STATUS
from mock_amazon.wire.payload_facts import v2026 as facts_2026
from mock_amazon.wire.payload_parts import Loose
from mock_amazon.wire.promises import DAYS

STATUSES = {written: status for status, written in reversed(STATUS.items())}
CHANNELS = {written: channel for channel, written in FULFILLED_BY.items()}
_KINDS = ("ITEM", "TAX", "SHIPPING", "DISCOUNT", "GIFT_WRAP", "COD_FEE")


class _Money(Loose):
    currency = parts.text(3, data_key="currencyCode", required=True)
    amount = parts.Amount(required=True)


class _Detail(Loose):
    subtype = fields.String(load_default="")
    value = fields.Nested(_Money, load_default=None)


class _Breakdown(Loose):
    type = parts.word(_KINDS, required=True)
    subtotal = fields.Nested(_Money, required=True)
    details = fields.List(fields.Nested(_Detail), data_key="detailedBreakdowns", load_default=list)


class _Extended(Loose):
    street_name = parts.text(300, data_key="streetName")
    street_number = parts.text(300, data_key="streetNumber")
    complement = parts.text(300)
    neighborhood = parts.text(300)


class _Address(Loose):
    name = parts.text(300)
    line1 = parts.text(300, data_key="addressLine1")
    line2 = parts.text(300, data_key="addressLine2")
    line3 = parts.text(300, data_key="addressLine3")
    city = parts.text(300)
    region = parts.text(300, data_key="stateOrRegion")
    postal_code = parts.text(300, data_key="postalCode")
    country = parts.text(300, data_key="countryCode")
    phone = parts.text(300)
    company = parts.text(300, data_key="companyName")
    district = parts.text(300, data_key="districtOrCounty")
    municipality = parts.text(300)
    extended = fields.Nested(_Extended, data_key="extendedFields")
    type = fields.Raw(data_key="addressType")


class _Recipient(Loose):
    address = fields.Nested(_Address, data_key="deliveryAddress", load_default=dict)
    preference = fields.Raw(data_key="deliveryPreference")


class _Buyer(Loose):
    name = parts.text(200, data_key="buyerName", load_default="")
    email = parts.text(200, data_key="buyerEmail", load_default="")
    company = fields.Raw(data_key="buyerCompanyName")
    purchase_order = fields.Raw(data_key="buyerPurchaseOrderNumber")


class _Channel(Loose):
    marketplace_id = parts.text(20, data_key="marketplaceId", load_default="")


class _Total(Loose):
    total = fields.Nested(_Money, data_key="grandTotal", load_default=None)
    parts = fields.Raw(data_key="breakdowns")


class _Fulfillment(Loose):
    status = parts.word(STATUSES, data_key="fulfillmentStatus", required=True)
    by = parts.word(CHANNELS, data_key="fulfilledBy", load_default="MERCHANT")
    level = parts.word(DAYS, data_key="fulfillmentServiceLevel", load_default="STANDARD")
    labels = fields.Raw(data_key="labelPrintingWindow")


class _Association(Loose):
    number = fields.String(data_key="orderId", load_default=None)
    kind = fields.String(data_key="associationType", load_default="")


class _Price(Loose):
    unit = fields.Nested(_Money, data_key="unitPrice", load_default=None)
    designation = fields.Raw(data_key="priceDesignation")


class _Product(Loose):
    asin = parts.text(20, load_default="")
    title = parts.text(500, load_default="")
    sku = parts.text(200, data_key="sellerSku", load_default="")
    price = fields.Nested(_Price, load_default=None)
    condition = fields.Raw()
    serial_numbers = fields.Raw(data_key="serialNumbers")
    customization = fields.Raw()


class _Proceeds(Loose):
    total = fields.Nested(_Money, data_key="proceedsTotal", load_default=None)
    breakdowns = fields.List(fields.Nested(_Breakdown), load_default=list)


class _Gift(Loose):
    message = parts.text(1000, data_key="giftMessage")
    level = fields.Raw(data_key="giftWrapLevel")


class _Packing(Loose):
    gift = fields.Nested(_Gift, data_key="giftOption", load_default=dict)
    serials = fields.Raw(data_key="serialNumberRequirement")


class _ItemFulfillment(Loose):
    shipped = parts.units(data_key="quantityFulfilled", load_default=None)
    left = parts.units(data_key="quantityUnfulfilled")
    packing = fields.Nested(_Packing, load_default=dict)
    picking = fields.Raw()
    shipping = fields.Raw()


class _Item(Loose.from_dict(parts.raw(*facts_2026.ITEM_KEYS))):  # type: ignore[misc]  # made from a table
    item_id = parts.text(20, data_key="orderItemId", required=True)
    ordered = parts.units(data_key="quantityOrdered", required=True)
    product = fields.Nested(_Product, required=True)
    proceeds = fields.Nested(_Proceeds, load_default=None)
    fulfillment = fields.Nested(_ItemFulfillment, load_default=dict)


class _Content(Loose):
    item_id = parts.text(20, data_key="orderItemId", required=True)
    units = parts.units(data_key="quantity", required=True)


class _PackageStatus(Loose):
    word = parts.word(PACKAGE_STATUSES, data_key="status", load_default="SHIPPED")
    detailed = fields.Raw(data_key="detailedStatus")


class _Package(Loose):
    reference = parts.text(60, data_key="packageReferenceId", required=True)
    carrier = parts.text(200, load_default="")
    tracking = parts.text(200, data_key="trackingNumber", load_default="")
    method = parts.text(200, data_key="shippingService", load_default=None)
    status = fields.Nested(_PackageStatus, data_key="packageStatus", load_default=dict)
    ship_from = fields.Raw(data_key="shipFromAddress")
    contents = fields.List(fields.Nested(_Content), data_key="packageItems", load_default=list)


class OrderSchema(Loose.from_dict(parts.raw(*facts_2026.ORDER_KEYS))):  # type: ignore[misc]  # made from a table
    number = parts.number(data_key="orderId", required=True)
    programs = fields.List(fields.String(), load_default=list)
    associations = fields.List(fields.Nested(_Association), data_key="associatedOrders", load_default=list)
    channel = fields.Nested(_Channel, data_key="salesChannel", load_default=lambda: {"marketplace_id": ""})
    buyer = fields.Nested(_Buyer, load_default=lambda: {"name": "", "email": ""})
    recipient = fields.Nested(_Recipient, load_default=lambda: {"address": {}})
    proceeds = fields.Nested(_Total, load_default=lambda: {"total": None})
    fulfillment = fields.Nested(
        _Fulfillment,
        required=True,
        error_messages={"required": "it is missing: ask Amazon for it with includedData=FULFILLMENT"},
    )
    items = fields.List(fields.Nested(_Item), data_key="orderItems", required=True)
    packages = fields.List(fields.Nested(_Package), load_default=list)
