"""What ``POST /V1/amazon-sales-channel/orders`` takes. Money is text, so that no cent is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from mock_commerce.errors import CommerceError, InputErrors

LARGEST_BATCH = 100
_NO_AMOUNT = "not an amount of money in text, such as '19.99'"
_AMOUNT = r"\d{1,12}(\.\d{1,4})?"


class Amount(fields.Field[Decimal]):
    """An amount that is not negative, as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        del attr, data, kwargs
        if not isinstance(value, str):
            raise ValidationError(_NO_AMOUNT)
        validate.Regexp(rf"{_AMOUNT}\Z", error=_NO_AMOUNT)(value)
        return Decimal(value)


class AddressSchema(Schema):
    """All parts may be missing here: what an address lacks is Commerce's own check."""

    firstname = fields.String(allow_none=True)
    lastname = fields.String(allow_none=True)
    company = fields.String(allow_none=True)
    street = fields.List(fields.String(), allow_none=True)
    city = fields.String(allow_none=True)
    region = fields.String(allow_none=True)
    postcode = fields.String(allow_none=True)
    country_id = fields.String(allow_none=True)
    telephone = fields.String(allow_none=True)


class CustomerSchema(Schema):
    email = fields.String(required=True, validate=validate.Length(min=1, max=255))
    firstname = fields.String(load_default="")
    lastname = fields.String(load_default="")
    create_account = fields.Boolean(load_default=False)


class ItemSchema(Schema):
    amazon_order_item_id = fields.String(required=True)
    sku = fields.String(required=True)
    name = fields.String(load_default=None, allow_none=True)
    qty = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=10**6))
    price = Amount(required=True)
    row_total = Amount(required=True)
    tax_amount = Amount(load_default=Decimal(0))
    discount_amount = Amount(load_default=Decimal(0))


class OrderSchema(Schema):
    amazon_order_id = fields.String(required=True, validate=validate.Length(min=1, max=64))
    store_code = fields.String(required=True)
    fulfilled_by = fields.String(required=True, validate=validate.OneOf(("merchant", "amazon")))
    increment_id = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=50))
    status = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(r"[a-z][a-z0-9_]{0,31}\Z")
    )
    purchased_at = fields.AwareDateTime(required=True, format="iso")
    currency_code = fields.String(required=True)
    tax_included = fields.Boolean(required=True)
    customer = fields.Nested(CustomerSchema, required=True)
    billing_address = fields.Nested(AddressSchema, load_default=None, allow_none=True)
    shipping_address = fields.Nested(AddressSchema, required=True)
    shipping_description = fields.String(load_default="Amazon")
    items = fields.List(fields.Nested(ItemSchema), required=True, validate=validate.Length(min=1))
    shipping_amount = Amount(load_default=Decimal(0))
    gift_wrap_amount = Amount(load_default=Decimal(0))
    gift_message = fields.String(load_default=None, allow_none=True)
    grand_total = Amount(required=True)
    seller_central_url = fields.String(load_default=None, allow_none=True)


order_schema = OrderSchema()


def batch(content: Any) -> list[dict[str, Any]]:
    """The orders of a call, unread but each with its number.

    Raises InputErrors: such a call is wrong as a whole.
    """
    if not isinstance(content, list) or not 1 <= len(content) <= LARGEST_BATCH:
        raise _invalid("orders", f"not a list of 1 to {LARGEST_BATCH} orders")
    errors = [
        _invalid(f"orders.{place}.amazon_order_id", "not the number of an Amazon order")
        for place, order in enumerate(content)
        if not isinstance(order, dict)
        or not isinstance(order.get("amazon_order_id"), str)
        or not order["amazon_order_id"]
    ]
    if errors:
        raise InputErrors(errors)
    return content


def read_order(content: dict[str, Any]) -> dict[str, Any]:
    """One order.

    Raises InputErrors that name each field.
    """
    try:
        return dict(order_schema.load(content))
    except ValidationError as error:
        raise InputErrors([_invalid(path, text) for path, text in _flat(error.messages)]) from None


def _invalid(field: str, reason: str) -> CommerceError:
    return CommerceError(
        "Invalid value provided for the %fieldName field: %reason", {"fieldName": field, "reason": reason}
    )


def _flat(messages: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(messages, dict):
        return [
            row
            for key, below in messages.items()
            for row in _flat(below, f"{path}.{key}" if path else str(key))
        ]
    return [(path, str(text)) for text in messages]
