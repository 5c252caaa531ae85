"""What is in a cart: adding, changing and removing lines, by the shop's rules on what may be bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mock_commerce import stock
from mock_commerce.errors import CommerceError, InputRequired, InvalidValue, NoSuchEntity
from mock_commerce.models import Cart, CartItem, Product, Store, db, sku_key
from mock_commerce.sales import book, selling
from mock_commerce.sales.choosing import Choice, names_parts
from mock_commerce.sales.lines import Line, check_stock, line_of, needs
from mock_commerce.wire.values import number

ZERO = Decimal(0)


def visible(cart: Cart) -> list[tuple[CartItem, Line]]:
    """The lines whose products are still offered: those of disabled and deleted ones are not shown."""
    products = stock.find_products(item.sku_key for item in cart.items)
    shown = []
    for item in cart.items:
        product = products.get(item.sku_key)
        if product is not None and selling.is_enabled(product, cart.store_id):
            line = _line(cart, item, product)
            if line is not None:
                shown.append((item, line))
    return shown


def _line(cart: Cart, item: CartItem, product: Product) -> Line | None:
    """None where a part of it is not offered any more."""
    try:
        line = line_of(product, item.quantity, item.choice, cart.store_id, quote_item_id=item.item_id)
    except CommerceError:
        return None
    return line if all(selling.is_enabled(part, cart.store_id) for part in line.physical) else None


def lines_of(cart: Cart) -> list[Line]:
    return [line for _, line in visible(cart)]


def units_of(cart: Cart) -> Decimal:
    """How many units there are to buy."""
    return sum((line.quantity for line in lines_of(cart)), ZERO)


def is_virtual(cart: Cart) -> bool:
    """Whether nothing of it is shipped; an empty cart is not virtual."""
    return nothing_to_ship(lines_of(cart))


def nothing_to_ship(bought: Sequence[Line]) -> bool:
    return bool(bought) and all(line.is_virtual for line in bought)


def quantity_of(given: Mapping[str, Any]) -> Decimal:
    """A wanted quantity above zero.

    Raises CommerceError.
    """
    wanted = given.get("qty")
    if wanted is None or wanted <= 0:
        raise InvalidValue("" if wanted is None else number(wanted), "qty")
    return Decimal(wanted)


def add(cart: Cart, sku: str | None, quantity: Decimal, choice: Choice) -> CartItem:
    """Add units; what is there already, chosen alike, gets more of them. The caller commits.

    Raises CommerceError, NoSuchEntity.
    """
    if not sku:
        raise InputRequired("sku")
    store = db.session.get_one(Store, cart.store_id)
    key = sku_key(sku)
    line = line_of(selling.offered([sku], store)[key], quantity, choice, cart.store_id)
    item = next((item for item in cart.items if item.sku_key == key and _is_alike(cart, item, line)), None)
    wanted = quantity + (ZERO if item is None else item.quantity)
    check_stock([replace(line, quantity=wanted)], store)
    if item is None:
        chosen = {} if line.chosen is None else dict(line.chosen.choice)
        item = CartItem(sku_key=key, quantity=wanted, choice=chosen)
        cart.items.append(item)
    item.quantity = wanted
    _touch(cart)
    return item


def _is_alike(cart: Cart, item: CartItem, line: Line) -> bool:
    """Whether both are chosen alike, by what counts of a choice; they are of one product."""
    if line.chosen is None:
        return not item.choice
    if item.choice == line.chosen.choice:
        return True
    other = _line(cart, item, line.product)
    return other is not None and other.chosen is not None and other.chosen.identity == line.chosen.identity


def change(cart: Cart, item_id: int, quantity: Decimal, choice: Choice) -> CartItem:
    """Set the units of a line; one that is chosen otherwise gives way to a new line. The caller commits.

    Raises CommerceError, NoSuchEntity.
    """
    item = find(cart, item_id)
    product = stock.find_product(item.sku_key)
    if product is None:
        raise selling.no_such_product()
    wanted = choice if names_parts(product, choice) else item.choice
    if not _is_alike(cart, item, line_of(product, quantity, wanted, cart.store_id)):
        other = add(cart, product.sku, quantity, wanted)
        cart.items.remove(item)
        return other
    products, demands = needs([line_of(product, quantity, item.choice, cart.store_id)])
    for demand in demands:
        selling.check_change(products[sku_key(demand.sku)], demand.quantity, stock.of_store(cart.store_id))
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


def line_shown(cart: Cart, item: CartItem) -> Line:
    return next(line for one, line in visible(cart) if one is item)


def _touch(cart: Cart) -> None:
    cart.updated_at = book.now()
    db.session.flush()
