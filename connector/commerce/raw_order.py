"""The document that POST /V1/orders stores as it is: everything a shop works out itself is filled in here.

Commerce keeps net prices; where Amazon's hold the tax, it is taken out of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from connector.commerce.directory import Region
from connector.commerce.placing import Options
from connector.domain.order import ZERO
from connector.domain.translation import CommerceAddress, CommerceLine, CommerceOrder

PAYMENT_METHOD = "checkmo"
"""On in every shop and offline. A method whose module is missing would break Commerce's own order page."""
SHIPPING_METHOD = "flatrate_flatrate"
"""Of a carrier that every shop has; the description says what it really is."""
DISCOUNT_LABEL = "Amazon Applied Discount"
GUEST_GROUP, GENERAL_GROUP = 0, 1
_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Shop:
    """Where an order goes, as far as its document has to say it."""

    store_id: int
    base_currency: str
    rate: Decimal
    """Units of the order's currency for one of the shop's own."""
    regions: Mapping[str, Region]
    customer_id: int | None = None


def raw_order(order: CommerceOrder, options: Options, shop: Shop) -> dict[str, Any]:
    """The entity to store. What Amazon fulfils is paid, invoiced and sent already (L-31)."""
    virtual = all(line.product_type == "virtual" for line in order.lines)
    entity = {
        "ext_order_id": order.amazon_order_id,
        "store_id": shop.store_id,
        "state": "complete" if order.by_amazon else "processing",
        "status": "complete" if order.by_amazon else options.custom_status or "processing",
        "is_virtual": int(virtual),
        **_customer(order, shop),
        **_currencies(order, shop),
        **_in_both(_totals(order), shop.rate),
        "items": [_item(line, order, shop) for line in order.lines],
        "billing_address": _address(order.bill_to, order.email, shop, "billing"),
        "payment": _payment(order, shop),
        "status_histories": [_history(order, options)],
        "extension_attributes": _extension(order, shop, virtual=virtual),
    }
    if options.amazon_numbers:
        entity["increment_id"] = order.amazon_order_id
    if any(line.discount for line in order.lines):
        entity["discount_description"] = DISCOUNT_LABEL
    if not virtual:
        entity["shipping_description"] = order.shipping_description
    return entity


def _customer(order: CommerceOrder, shop: Shop) -> dict[str, Any]:
    known = shop.customer_id is not None
    account = {"customer_id": shop.customer_id} if known else {}
    return {
        **account,
        "customer_is_guest": int(not known),
        "customer_group_id": GENERAL_GROUP if known else GUEST_GROUP,
        "customer_email": order.email,
        "customer_firstname": order.customer.firstname,
        "customer_lastname": order.customer.lastname,
        "customer_note_notify": 0,
    }


def _currencies(order: CommerceOrder, shop: Shop) -> dict[str, Any]:
    return {
        "order_currency_code": order.currency,
        "base_currency_code": shop.base_currency,
        "store_currency_code": shop.base_currency,
        "global_currency_code": shop.base_currency,
        "base_to_order_rate": float(shop.rate),
        "base_to_global_rate": 1,
    }


def _totals(order: CommerceOrder) -> dict[str, Decimal]:
    tax = sum((line.tax for line in order.lines), ZERO)
    subtotal = sum((_net(line, order) for line in order.lines), ZERO)
    totals = {
        "grand_total": order.total,
        "subtotal": subtotal,
        "subtotal_incl_tax": subtotal + tax,
        "tax_amount": tax,
        "discount_amount": ZERO - sum((line.discount for line in order.lines), ZERO),
        "shipping_amount": order.shipping,
        "shipping_incl_tax": order.shipping,
        "shipping_tax_amount": ZERO,
    }
    if order.by_amazon:
        totals |= {"total_paid": order.total, "total_invoiced": order.total}
    return totals


