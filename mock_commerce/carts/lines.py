"""What is in a cart: adding, changing and removing lines, by the shop's rules on what may be bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.errors import InputRequired, InvalidValue, NoSuchEntity
from mock_commerce.models import Cart, CartItem, Product, Store, db, sku_key
from mock_commerce.sales import book, selling
from mock_commerce.sales.cart import Line
from mock_commerce.sales.pricing import price_of
from mock_commerce.wire.values import number

ZERO = Decimal(0)


def visible(cart: Cart) -> list[tuple[CartItem, Line]]:
    """The lines whose products are still offered: those of disabled and deleted ones are not shown."""
    products = stock.find_products(item.sku_key for item in cart.items)
    shown = []
    for item in cart.items:
        product = products.get(item.sku_key)
        if product is not None and selling.is_enabled(product, cart.store_id):
            extra = {"quote_item_id": item.item_id}
            shown.append((item, Line(product, item.quantity, price_of(product, cart.store_id), extra)))
    return shown


def lines_of(cart: Cart) -> list[Line]:
    return [line for _, line in visible(cart)]


def units_of(cart: Cart) -> Decimal:
    """How many units there are to buy."""
    return sum((line.quantity for line in lines_of(cart)), ZERO)


def is_virtual(cart: Cart) -> bool:
    """Whether nothing of it is shipped; an empty cart is not virtual."""
    return nothing_to_ship(lines_of(cart))


def nothing_to_ship(bought: Sequence[Line]) -> bool:
    return bool(bought) and all(line.product.is_virtual for line in bought)


def quantity_of(given: Mapping[str, Any]) -> Decimal:
    """A wanted quantity above zero.

    Raises CommerceError.
    """
    wanted = given.get("qty")
    if wanted is None or wanted <= 0:
        raise InvalidValue("" if wanted is None else number(wanted), "qty")
    return Decimal(wanted)


def add(cart: Cart, sku: str | None, quantity: Decimal) -> CartItem:
    """Add units; a product that is there already gets more of them. The caller commits.

    Raises CommerceError, NoSuchEntity.
    """
    if not sku:
        raise InputRequired("sku")
    store = db.session.get_one(Store, cart.store_id)
    key = sku_key(sku)
    item = next((item for item in cart.items if item.sku_key == key), None)
    wanted = quantity + (ZERO if item is None else item.quantity)
    demands = [selling.Demand(sku, wanted)]
    selling.check_stock(selling.products_for(demands, store), demands, stock.of_store(cart.store_id))
    if item is None:
        item = CartItem(sku_key=key, quantity=wanted)
        cart.items.append(item)
    item.quantity = wanted
    _touch(cart)
    return item


def change(cart: Cart, item_id: int, quantity: Decimal) -> CartItem:
    """Set the units of a line. The caller commits.

    Raises CommerceError, NoSuchEntity.
    """
    item = find(cart, item_id)
    product = stock.find_product(item.sku_key)
    if product is None:
        raise selling.no_such_product()
    selling.check_change(product, quantity, stock.of_store(cart.store_id))
    item.quantity = quantity
    _touch(cart)
    return item


def remove(cart: Cart, item_id: int) -> None:
    """Take a line out. The caller commits.

    Raises NoSuchEntity.
    """
    cart.items.remove(find(cart, item_id))
    _touch(cart)


def find(cart: Cart, item_id: int) -> CartItem:
    """Raises NoSuchEntity for a line that is not there or not shown."""
    for item, _ in visible(cart):
        if item.item_id == item_id:
            return item
    raise NoSuchEntity("The %1 Cart doesn't contain the %2 item.", [cart.entity_id, item_id])


def product_of(item: CartItem) -> Product:
    product = stock.find_product(item.sku_key)
    assert product is not None  # noqa: S101 - only lines that are shown are asked for
    return product


def _touch(cart: Cart) -> None:
    cart.updated_at = book.now()
    db.session.flush()
