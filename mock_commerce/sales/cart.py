"""An ordinary order of the shop, as a guest's cart would have placed it: checked, reserved, pending."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mock_commerce import stock
from mock_commerce.models import Order, OrderItem, Product, Store, sku_key
from mock_commerce.sales import book, selling
from mock_commerce.settings import BASE_CURRENCY

ZERO = Decimal(0)
FLAT_RATE = Decimal(5)
PAYMENT_TITLE = "Check / Money order"
GUEST = {
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


def place_cart(store: Store, demands: Sequence[selling.Demand], prices: Sequence[Decimal | None]) -> Order:
    """Place it with check, money order. The caller commits.

    Raises CommerceError where the products or the stock forbid it.
    """
    products = selling.products_for(demands, store)
    selling.check_stock(products, demands, stock.of_store(store.store_id))
    items = [
        _item(demand, products[sku_key(demand.sku)], price)
        for demand, price in zip(demands, prices, strict=True)
    ]
    order = _order(store, items)
    stock.reserve_all(order)
    book.save(order)
    return order


def _item(demand: selling.Demand, product: Product, price: Decimal | None) -> OrderItem:
    each = product.price if price is None else price
    row = each * demand.quantity
    return OrderItem(
        sku=product.sku,
        name=product.name,
        product_id=product.entity_id,
        product_type=product.type_id,
        is_virtual=product.is_virtual,
        qty_ordered=demand.quantity,
        price=each,
        price_incl_tax=each,
        row_total=row,
        row_total_incl_tax=row,
        tax_amount=ZERO,
        discount_amount=ZERO,
    )


def _order(store: Store, items: list[OrderItem]) -> Order:
    freight = FLAT_RATE * sum((item.qty_ordered for item in items if not item.is_virtual), ZERO)
    return book.new_order(
        store,
        items,
        state="new",
        status="pending",
        customer_email=GUEST["email"],
        currency=BASE_CURRENCY,
        grand_total=sum((item.row_total for item in items), freight),
        shipping_amount=freight,
        billing_address=GUEST,
        shipping_address=GUEST if freight else None,
        shipping_method="flatrate_flatrate" if freight else None,
        payment={"method": "checkmo", "additional_information": [PAYMENT_TITLE]},
        extra={
            "customer_firstname": GUEST["firstname"],
            "customer_lastname": GUEST["lastname"],
            "shipping_description": "Flat Rate - Fixed",
            "extension_attributes": {
                "payment_additional_info": [{"key": "method_title", "value": PAYMENT_TITLE}]
            },
        },
    )
