"""Orders 2026-01-01, JSON to domain. Only what the connector uses; everything else is ignored.

Source: Amazon's model orders_2026-01-01.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import Any

from marshmallow import fields, post_load

from connector.amazon.loose import AddressSchema, Loose, address_field, load_order
from connector.domain.order import ZERO, Address, Line, Order, Package

STATUSES = {
    "PENDING_AVAILABILITY": "PendingAvailability",
    "PENDING": "Pending",
    "UNSHIPPED": "Unshipped",
    "PARTIALLY_SHIPPED": "PartiallyShipped",
    "SHIPPED": "Shipped",
    "CANCELLED": "Canceled",
    "UNFULFILLABLE": "Unfulfillable",
}
"""2026's words to the words of v0, which the sales channel's documents use."""


class _Money(Loose):
    amount = fields.Decimal(required=True)
    currency = fields.String(data_key="currencyCode", required=True)


class _Breakdown(Loose):
    type = fields.String(required=True)
    subtotal = fields.Nested(_Money, required=True)


class _Proceeds(Loose):
    breakdowns = fields.List(fields.Nested(_Breakdown), load_default=list)


class _Gift(Loose):
    message = fields.String(data_key="giftMessage", load_default="")


class _Packing(Loose):
    gift = fields.Nested(_Gift, data_key="giftOption", load_default=dict)


class _ItemFulfillment(Loose):
    fulfilled = fields.Integer(data_key="quantityFulfilled", load_default=0)
    packing = fields.Nested(_Packing, load_default=dict)


class _Product(Loose):
    sku = fields.String(data_key="sellerSku", load_default="")
    asin = fields.String(load_default="")
    title = fields.String(load_default="")


class _CancelRequest(Loose):
    reason = fields.String(data_key="cancelReason", load_default="", allow_none=True)


class _Cancellation(Loose):
    request = fields.Nested(
        _CancelRequest, data_key="cancellationRequest", load_default=None, allow_none=True
    )


class _Item(Loose):
    item_id = fields.String(data_key="orderItemId", required=True)
    quantity = fields.Integer(data_key="quantityOrdered", required=True)
    product = fields.Nested(_Product, required=True)
    proceeds = fields.Nested(_Proceeds, load_default=None)
    fulfillment = fields.Nested(_ItemFulfillment, load_default=dict)
    cancellation = fields.Nested(_Cancellation, load_default=dict, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Line:
        amounts: dict[str, Decimal] = {}
        for part in (data["proceeds"] or {}).get("breakdowns", []):
            amounts[part["type"]] = amounts.get(part["type"], ZERO) + part["subtotal"]["amount"]
        product, fulfillment = data["product"], data["fulfillment"]
        request = (data["cancellation"] or {}).get("request")
        return Line(
            item_id=data["item_id"],
            sku=product["sku"],
            quantity=data["quantity"],
            shipped=fulfillment.get("fulfilled", 0),
            title=product["title"],
            asin=product["asin"],
            item_total=amounts.get("ITEM"),
            tax=amounts.get("TAX", ZERO),
            # Commerce knows no other charge than the shipping: without it the total would be less.
            shipping=sum((amounts.get(charge, ZERO) for charge in ("SHIPPING", "COD_FEE", "OTHER")), ZERO),
            discount=abs(amounts.get("DISCOUNT", ZERO)),  # its sign is not documented
            gift_wrap=amounts.get("GIFT_WRAP", ZERO),
            gift_message=fulfillment.get("packing", {}).get("gift", {}).get("message", ""),
            cancel_request=None if request is None else request["reason"] or "",
        )


class _Address(AddressSchema):
    name = address_field()
    company = address_field("companyName")
    line1 = address_field("addressLine1")
    line2 = address_field("addressLine2")
    line3 = address_field("addressLine3")
    city = address_field()
    region = address_field("stateOrRegion")
    postal_code = address_field("postalCode")
    country = address_field("countryCode")
    phone = address_field()


class _Recipient(Loose):
    address = fields.Nested(_Address, data_key="deliveryAddress", load_default=Address)


class _Buyer(Loose):
    name = fields.String(data_key="buyerName", load_default="")
    email = fields.String(data_key="buyerEmail", load_default="")


class _Fulfillment(Loose):
    status = fields.String(data_key="fulfillmentStatus", required=True)
    by = fields.String(data_key="fulfilledBy", load_default="")
    service_level = fields.String(data_key="fulfillmentServiceLevel", load_default="")


class _SalesChannel(Loose):
    marketplace_id = fields.String(data_key="marketplaceId", load_default="")


class _OrderProceeds(Loose):
    total = fields.Nested(_Money, data_key="grandTotal", load_default=None)


class _PackageItem(Loose):
    item_id = fields.String(data_key="orderItemId", required=True)
    quantity = fields.Integer(required=True)


class _Package(Loose):
    reference = fields.String(data_key="packageReferenceId", required=True)
    carrier = fields.String(load_default="")
    tracking = fields.String(data_key="trackingNumber", load_default="")
    items = fields.List(fields.Nested(_PackageItem), data_key="packageItems", load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Package:
        units = {item["item_id"]: item["quantity"] for item in data["items"]}
        return Package(data["reference"], data["carrier"], data["tracking"], units)


class OrderSchema(Loose):
    amazon_order_id = fields.String(data_key="orderId", required=True)
    purchased_at = fields.AwareDateTime(data_key="createdTime", required=True, default_timezone=UTC)
    updated_at = fields.AwareDateTime(data_key="lastUpdatedTime", required=True, default_timezone=UTC)
    channel = fields.Nested(_SalesChannel, data_key="salesChannel", load_default=dict)
    buyer = fields.Nested(_Buyer, load_default=dict)
    recipient = fields.Nested(_Recipient, load_default=dict)
    proceeds = fields.Nested(_OrderProceeds, load_default=dict)
    fulfillment = fields.Nested(_Fulfillment, required=True)
    items = fields.List(fields.Nested(_Item), data_key="orderItems", required=True)
    packages = fields.List(fields.Nested(_Package), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Order:
        fulfillment, total = data["fulfillment"], data["proceeds"].get("total")
        return Order(
            amazon_order_id=data["amazon_order_id"],
            status=STATUSES.get(fulfillment["status"], fulfillment["status"]),
            purchased_at=data["purchased_at"],
            updated_at=data["updated_at"],
            marketplace_id=data["channel"].get("marketplace_id", ""),
            by_amazon=fulfillment["by"] == "AMAZON",
            currency=total["currency"] if total else "",
            total=total["amount"] if total else None,
            buyer_name=data["buyer"].get("name", ""),
            buyer_email=data["buyer"].get("email", ""),
            ship_to=data["recipient"].get("address", Address()),
            service_level=fulfillment["service_level"].replace("_", " ").title(),
            lines=tuple(data["items"]),
            packages=tuple(data["packages"]),
        )


order_schema = OrderSchema()


def read_order(document: dict[str, Any]) -> Order:
    """The order of a document.

    Raises UnreadableOrder.
    """
    return load_order(order_schema, document)
