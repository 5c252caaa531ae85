"""An accepted Amazon order as a Commerce order: lines, totals, customer, reservations."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.directory.places import completed
from mock_commerce.models import Customer, Order, OrderItem, Product, Store, db, sku_key
from mock_commerce.modules.amazon_sales_channel.acceptance import Offer
from mock_commerce.modules.amazon_sales_channel.models import AmazonOrder
from mock_commerce.sales import book, invoicing, shipping, statuses
from mock_commerce.wire.values import cents, money, number, time

PAYMENT_METHOD = "amazonpayment"
PAYMENT_TITLE = "Amazon Channel Payment"
SHIPPING_METHOD = "amazonshipping_amazonshipping"
DISCOUNT_LABEL = "Amazon Applied Discount"
TAX_LABEL = "Amazon Tax"
ZERO = Decimal(0)
_FOUR_PLACES = Decimal("0.0001")


def write(given: Mapping[str, Any], offer: Offer) -> AmazonOrder:
    """Write the order: processing and reserved, or complete where Amazon fulfils it."""
    items = [_item(line, offer.products[sku_key(line["sku"])], given) for line in given["items"]]
    order = _order(given, offer.store, items)
    _label_taxes(order)
    link = AmazonOrder(
        amazon_order_id=given["amazon_order_id"],
        order=order,
        fulfilled_by=given["fulfilled_by"],
        tax_included=given["tax_included"],
    )
    db.session.add(link)
    if order.touches_stock:
        stock.reserve_all(order)
        book.save(order)
    else:
        _finish(order)
    return link


def _finish(order: Order) -> None:
    """Amazon has sent it already: invoice and shipment follow at once, and touch no stock."""
    invoicing.invoice(order, comment="Invoice created for Amazon marketplace order.")
    if not order.is_virtual:
        shipping.ship(order, shipping.Wish())


def _item(line: Mapping[str, Any], product: Product, given: Mapping[str, Any]) -> OrderItem:
    units, tax, row = Decimal(line["qty"]), line["tax_amount"], line["row_total"]
    included = given["tax_included"]
    net_row = row - tax if included else row
    net_price = (net_row / units).quantize(_FOUR_PLACES) if included else line["price"]
    gross_price = line["price"] if included else ((row + tax) / units).quantize(_FOUR_PLACES)
    return OrderItem(
        sku=product.sku,
        name=line["name"] or product.name,
        product_id=product.entity_id,
        product_type=product.type_id,
        is_virtual=product.is_virtual,
        ext_order_item_id=line["amazon_order_item_id"],
        qty_ordered=units,
        price=net_price,
        price_incl_tax=gross_price,
        row_total=net_row,
        row_total_incl_tax=net_row + tax,
        tax_amount=tax,
        discount_amount=line["discount_amount"],
        extra={},
    )


def _order(given: Mapping[str, Any], store: Store, items: list[OrderItem]) -> Order:
    status = given["status"] or "processing"
    statuses.add(status, "processing")
    is_virtual = all(item.is_virtual for item in items)
    customer = _customer(given["customer"], store)
    return book.new_order(
        store,
        items,
        number=given["increment_id"],
        ext_order_id=given["amazon_order_id"],
        state="processing",
        status=status,
        touches_stock=given["fulfilled_by"] != "amazon",
        customer_id=None if customer is None else customer.entity_id,
        customer_email=given["customer"]["email"],
        currency=given["currency_code"],
        grand_total=given["grand_total"],
        shipping_amount=given["shipping_amount"],
        gift_wrap=given["gift_wrap_amount"],
        billing_address=_address(given["billing_address"] or given["shipping_address"], given),
        shipping_address=None if is_virtual else _address(given["shipping_address"], given),
        shipping_method=None if is_virtual else SHIPPING_METHOD,
        payment={
            "method": PAYMENT_METHOD,
            "additional_information": [PAYMENT_TITLE, given["amazon_order_id"]],
        },
        extra=_extra(given),
    )


def _address(address: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return {**completed(address), "email": given["customer"]["email"]}


def _extra(given: Mapping[str, Any]) -> dict[str, Any]:
    """Parts that no rule looks at: names, labels, gift wrap, what the payment block shows."""
    discounted = any(item["discount_amount"] for item in given["items"])
    extra = {
        "customer_firstname": given["customer"]["firstname"],
        "customer_lastname": given["customer"]["lastname"],
        "customer_note_notify": 0,
        "shipping_description": given["shipping_description"],
        "discount_description": DISCOUNT_LABEL if discounted else None,
        "extension_attributes": _extension(given),
    }
    return {key: value for key, value in extra.items() if value is not None}


def _extension(given: Mapping[str, Any]) -> dict[str, Any]:
    shown = {
        "method_title": PAYMENT_TITLE,
        "Amazon Order Number": given["amazon_order_id"],
        "Amazon Purchase Date": time(given["purchased_at"]),
        "View or Cancel Amazon Order": given["seller_central_url"],
    }
    extension: dict[str, Any] = {
        "payment_additional_info": [{"key": key, "value": value} for key, value in shown.items() if value]
    }
    if given["gift_wrap_amount"]:
        wrap = money(given["gift_wrap_amount"])
        extension |= {"gw_items_price": wrap, "gw_items_base_price": wrap}
    if given["gift_message"]:
        customer = given["customer"]
        extension["gift_message"] = {
            "sender": f"{customer['firstname']} {customer['lastname']}".strip(),
            "recipient": _name(given["shipping_address"]),
            "message": given["gift_message"],
        }
    return extension


def _name(address: Mapping[str, Any]) -> str:
    return f"{address.get('firstname') or ''} {address.get('lastname') or ''}".strip()


def _label_taxes(order: Order) -> None:
    """Name Amazon's tax per line; Commerce shows it and calculates nothing (F-16)."""
    rows = [
        {"type": "product", "item_id": item.item_id, "applied_taxes": [_tax(item.tax_amount)]}
        for item in order.items
        if item.tax_amount
    ]
    if rows:
        kept = order.extra["extension_attributes"]
        taxes = {"applied_taxes": [_tax(order.tax_amount)], "item_applied_taxes": rows}
        order.extra = {**order.extra, "extension_attributes": {**kept, **taxes}}


def _tax(amount: Decimal) -> dict[str, Any]:
    value = number(cents(amount))
    return {"code": TAX_LABEL, "title": TAX_LABEL, "amount": value, "base_amount": value}


def _customer(given: Mapping[str, Any], store: Store) -> Customer | None:
    """Nobody for a guest; else the account of that e-mail address and website, made where there is none."""
    if not given["create_account"]:
        return None
    email = given["email"].lower()
    query = select(Customer).where(Customer.email == email, Customer.website_id == store.website_id)
    customer = db.session.scalar(query)
    if customer is None:
        customer = Customer(
            email=email,
            website_id=store.website_id,
            firstname=given["firstname"],
            lastname=given["lastname"],
            created_at=book.now(),
        )
        db.session.add(customer)
        db.session.flush()
    return customer
