"""What the verbs of the control API take. Unknown keys are errors, and each says what is allowed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from marshmallow import Schema, ValidationError, fields, validate

from mock_commerce.access.resources import RESOURCES
from mock_commerce.config.methods import CARRIERS, PAYMENT_TITLES
from mock_commerce.config.quirks import PROFILES, QUIRKS
from mock_commerce.config.settings import RATES
from simkit.checking import word

_NO_AMOUNT = 'write an amount of money as text, such as "19.99"'

PRODUCT_TYPES = ("simple", "virtual", "configurable", "bundle")


class Price(fields.Field[Decimal]):
    """Money as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        del attr, data, kwargs
        if not isinstance(value, str):
            raise ValidationError(_NO_AMOUNT)
        validate.Regexp(r"\d{1,12}(\.\d{1,4})?\Z", error=_NO_AMOUNT)(value)
        return Decimal(value)


def _quantity(least: int = 0, **kwargs: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(min=least, max=10**9), **kwargs)


def _code(**kwargs: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(r"[A-Za-z][A-Za-z0-9_-]{0,63}\Z"), **kwargs)


def _name(**kwargs: Any) -> fields.String:
    return fields.String(validate=validate.Length(min=1, max=255), **kwargs)


def _sku() -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1, max=64))


def _minutes() -> fields.Integer:
    return fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=1, max=10**6))


def _check_timezone(name: str) -> None:
    """Raises ValidationError."""
    if name not in available_timezones():
        raise ValidationError(f"{name!r} is not a time zone such as America/New_York.")


def _yes_or_no() -> fields.Boolean:
    return fields.Boolean(truthy={True}, falsy={False})


class ProductSchema(Schema):
    """Keys of ``catalog``; what is left out stays as it is."""

    sku = _sku()
    name = _name()
    price = Price()
    qty = _quantity()
    status = word("enabled", "disabled")
    type = word(*PRODUCT_TYPES)
    manage_stock = _yes_or_no()
    backorders = _yes_or_no()
    in_stock = _yes_or_no()
    websites = fields.List(fields.String())
    sources = fields.Dict(keys=fields.String(), values=_quantity())
    min_sale_qty = _quantity(1)
    max_sale_qty = _quantity(1)
    qty_increments = _quantity(1)
    children = fields.List(fields.String())


class SkuSchema(Schema):
    sku = _sku()


class StockSchema(Schema):
    sku = _sku()
    qty = _quantity(required=True)
    source = fields.String(load_default="default")
    in_stock = _yes_or_no()


class LineSchema(Schema):
    sku = _sku()
    qty = _quantity(1, required=True)
    unit_price = Price()
    variant = fields.String(validate=validate.Length(min=1, max=64))


class PlaceSchema(Schema):
    id = _name(required=True)
    lines = fields.List(fields.Nested(LineSchema), required=True, validate=validate.Length(min=1))


class ShipLineSchema(Schema):
    sku = _sku()
    qty = _quantity(1, required=True)


class TrackSchema(Schema):
    carrier = _name(required=True)
    number = _name(required=True)
    title = _name()


class ShipSchema(Schema):
    lines = fields.List(fields.Nested(ShipLineSchema), validate=validate.Length(min=1))
    tracks = fields.List(fields.Nested(TrackSchema))
    source = fields.String()


class ConfigSchema(Schema):
    version = word(*PROFILES)
    module = word("enabled", "disabled")
    currencies = fields.List(word(*RATES), validate=validate.Length(min=1))
    mode = word("developer", "production")
    input_limits = word("off", "on")
    input_list_limit = _quantity(1)
    async_input_list_limit = _quantity(1)
    page_size_limit = _quantity(1)
    default_page_size = _quantity(1)
    two_factor = word("off", "on", "unconfigured")
    guest_reads = word("off", "on")
    admin_token_minutes = _minutes()
    customer_token_minutes = _minutes()
    oauth_timestamps = word("checked", "any")
    cron = word("running", "stopped")
    async_grid = word("off", "on")
    payment_methods = fields.List(word(*PAYMENT_TITLES))
    shipping_methods = fields.List(word(*CARRIERS))
    price_scope = word("global", "website")
    timezone = fields.String(validate=_check_timezone)
    quirks = fields.Dict(keys=word(*QUIRKS), values=word("on", "off"))


class NamedSchema(Schema):
    code = _code(required=True)
    name = _name(load_default=None, allow_none=True)


class RoleSchema(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=50))
    resources = fields.List(
        word(*RESOURCES), required=True, validate=validate.Length(min=1, error="name at least one resource.")
    )


class AdminSchema(Schema):
    """What is left out stays as it is."""

    username = fields.String(required=True, validate=validate.Length(min=1, max=40))
    password = fields.String(load_only=True, validate=validate.Length(min=1, max=255))
    role = fields.String()
    active = _yes_or_no()


class IntegrationSchema(Schema):
    """What is left out stays as it is; the keys of a new one are made."""

    name = _name(required=True)
    role = fields.String()
    active = _yes_or_no()


class NothingSchema(Schema):
    """No key means anything here."""


product_schema = ProductSchema()
sku_schema = SkuSchema()
stock_schema = StockSchema()
place_schema = PlaceSchema()
ship_schema = ShipSchema()
config_schema = ConfigSchema()
named_schema = NamedSchema()
role_schema = RoleSchema()
admin_schema = AdminSchema()
integration_schema = IntegrationSchema()
nothing_schema = NothingSchema()
