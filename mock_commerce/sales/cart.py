"""How a purchase becomes an ordinary order of the shop: reserved, new and pending. There is no other way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from mock_commerce import stock
from mock_commerce.config import methods
from mock_commerce.config.settings import BASE_CURRENCY, current
from mock_commerce.errors import CommerceError
from mock_commerce.models import Order, OrderItem, Product, Store, sku_key
from mock_commerce.sales import book, families, selling
from mock_commerce.sales.lines import Line, Wish, check_stock, physical_units, wished
from mock_commerce.wire.product_option import option_document

ZERO = Decimal(0)
GUEST: dict[str, Any] = {
    "firstname": "Ann",
    "lastname": "Lee",
    "street": ["1 Main St"],
    "city": "Austin",
    "region": "Texas",
    "region_code": "TX",
    "region_id": 57,
    "postcode": "78701",
    "country_id": "US",
    "telephone": "5125550100",
    "email": "buyer@example.com",
}
"""An invented customer; shop orders of a scenario only have lines."""
NO_SHIPPING_METHOD = "The shipping method is missing. Select the shipping method and try again."
NO_SUCH_PAYMENT = "The requested Payment Method is not available."


@dataclass(frozen=True)
class Purchase:
    """All that an order is made of. Without ``customer_id`` a guest buys; virtual ones have no rate."""

    store: Store
    lines: Sequence[Line]
    billing_address: Mapping[str, Any]
    shipping_address: Mapping[str, Any] | None
    rate: methods.Rate | None
    payment: methods.PaymentMethod
    email: str | None
    customer_id: int | None = None
    number: str | None = None
    payment_extra: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


def place(purchase: Purchase) -> Order:
    """Write the order and hold back its units; who may buy what was checked before. The caller commits.

    Raises CommerceError where the number is taken.
    """
    kin = [_family(line) for line in purchase.lines]
    try:
        order = _order(purchase, [item for parent, children in kin for item in (parent, *children)])
    except IntegrityError:
        raise CommerceError("Unique constraint violation found") from None
    for parent, children in kin:
        if children:
            flags = {"ships_separately": parent.ships_separately, "priced_by_child": parent.priced_by_child}
            families.adopt(parent, children, **flags)
    stock.reserve_all(order)
    book.save(order)
    return order


def place_cart(store: Store, wishes: Sequence[Wish]) -> Order:
    """Buy as a guest, by the first ways to ship and to pay that are active. The caller commits.

    Raises CommerceError where the products, the stock or the configuration forbid it.
    """
    products = selling.offered([wish.sku for wish in wishes], store)
    lines = [wished(products[sku_key(wish.sku)], wish, store) for wish in wishes]
    check_stock(lines, store)
    rate = _first_rate(lines)
    total = sum((line.quantity * line.price for line in lines), ZERO if rate is None else rate.amount)
    payment = next(iter(methods.payment_methods(current().payment_methods, total)), None)
    if payment is None:
        raise CommerceError(NO_SUCH_PAYMENT)
    address = None if rate is None else GUEST
    return place(Purchase(store, lines, GUEST, address, rate, payment, GUEST["email"]))


def _first_rate(lines: Sequence[Line]) -> methods.Rate | None:
    """None: nothing is shipped.

    Raises CommerceError where no carrier is active.
    """
    units = physical_units(lines)
    if not units:
        return None
    offered = methods.rates(current().shipping_methods, units)
    if not offered:
        raise CommerceError(NO_SHIPPING_METHOD)
    return offered[0]


def _family(line: Line) -> tuple[OrderItem, list[OrderItem]]:
    """The order's line, and those of what was chosen with it."""
    chosen = line.chosen
    if chosen is None:
        return _item(line.product, line.quantity, line.price, extra=dict(line.extra)), []
    parent = _item(
        line.product,
        line.quantity,
        line.price,
        sku=chosen.sku,
        is_virtual=line.is_virtual,
        has_children=True,
        priced_by_child=chosen.priced_by_child,
        ships_separately=chosen.ships_separately,
        extra={**line.extra, **option_document(chosen.choice)},
    )
    return parent, [_item(part.product, part.units * line.quantity, part.price) for part in chosen.parts]


def _item(product: Product, quantity: Decimal, price: Decimal, **more: Any) -> OrderItem:
    row = price * quantity
    facts = {
        "sku": product.sku,
        "name": product.name,
        "product_id": product.entity_id,
        "product_type": product.type_id,
        "is_virtual": product.is_virtual,
        "qty_ordered": quantity,
        "price": price,
        "price_incl_tax": price,
        "row_total": row,
        "row_total_incl_tax": row,
        "tax_amount": ZERO,
        "discount_amount": ZERO,
    }
    decimal = {"is_qty_decimal": 1} if product.is_qty_decimal else {}
    return OrderItem(**{**facts, **more, "extra": {**more.get("extra", {}), **decimal}})


def _order(purchase: Purchase, items: list[OrderItem]) -> Order:
    rate, payment = purchase.rate, purchase.payment
    freight = ZERO if rate is None else rate.amount
    shipping = purchase.shipping_address
    return book.new_order(
        purchase.store,
        items,
        number=purchase.number,
        state="new",
        status="pending",
        customer_id=purchase.customer_id,
        customer_email=purchase.email,
        currency=BASE_CURRENCY,
        grand_total=sum((item.row_total for item in items if item.is_priced), freight),
        shipping_amount=freight,
        billing_address=dict(purchase.billing_address),
        shipping_address=None if shipping is None else dict(shipping),
        shipping_method=None if rate is None else rate.code,
        payment={
            "method": payment.code,
            "additional_information": [payment.title],
            **purchase.payment_extra,
        },
        extra=_extra(purchase),
    )


def _extra(purchase: Purchase) -> dict[str, Any]:
    shown = [{"key": "method_title", "value": purchase.payment.title}]
    extra: dict[str, Any] = {
        "customer_firstname": purchase.billing_address.get("firstname"),
        "customer_lastname": purchase.billing_address.get("lastname"),
        "extension_attributes": {"payment_additional_info": shown},
    }
    if purchase.rate is not None:
        extra["shipping_description"] = purchase.rate.description
    return {**extra, **purchase.extra}
