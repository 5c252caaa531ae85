"""Orders v0, JSON to domain: the order and its items together. Only what the connector uses.

Source: Amazon's model ordersV0, and Amazon's own mapping from v0 to 2026-01-01. What v0 does not have:
packages.
"""

from __future__ import annotations

import re
from datetime import UTC
from decimal import Decimal
from typing import Any

from marshmallow import fields, post_load

from connector.amazon.loose import AddressSchema, Loose, address_field, load_order
from connector.amazon.stored import READ
from connector.domain.order import ZERO, Address, Line, Order

_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class _Money(Loose):
    amount = fields.Decimal(data_key="Amount", load_default=ZERO)
    currency = fields.String(data_key="CurrencyCode", load_default="")


def _amount(data_key: str) -> fields.Nested:
    return fields.Nested(_Money, data_key=data_key, load_default=None, allow_none=True)


class _ItemBuyer(Loose):
    gift_wrap = _amount("GiftWrapPrice")
    gift_wrap_tax = _amount("GiftWrapTax")
    message = fields.String(data_key="GiftMessageText", load_default="", allow_none=True)


class _CancelRequest(Loose):
    asked = fields.Raw(data_key="IsBuyerRequestedCancel", load_default="false", allow_none=True)
    reason = fields.String(data_key="BuyerCancelReason", load_default="", allow_none=True)


class _Item(Loose):
    item_id = fields.String(data_key="OrderItemId", required=True)
    sku = fields.String(data_key="SellerSKU", load_default="")
    asin = fields.String(data_key="ASIN", load_default="")
    title = fields.String(data_key="Title", load_default="", allow_none=True)
    quantity = fields.Integer(data_key="QuantityOrdered", required=True)
    shipped = fields.Integer(data_key="QuantityShipped", load_default=0)
    price = _amount("ItemPrice")
    tax = _amount("ItemTax")
    shipping = _amount("ShippingPrice")
    shipping_tax = _amount("ShippingTax")
    fee = _amount("CODFee")
    fee_discount = _amount("CODFeeDiscount")
    shipping_discount = _amount("ShippingDiscount")
    shipping_discount_tax = _amount("ShippingDiscountTax")
    discount = _amount("PromotionDiscount")
    discount_tax = _amount("PromotionDiscountTax")
    buyer = fields.Nested(_ItemBuyer, data_key="BuyerInfo", load_default=dict, allow_none=True)
    cancel = fields.Nested(
        _CancelRequest, data_key="BuyerRequestedCancel", load_default=dict, allow_none=True
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Line:
        amounts = data | (data["buyer"] or {})
        price, cancel = data["price"], data["cancel"] or {}
        return Line(
            item_id=data["item_id"],
            sku=data["sku"],
            quantity=data["quantity"],
            shipped=data["shipped"],
            title=data["title"] or "",
            asin=data["asin"],
            item_total=price["amount"] if price else None,  # unit price x quantity already (F43)
            tax=_sum(amounts, "tax", "shipping_tax", "gift_wrap_tax")
            - _sum(amounts, "shipping_discount_tax", "discount_tax"),
            shipping=_sum(amounts, "shipping", "fee"),  # Commerce knows no fee of its own
            discount=_sum(amounts, "discount", "shipping_discount", "fee_discount"),
            gift_wrap=_sum(amounts, "gift_wrap"),
            gift_message=amounts.get("message") or "",
            # Amazon sends the flag as text
            cancel_request=(cancel["reason"] or "") if str(cancel.get("asked")).lower() == "true" else None,
        )


def _sum(amounts: dict[str, Any], *names: str) -> Decimal:
    return sum((abs(money["amount"]) for name in names if (money := amounts.get(name))), ZERO)


class _Address(AddressSchema):
    name = address_field("Name")
    company = address_field("CompanyName")
    line1 = address_field("AddressLine1")
    line2 = address_field("AddressLine2")
    line3 = address_field("AddressLine3")
    city = address_field("City")
    region = address_field("StateOrRegion")
    postal_code = address_field("PostalCode")
    country = address_field("CountryCode")
    phone = address_field("Phone")


class _Buyer(Loose):
    name = fields.String(data_key="BuyerName", load_default="", allow_none=True)
    email = fields.String(data_key="BuyerEmail", load_default="", allow_none=True)


class _Order(Loose):
    amazon_order_id = fields.String(data_key="AmazonOrderId", required=True)
    purchased_at = fields.AwareDateTime(data_key="PurchaseDate", required=True, default_timezone=UTC)
    updated_at = fields.AwareDateTime(data_key="LastUpdateDate", required=True, default_timezone=UTC)
    status = fields.String(data_key="OrderStatus", required=True)
    marketplace_id = fields.String(data_key="MarketplaceId", load_default="")
    channel = fields.String(data_key="FulfillmentChannel", load_default="")
    service_level = fields.String(data_key="ShipmentServiceLevelCategory", load_default="")
    total = _amount("OrderTotal")
    buyer = fields.Nested(_Buyer, data_key="BuyerInfo", load_default=dict, allow_none=True)
    ship_to = fields.Nested(_Address, data_key="ShippingAddress", load_default=Address, allow_none=True)


class DocumentSchema(Loose):
    """The stored document: see ``stored``."""

    order = fields.Nested(_Order, required=True)
    items = fields.List(fields.Nested(_Item), required=True)
    details = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Order:
        order, total = data["order"], data["order"]["total"]
        buyer = order["buyer"] or {}
        return Order(
            amazon_order_id=order["amazon_order_id"],
            status=order["status"],
            purchased_at=order["purchased_at"],
            updated_at=order["updated_at"],
            marketplace_id=order["marketplace_id"],
            by_amazon=order["channel"] == "AFN",
            currency=total["currency"] if total else "",
            total=total["amount"] if total else None,
            buyer_name=buyer.get("name") or "",
            buyer_email=buyer.get("email") or "",
            ship_to=order["ship_to"] or Address(),
            service_level=_NEW_WORD.sub(" ", order["service_level"]),
            lines=tuple(data["items"]),
            packages_told=False,
            detailed=data["details"] == READ,
        )


document_schema = DocumentSchema()


def read_order(document: dict[str, Any]) -> Order:
    """The order of a stored document of v0.

    Raises UnreadableOrder.
    """
    return load_order(document_schema, document)
