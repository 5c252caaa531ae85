"""Which cart is meant: by id, by a guest's mask, or the one active cart of a customer."""

from __future__ import annotations

from sqlalchemy import select

from mock_commerce.errors import CommerceError, NoSuchEntity, no_such
from mock_commerce.models import Cart, Customer, Store, db, row_by_id
from mock_commerce.sales import book
from simkit.simulation import simulation


def by_id(cart_id: int) -> Cart:
    """Raises NoSuchEntity."""
    cart = row_by_id(Cart, cart_id)
    if cart is None:
        raise no_such("cartId", cart_id)
    return cart


def by_mask(mask: str) -> Cart:
    """Raises NoSuchEntity; the mask itself is told to nobody."""
    cart = db.session.scalar(select(Cart).where(Cart.masked_id == mask))
    if cart is None:
        raise no_such("cartId", None)
    return cart


def of_customer(customer_id: int) -> Cart | None:
    """The active cart of a customer, the newest of them."""
    query = select(Cart).where(Cart.customer_id == customer_id, Cart.is_active)
    return db.session.scalar(query.order_by(Cart.entity_id.desc()).limit(1))


def mine(customer_id: int) -> Cart:
    """Raises NoSuchEntity."""
    cart = of_customer(customer_id)
    if cart is None:
        raise NoSuchEntity("Current customer does not have an active cart.")
    return cart


def check_active(cart: Cart) -> None:
    """Raises NoSuchEntity for a cart that is an order already."""
    if not cart.is_active:
        raise no_such("cartId", cart.entity_id)


def create(store_id: int, *, masked: bool = False) -> Cart:
    """An empty cart of nobody. The caller commits."""
    mask = simulation().ids.token("quote_id_mask") if masked else None
    moment = book.now()
    cart = Cart(store_id=store_id, masked_id=mask, created_at=moment, updated_at=moment)
    db.session.add(cart)
    db.session.flush()
    return cart


def create_for(customer: Customer, store_id: int) -> Cart:
    """The customer's active cart, made where there is none. The caller commits."""
    cart = of_customer(customer.entity_id) or create(store_id)
    cart.customer_id, cart.customer_email = customer.entity_id, customer.email
    return cart


def assign(cart: Cart, customer: Customer, store_id: int) -> None:
    """Give an anonymous cart to a customer; what is in his own one moves over, and the mask is void.

    The caller commits.

    Raises CommerceError.
    """
    store = db.session.get(Store, store_id)
    if store is None or store.website_id != customer.website_id:
        raise CommerceError(
            "The customer can't be assigned to the cart. The cart belongs to a different store."
        )
    if cart.customer_id is not None:
        raise CommerceError("The customer can't be assigned to the cart because the cart isn't anonymous.")
    other = of_customer(customer.entity_id)
    if other is not None:
        _merge(other, cart)
    cart.customer_id, cart.customer_email, cart.masked_id = customer.entity_id, customer.email, None
    cart.updated_at = book.now()


def _merge(source: Cart, target: Cart) -> None:
    held = {item.sku_key: item for item in target.items}
    for item in list(source.items):
        if item.sku_key in held:
            held[item.sku_key].quantity += item.quantity
        else:
            source.items.remove(item)
            target.items.append(item)
    source.is_active = False
