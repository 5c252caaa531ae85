"""Carts: making, finding and giving them away, and what is in them."""

from __future__ import annotations

from typing import Any

from flask import g

from mock_commerce.access.auth import ANONYMOUS, SELF
from mock_commerce.access.callers import customer_id
from mock_commerce.api.cart_routes import ADMIN, GUEST, cart_route, is_guest
from mock_commerce.carts import finding, lines
from mock_commerce.customers import accounts
from mock_commerce.errors import CommerceError, InputRequired, NoSuchEntity, no_such
from mock_commerce.models import Cart, db
from mock_commerce.sales import book
from mock_commerce.search.pages import Columns, criteria, rendered_page
from mock_commerce.webapi.inputs import nested, read, schema
from mock_commerce.webapi.rest import argument, section, serves, whole_number
from mock_commerce.wire.cart import cart_document, item_document
from mock_commerce.wire.product_option import choice_in, product_option_schema
from simkit.simulation import operation

bp = section("carts")

MANAGE = "Magento_Cart::manage"
_item_schema: Any = schema(
    "CartItem",
    text="sku name product_type quote_id",
    whole="item_id",
    number="qty price",
    product_option=nested(product_option_schema),
    raw="extension_attributes",
)
COLUMNS: Columns = {
    "entity_id": Cart.entity_id,
    "store_id": Cart.store_id,
    "customer_id": Cart.customer_id,
    "customer_email": Cart.customer_email,
    "is_active": Cart.is_active,
    "reserved_order_id": Cart.reserved_order_id,
    "created_at": Cart.created_at,
    "updated_at": Cart.updated_at,
}


@bp.post("/carts")
@operation("create_cart")
@serves(MANAGE)
def create_cart() -> int:
    """cartManagement.createEmptyCart: a cart of nobody, known by its id."""
    cart = finding.create(book.url_store())
    db.session.commit()
    return cart.entity_id


@bp.post("/guest-carts")
@operation("create_guest_cart")
@serves(ANONYMOUS)
def create_guest_cart() -> str | None:
    """guestCartManagement.createEmptyCart: a cart that is known by its mask."""
    cart = finding.create(book.url_store(), masked=True)
    db.session.commit()
    return cart.masked_id


@bp.post("/carts/mine")
@operation("create_my_cart")
@serves(SELF)
def create_my_cart() -> int:
    """cartManagement.createEmptyCartForCustomer: the one active cart of the calling customer."""
    return _of_customer(customer_id())


@bp.post("/customers/<segment:entity_id>/carts")
@operation("create_customer_cart")
@serves(MANAGE)
def create_customer_cart(entity_id: int) -> int:
    """cartManagement.createEmptyCartForCustomer: the one active cart of that customer."""
    return _of_customer(entity_id)


def _of_customer(entity_id: int) -> int:
    cart = finding.create_for(accounts.get(entity_id), book.url_store())
    db.session.commit()
    return cart.entity_id


@bp.get("/carts/search")
@operation("find_carts")
@serves(MANAGE)
def find_carts() -> dict[str, Any]:
    """cartRepository.getList: carts that fit the search criteria, placed ones too."""
    return rendered_page(criteria(), COLUMNS, Cart, cart_document, (Cart.entity_id,))


@bp.get("/carts/mine")
@operation("get_my_cart")
@serves(SELF)
def get_my_cart() -> dict[str, Any]:
    """cartManagement.getCartForCustomer: the active cart of the calling customer."""
    cart = finding.of_customer(customer_id())
    if cart is None:
        raise no_such("customerId", customer_id())
    return cart_document(cart)


@cart_route(bp, "GET", "", "get", (ADMIN, GUEST), active=False)
def get_cart(cart: Cart) -> dict[str, Any]:
    """cartRepository.get: one cart."""
    return cart_document(cart)


@bp.put("/carts/<segment:cart_id>")
@operation("assign_cart")
@serves(MANAGE)
def assign_cart(cart_id: int) -> bool:
    """cartManagement.assignCustomer: an anonymous cart becomes a customer's."""
    return _assign(finding.by_id(cart_id), whole_number(argument("customerId")))