def _item(line: CommerceLine, order: CommerceOrder, shop: Shop) -> dict[str, Any]:
    net = _net(line, order)
    units = Decimal(line.quantity)
    net_price = (net / units).quantize(_FOUR_PLACES) if order.tax_included else line.price
    gross_price = line.price if order.tax_included else ((net + line.tax) / units).quantize(_FOUR_PLACES)
    sent = line.quantity if order.by_amazon else 0
    item = {
        "sku": line.sku,
        "name": line.name,
        "product_type": line.product_type,
        "is_virtual": int(line.product_type == "virtual"),
        "store_id": shop.store_id,
        "ext_order_item_id": line.item_id,
        "qty_ordered": line.quantity,
        "qty_invoiced": sent,
        "qty_shipped": 0 if line.product_type == "virtual" else sent,
        **_in_both(
            {
                "price": net_price,
                "original_price": net_price,
                "price_incl_tax": gross_price,
                "row_total": net,
                "row_total_incl_tax": net + line.tax,
                "tax_amount": line.tax,
                "discount_amount": line.discount,
            },
            shop.rate,
        ),
    }
    return item | {"product_id": line.product_id} if line.product_id else item


def _net(line: CommerceLine, order: CommerceOrder) -> Decimal:
    return line.row_total - line.tax if order.tax_included else line.row_total


def _payment(order: CommerceOrder, shop: Shop) -> dict[str, Any]:
    amounts = {"amount_ordered": order.total, "shipping_amount": order.shipping}
    if order.by_amazon:
        amounts["amount_paid"] = order.total
    return {
        "method": PAYMENT_METHOD,
        "additional_information": ["Paid at Amazon", order.amazon_order_id],
        **_in_both(amounts, shop.rate),
    }


def _history(order: CommerceOrder, options: Options) -> dict[str, Any]:
    """The module's payment block would say this; a comment is what every shop shows."""
    link = options.seller_central(order.amazon_order_id)
    return {
        "comment": f"Amazon order {order.amazon_order_id} of {order.purchased_at:%Y-%m-%d %H:%M} UTC. {link}",
        "entity_name": "order",
        "is_customer_notified": 0,
        "is_visible_on_front": 0,
    }


def _extension(order: CommerceOrder, shop: Shop, *, virtual: bool) -> dict[str, Any]:
    extension: dict[str, Any] = {}
    if not virtual:
        address = _address(order.ship_to, order.email, shop, "shipping")
        amounts = {"shipping_amount": order.shipping, "shipping_incl_tax": order.shipping}
        shipping = {"address": address, "method": SHIPPING_METHOD, "total": _in_both(amounts, shop.rate)}
        extension["shipping_assignments"] = [{"shipping": shipping}]
    if order.gift_wrap:
        extension |= {
            "gw_items_price": str(order.gift_wrap),
            "gw_items_base_price": str(_base(order.gift_wrap, shop.rate)),
        }
    if order.gift_message:
        person = order.ship_to.person
        extension["gift_message"] = {
            "sender": f"{order.customer.firstname} {order.customer.lastname}",
            "recipient": f"{person.firstname} {person.lastname}",
            "message": order.gift_message,
        }
    return extension


def _address(address: CommerceAddress, email: str, shop: Shop, kind: str) -> dict[str, Any]:
    document: dict[str, Any] = {
        "address_type": kind,
        "firstname": address.person.firstname,
        "lastname": address.person.lastname,
        "company": address.company,
        "street": list(address.street),
        "city": address.city,
        "region": address.region,
        "postcode": address.postcode,
        "country_id": address.country_id,
        "telephone": address.telephone,
        "email": email,
    }
    region = shop.regions.get(address.region.strip().casefold())
    if region is not None:
        document |= {"region": region.name, "region_code": region.code, "region_id": region.id}
    return document


def _in_both(amounts: Mapping[str, Decimal], rate: Decimal) -> dict[str, float]:
    """Each amount in the order's currency, and with ``base_`` before its name in the shop's own."""
    both = {}
    for name, amount in amounts.items():
        both[name], both[f"base_{name}"] = float(amount), float(_base(amount, rate))
    return both


def _base(amount: Decimal, rate: Decimal) -> Decimal:
    return amount if rate == 1 else (amount / rate).quantize(_FOUR_PLACES, ROUND_HALF_UP)
