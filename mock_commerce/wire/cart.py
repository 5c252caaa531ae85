"""A cart and its lines as Commerce shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_commerce.carts import addresses, lines
from mock_commerce.config.methods import PaymentMethod, Rate
from mock_commerce.config.settings import BASE_CURRENCY
from mock_commerce.models import Cart, CartItem, Customer, db
from mock_commerce.sales.lines import Line
from mock_commerce.wire.customer import customer_document
from mock_commerce.wire.product_option import option_document
from mock_commerce.wire.values import number, time, without_nulls

ZERO = Decimal(0)
RETAIL_TAX_CLASS = 3


def cart_document(cart: Cart) -> dict[str, Any]:
    rows = lines.visible(cart)
    items = [item_document(item, line, cart.entity_id) for item, line in rows]
    virtual = lines.nothing_to_ship([line for _, line in rows])
    document = {
        "id": cart.entity_id,
        "created_at": time(cart.created_at),
        "updated_at": time(cart.updated_at),
        "is_active": cart.is_active,
        "is_virtual": virtual,
        "items": items,
        "items_count": len(items),
        "items_qty": number(sum((line.quantity for _, line in rows), ZERO)),
        "customer": _customer(cart),
        "billing_address": billing_document(cart),
        "reserved_order_id": cart.reserved_order_id,
        "orig_order_id": 0,
        "currency": _currency(),
        "customer_is_guest": cart.customer_id is None,
        "customer_note_notify": True,
        "customer_tax_class_id": RETAIL_TAX_CLASS,
        "store_id": cart.store_id,
        "extension_attributes": {
            "shipping_assignments": [_assignment(cart, items)] if items and not virtual else []
        },
    }
    return without_nulls(document)


def item_document(item: CartItem, line: Line, cart_id: int | str) -> dict[str, Any]:
    """A line; guests' lists name the cart by its mask."""
    return {
        "item_id": item.item_id,
        "sku": line.sku,
        "qty": number(item.quantity),
        "name": line.product.name,
        "price": number(line.price),
        "product_type": line.product.type_id,
        "quote_id": str(cart_id),
        **option_document(item.choice),
    }


def billing_document(cart: Cart) -> dict[str, Any]:
    return addresses.document(cart.billing_address, billing_id(cart), cart.customer_email)


def billing_id(cart: Cart) -> int:
    """Each cart has two addresses."""
    return cart.entity_id * 2 - 1


def rate_document(rate: Rate) -> dict[str, Any]:
    amount = number(rate.amount)
    return {
        "carrier_code": rate.carrier,
        "method_code": rate.method,
        "carrier_title": rate.carrier_title,
        "method_title": rate.method_title,
        "amount": amount,
        "base_amount": amount,
        "available": True,
        "error_message": "",
        "price_excl_tax": amount,
        "price_incl_tax": amount,
    }


def payment_method_document(method: PaymentMethod) -> dict[str, str]:
    return {"code": method.code, "title": method.title}


def _customer(cart: Cart) -> dict[str, Any]:
    if cart.customer_id is None:
        return {"email": None, "firstname": None, "lastname": None}
    customer = db.session.get(Customer, cart.customer_id)
    return {"email": cart.customer_email} if customer is None else customer_document(customer)


def _currency() -> dict[str, Any]:
    codes = dict.fromkeys(
        ("global_currency_code", "base_currency_code", "store_currency_code", "quote_currency_code"),
        BASE_CURRENCY,
    )
    return {
        **codes,
        "store_to_base_rate": 0,
        "store_to_quote_rate": 0,
        "base_to_global_rate": 1,
        "base_to_quote_rate": 1,
    }


def _assignment(cart: Cart, items: list[dict[str, Any]]) -> dict[str, Any]:
    address = addresses.document(cart.shipping_address, cart.entity_id * 2, cart.customer_email)
    return {"shipping": {"address": address, "method": cart.shipping_method}, "items": items}