@bp.put("/guest-carts/<segment:mask>")
@operation("assign_guest_cart")
@serves(SELF)
def assign_guest_cart(mask: str) -> bool:
    """guestCartManagement.assignCustomer: a guest's cart becomes that of the customer who calls."""
    if whole_number(argument("customerId")) != customer_id():
        raise CommerceError("You don't have the correct permissions to assign the customer to the cart.")
    return _assign(finding.by_mask(mask), customer_id())


def _assign(cart: Cart, entity_id: int) -> bool:
    finding.check_active(cart)
    store_id = whole_number(argument("storeId"))
    finding.assign(cart, accounts.get(entity_id), store_id)
    db.session.commit()
    return True


@cart_route(bp, "GET", "/items", "items")
def list_items(cart: Cart) -> list[dict[str, Any]]:
    """cartItemRepository.getList: what is in the cart."""
    name = cart.masked_id if is_guest() and cart.masked_id else cart.entity_id
    return [item_document(item, line, name) for item, line in lines.visible(cart)]


@cart_route(bp, "POST", "/items", "add_item")
def add_item(cart: Cart) -> dict[str, Any]:
    """cartItemRepository.save: more of a product in the cart that ``quote_id`` names."""
    given = read(_item_schema, argument("cartItem"))
    meant = _meant(cart, given)
    quantity, choice = lines.quantity_of(given), choice_in(given.get("product_option"))
    if given.get("item_id"):
        item = lines.change(meant, given["item_id"], quantity, choice)
    else:
        item = lines.add(meant, given.get("sku"), quantity, choice)
    db.session.commit()
    return item_document(item, lines.line_shown(meant, item), meant.entity_id)


@cart_route(bp, "PUT", "/items/<segment:item_id>", "update_item")
def update_item(cart: Cart, item_id: int) -> dict[str, Any]:
    """cartItemRepository.save: another quantity of a line, or another choice."""
    given = read(_item_schema, argument("cartItem"))
    meant = _meant(cart, given)
    choice = choice_in(given.get("product_option"))
    item = lines.change(meant, item_id, lines.quantity_of(given), choice)
    db.session.commit()
    return item_document(item, lines.line_shown(meant, item), meant.entity_id)


def _meant(cart: Cart, given: dict[str, Any]) -> Cart:
    """The cart of the body: the address does not count, but for a customer's own."""
    if g.door not in {ADMIN, GUEST}:
        return cart
    quote_id = given.get("quote_id")
    if not quote_id:
        raise InputRequired("quoteId")
    if is_guest():
        meant = finding.by_mask(quote_id)
    elif quote_id.isdecimal():
        meant = finding.by_id(int(quote_id))
    else:
        raise no_such("cartId", quote_id)
    finding.check_active(meant)
    return meant


@cart_route(bp, "DELETE", "/items/<segment:item_id>", "delete_item")
def delete_item(cart: Cart, item_id: int) -> bool:
    """cartItemRepository.deleteById: a line less."""
    lines.remove(cart, item_id)
    db.session.commit()
    return True


@cart_route(bp, "GET", "/coupons", "coupon")
def get_coupon(cart: Cart) -> None:
    """couponManagement.get: the coupon of the cart; there are no price rules, so there is none."""
    del cart


@cart_route(bp, "PUT", "/coupons/<segment:code>", "set_coupon")
def set_coupon(cart: Cart, code: str) -> bool:
    """couponManagement.set: a coupon for the cart; none is valid."""
    del code
    if not lines.lines_of(cart):
        raise NoSuchEntity('The "%1" Cart doesn\'t contain products.', [cart.entity_id])
    raise NoSuchEntity("The coupon code isn't valid. Verify the code and try again.")


@cart_route(bp, "DELETE", "/coupons", "remove_coupon")
def remove_coupon(cart: Cart) -> bool:
    """couponManagement.remove: no coupon any more."""
    if not lines.lines_of(cart):
        raise NoSuchEntity('The "%1" Cart doesn\'t contain products.', [cart.entity_id])
    return True
