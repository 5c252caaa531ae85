"""Bodies of the control calls that only Amazon has."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from mock_amazon.listings.fba import REASONS
from mock_amazon.marketplaces import BY_CODE
from mock_amazon.ordering.addresses import KEYS, MORE_KEYS
from mock_amazon.ordering.fact_words import ADDRESS_TYPES, PACKAGE_STATUSES
from mock_amazon.ordering.lifecycle import PLACEABLE, Channel
from mock_amazon.quirks import QUIRKS
from mock_amazon.switches import ACCESS, WORDS
from mock_amazon.wire.facts import BuyerInvoice, BuyerTax, LineFacts, OrderFacts
from mock_amazon.wire.life import Life
from mock_amazon.wire.promises import DAYS
from mock_amazon.wire.regulated import RegulatedWish
from mock_amazon.wire.wish_fields import Amount
from mock_amazon.wire.wish_fields import some as _some
from mock_amazon.wire.wish_fields import text as _text
from mock_amazon.wire.wish_fields import units as _units
from simkit.checking import word

BUSINESS_TYPES = (
    "CHARITY",
    "CRAFTSMAN",
    "NATURAL_PERSON_COMPANY",
    "PUBLIC_LISTED",
    "PRIVATE_LIMITED",
    "SOLE_PROPRIETORSHIP",
    "STATE_OWNED",
    "INDIVIDUAL",
)


def _count(**more: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(0, 1_000_000), **more)


class _Line(Schema):
    sku = _text(200, required=True)
    qty = _units(required=True)
    unit_price = Amount(required=True)
    asin = _text(20)
    title = _text(500)
    tax = Amount(load_default=Decimal(0))
    shipping = Amount(load_default=Decimal(0))
    discount = Amount(load_default=Decimal(0))
    gift_wrap = Amount(load_default=Decimal(0))
    shipping_tax = Amount(load_default=Decimal(0))
    gift_wrap_tax = Amount(load_default=Decimal(0))
    shipping_discount = Amount(load_default=Decimal(0))
    discount_tax = Amount(load_default=Decimal(0))
    shipping_discount_tax = Amount(load_default=Decimal(0))
    cod_fee = Amount(load_default=Decimal(0))
    cod_fee_discount = Amount(load_default=Decimal(0))
    gift_message = _text(1000)
    promotion_ids = _some(_text(200))
    facts = fields.Nested(LineFacts, load_default=dict)
    in_catalog = fields.Boolean()


class BuyerWish(Schema):
    """The buyer of an order."""

    name = _text(200)
    email = _text(200)
    company = _text(200)
    purchase_order = _text(200)
    county = _text(200)
    tax = fields.Nested(BuyerTax)
    invoice = fields.Nested(BuyerInvoice)


_Address = Schema.from_dict(
    {
        **{key: fields.String(validate=validate.Length(0, 300)) for key in (*KEYS, *MORE_KEYS)},
        "type": word(*ADDRESS_TYPES),
    }
)


class OrderWish(Schema):
    """The value of the verb ``amazon.order``, with seller and marketplace in place of the store."""

    id = _text(200)
    seller = _text(60, load_default="SELLER-1")
    marketplace = word(*BY_CODE, load_default="US")
    channel = word(*Channel, load_default=Channel.MFN.value)
    status = word(*PLACEABLE, load_default="Pending")
    placed = fields.String(load_default="now")
    buyer = fields.Nested(BuyerWish, load_default=dict)
    ship_to = fields.Nested(_Address, load_default=dict)
    service_level = word(*DAYS, load_default="STANDARD")
    prime = fields.Boolean(load_default=False)
    business = fields.Boolean(load_default=False)
    premium = fields.Boolean(load_default=False)
    replacement_of = _text(200, load_default=None)
    life = Life(load_default=None)
    regulated = fields.Nested(RegulatedWish, load_default=None, allow_none=True)
    facts = fields.Nested(OrderFacts, load_default=dict)
    lines = fields.List(fields.Nested(_Line), required=True, validate=validate.Length(1, 100))


class _Units(Schema):
    sku = _text(200, required=True)
    qty = _units(required=True)


class ShipWish(Schema):
    lines = fields.List(fields.Nested(_Units), validate=validate.Length(1, 100), load_default=None)
    carrier = _text(100, load_default=None)
    tracking = _text(100, load_default=None)


class PackageWish(Schema):
    """What has become of a package since it was sent."""

    reference = _text(60, required=True)
    status = word(*PACKAGE_STATUSES, required=True)


class CancelWish(Schema):
    bump = fields.Boolean(load_default=True)


class NoWish(Schema):
    """Nothing to say."""


class SellerWish(Schema):
    seller = fields.String(required=True, validate=validate.Regexp(r"[A-Za-z0-9-]{1,60}$"))
    marketplaces = fields.List(word(*BY_CODE), required=True, validate=validate.Length(1, len(BY_CODE)))
    store_name = _text(200)
    suspended = fields.List(word(*BY_CODE))
    business_type = word(*BUSINESS_TYPES)
    selling_plan = word("PROFESSIONAL", "INDIVIDUAL")


def _known_quirks(positions: Mapping[str, Any]) -> None:
    for name, position in positions.items():
        if name not in QUIRKS:
            raise ValidationError(f"there is no quirk {name!r}: known are {', '.join(QUIRKS)}")
        if position not in ("on", "off"):
            raise ValidationError(f"{name} is {position!r}: allowed are on, off")


class AccountWish(Schema):
    """The value of the verb ``amazon.account``, with the seller in place of the store."""

    seller = _text(60, load_default="SELLER-1")
    v0_reads = word(*WORDS["v0_reads"])
    throttling = word(*WORDS["throttling"])
    pii = word(*WORDS["pii"])
    access = word(*ACCESS)
    quirks = fields.Dict(keys=fields.String(), validate=_known_quirks)
    life = Life()


class ListingWish(Schema):
    """The value of the verb ``amazon.listing``; a quantity of null is not limited."""

    sku = _text(200, required=True)
    asin = _text(20)
    seller_sku = _text(200)
    qty = _count(allow_none=True)
    price = Amount()
    seller = _text(60, load_default="SELLER-1")
    marketplace = word(*BY_CODE, load_default="US")


class FbaStockWish(Schema):
    """Units of a SKU in Amazon's network; what is left out stays, or is 0 for a new one."""

    sku = _text(200, required=True)
    seller = _text(60, load_default="SELLER-1")
    marketplace = word(*BY_CODE, load_default="US")
    name = _text(500)
    fulfillable = _count()
    transshipment = _count()
    processing = _count()
    inbound_working = _count()
    inbound_shipped = _count()
    inbound_receiving = _count()
    researching = _count()
    unfulfillable = fields.Dict(keys=word(*REASONS), values=_count())
