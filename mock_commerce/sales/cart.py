"""How a purchase becomes an ordinary order of the shop: reserved, new and pending. There is no other way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from mock_commerce import methods, stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import Order, OrderItem, Product, Store, sku_key
from mock_commerce.sales import book, selling
from mock_commerce.sales.pricing import price_of
from mock_commerce.settings import BASE_CURRENCY, current

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
class Line:
    """Units of a product at a price; ``extra`` is what else the order's line shows."""

    product: Product
    quantity: Decimal
    price: Decimal
    extra: Mapping[str, Any] = field(default_factory=dict)


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
    try:
        order = _order(purchase, [_item(line) for line in purchase.lines])
    except IntegrityError:
        raise CommerceError("Unique constraint violation found") from None
    stock.reserve_all(order)
    book.save(order)
    return order


def place_cart(store: Store, demands: Sequence[selling.Demand], prices: Sequence[Decimal | None]) -> Order:
    """Buy as a guest, by the first ways to ship and to pay that are active. The caller commits.

    Raises CommerceError where the products, the stock or the configuration forbid it.
    """
    products = selling.products_for(demands, store)
    selling.check_stock(products, demands, stock.of_store(store.store_id))
    lines = [
        _line(products[sku_key(demand.sku)], demand, price, store)
        for demand, price in zip(demands, prices, strict=True)
    ]
    rate = _first_rate(lines)
    total = sum((line.quantity * line.price for line in lines), ZERO if rate is None else rate.amount)
    payment = next(iter(methods.payment_methods(current().payment_methods, total)), None)
    if payment is None:
        raise CommerceError(NO_SUCH_PAYMENT)
    address = None if rate is None else GUEST
    return place(Purchase(store, lines, GUEST, address, rate, payment, GUEST["email"]))


def physical_units(lines: Sequence[Line]) -> Decimal:
    return sum((line.quantity for line in lines if not line.product.is_virtual), ZERO)


def _line(product: Product, demand: selling.Demand, price: Decimal | None, store: Store) -> Line:
    return Line(product, demand.quantity, price_of(product, store.store_id) if price is None else price)


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


def _item(line: Line) -> OrderItem:
    product, row = line.product, line.price * line.quantity
    return OrderItem(
        sku=product.sku,
        name=product.name,
        product_id=product.entity_id,
        product_type=product.type_id,
        is_virtual=product.is_virtual,
        qty_ordered=line.quantity,
        price=line.price,
        price_incl_tax=line.price,
        row_total=row,
        row_total_incl_tax=row,
        tax_amount=ZERO,
        discount_amount=ZERO,
        extra=dict(line.extra),
    )


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
        grand_total=sum((item.row_total for item in items), freight),
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
