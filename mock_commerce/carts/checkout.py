"""The steps of a checkout: where it goes, how it is shipped and paid, and the placed order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_commerce import mails, stock
from mock_commerce.carts import addresses, lines, totals
from mock_commerce.config import methods
from mock_commerce.customers import accounts
from mock_commerce.errors import CommerceError, CouldNotSave, NoSuchEntity
from mock_commerce.models import Cart, Customer, Order, Store, db
from mock_commerce.sales import book, numbers, selling
from mock_commerce.sales import cart as selling_cart
from mock_commerce.sales.cart import NO_SHIPPING_METHOD, NO_SUCH_PAYMENT
from mock_commerce.sales.lines import needs
from mock_commerce.webapi.inputs import read, schema

payment_schema: Any = schema("Payment", text="method po_number", raw="additional_data extension_attributes")
NO_SHIPPING_ADDRESS = "The shipping address is missing. Set the address and try again."
UNSAVED_ADDRESS = "We can't save the address:\n%1"
SERVER_ERROR = "A server error stopped your order from being placed. Please try to place your order again."


def read_payment(content: Any) -> dict[str, Any]:
    """Raises TypeInvalid, Masked."""
    return read(payment_schema, content)


def set_shipping(cart: Cart, given: Mapping[str, Any]) -> None:
    """Take addresses and the way to ship. The caller commits.

    Raises CommerceError, NoSuchEntity.
    """
    if not lines.lines_of(cart):
        raise CommerceError(
            "The shipping method can't be set for an empty cart. Add an item to cart and try again."
        )
    shipping = _address(given.get("shipping_address"), cart)
    if not shipping.get("country_id"):
        raise CommerceError(NO_SHIPPING_ADDRESS)
    if given.get("billing_address") is not None:
        cart.billing_address = _address(given["billing_address"], cart)
    cart.shipping_address = shipping
    set_method(cart, given.get("shipping_carrier_code"), given.get("shipping_method_code"))
    _touch(cart)


def set_method(cart: Cart, carrier: str | None, method: str | None) -> None:
    """Take the way to ship.

    Raises NoSuchEntity for one that is not offered.
    """
    cart.shipping_method = check_method(cart, carrier, method)


def check_method(cart: Cart, carrier: str | None, method: str | None) -> str | None:
    """The code of a way to ship that is offered; None for a virtual cart.

    Raises NoSuchEntity.
    """
    if lines.is_virtual(cart):
        return None
    if not method:
        raise NoSuchEntity(NO_SHIPPING_METHOD)
    wanted = f"{carrier}_{method}"
    if wanted not in {rate.code for rate in totals.rates(cart)}:
        raise NoSuchEntity("Carrier with such method not found: %1, %2", [carrier, method])
    return wanted


def set_billing(cart: Cart, content: Any, *, for_shipping: bool = False) -> None:
    """Take the billing address, as that of the shipment too where that is wished. The caller commits."""
    cart.billing_address = _address(content, cart)
    if for_shipping:
        cart.shipping_address = {**cart.billing_address, "same_as_billing": 1}
    _touch(cart)


def _address(content: Any, cart: Cart) -> dict[str, Any]:
    return addresses.read_address(content or {}, cart.customer_id)


def set_payment(cart: Cart, given: Mapping[str, Any], *, needs_address: bool = True) -> None:
    """Take the way to pay. The caller commits.

    Raises CommerceError for one that is not offered (magento2#6628).
    """
    shipping = cart.shipping_address or {}
    if needs_address and not lines.is_virtual(cart) and not shipping.get("country_id"):
        raise CommerceError(NO_SHIPPING_ADDRESS)
    if not given.get("method"):
        raise CommerceError("The payment method you requested is not available.")
    if given["method"] not in {method.code for method in totals.payment_methods(cart)}:
        raise CommerceError(NO_SUCH_PAYMENT)
    if given["method"] == "purchaseorder" and not given.get("po_number"):
        raise CommerceError("Purchase order number is a required field.")
    cart.payment = {key: given[key] for key in ("method", "po_number") if given.get(key)}
    _touch(cart)


def set_payment_information(cart: Cart, given: Mapping[str, Any], email: str | None, billing: Any) -> None:
    """Take the way to pay, and where the bill goes. The caller commits.

    Raises CommerceError.
    """
    if billing is not None:
        set_billing(cart, billing)
    if email is not None:
        if not accounts.is_email(email):
            raise CommerceError(UNSAVED_ADDRESS, ["Email has a wrong format"])
        cart.customer_email = email
        cart.billing_address = {**(cart.billing_address or {}), "email": email}
    if not lines.units_of(cart):
        raise CouldNotSave("Some of the products are disabled.")
    set_payment(cart, given)


def pay_and_place(cart: Cart, given: Mapping[str, Any], email: str | None, billing: Any) -> Order:
    """The last step of a buyer's checkout: why it fails is told with its values in their places. Commits.

    Raises CommerceError, CouldNotSave.
    """
    set_payment_information(cart, given, email, billing)
    db.session.commit()
    try:
        return place(cart)
    except CommerceError as refusal:
        raise CouldNotSave(refusal.text) from None


def place(cart: Cart) -> Order:
    """Make the cart an order. Commits.

    Raises CommerceError; the number that the cart reserved before stays its own.
    """
    found = totals.totals_of(cart)
    bought = [line for _, line in found.rows]
    if not bought:
        raise CommerceError(SERVER_ERROR)
    products, demands = needs(bought)
    selling.check_still_in_stock(products, demands, stock.of_store(cart.store_id))
    payment = _checked(cart, found)
    if _reserve_number(cart):
        selling.check_still_in_stock(products, demands, stock.of_store(cart.store_id))
    _lock(cart)
    order = selling_cart.place(_purchase(cart, found, payment))
    mails.write("order_new", customer_id=cart.customer_id, order_id=order.entity_id)
    cart.is_active = False
    _touch(cart)
    db.session.commit()
    return order


def _checked(cart: Cart, found: totals.Totals) -> methods.PaymentMethod:
    """Commerce's rules on a cart that is to be an order, in their order; answers how it is paid."""
    shipping, billing = cart.shipping_address or {}, cart.billing_address or {}
    if not lines.is_virtual(cart):
        if not shipping.get("country_id"):
            raise CommerceError(
                "Some addresses can't be used due to the configurations for specific countries."
            )
        _check_address("shipping", shipping)
        if found.rate is None:
            raise CommerceError(NO_SHIPPING_METHOD)
    _check_address("billing", billing)
    if not cart.payment.get("method"):
        raise CommerceError("Enter a valid payment method and try again.")
    offered = {method.code: method for method in totals.payment_methods(cart)}
    if cart.payment["method"] not in offered:
        raise CommerceError(NO_SUCH_PAYMENT)
    if not (cart.customer_email or billing.get("email")):
        raise CommerceError(UNSAVED_ADDRESS, ['"Email" is required. Enter and try again.'])
    return offered[cart.payment["method"]]


def _check_address(kind: str, address: Mapping[str, Any]) -> None:
    if faults := addresses.faults(address):
        raise CommerceError(
            f"Please check the {kind} address information. %1", [" ".join(fault.text for fault in faults)]
        )


def _reserve_number(cart: Cart) -> bool:
    """Take an increment id; it is the cart's even where nothing comes of it: gaps are normal.

    Answers whether it had none before; then others may have bought meanwhile.
    """
    if cart.reserved_order_id is not None:
        return False
    cart.reserved_order_id = numbers.draw("order", cart.store_id)
    db.session.commit()
    return True


def _lock(cart: Cart) -> None:
    """Let nobody else place it meanwhile.

    Raises CommerceError where somebody else was faster.
    """
    db.session.refresh(cart, with_for_update=True)
    if not cart.is_active:
        raise CommerceError(SERVER_ERROR)


def _purchase(cart: Cart, found: totals.Totals, payment: methods.PaymentMethod) -> selling_cart.Purchase:
    billing, shipping = cart.billing_address or {}, cart.shipping_address or {}
    email = cart.customer_email or billing.get("email")
    po_number = cart.payment.get("po_number")
    return selling_cart.Purchase(
        store=db.session.get_one(Store, cart.store_id),
        lines=[line for _, line in found.rows],
        billing_address=_order_address(billing, email),
        shipping_address=None if lines.is_virtual(cart) else _order_address(shipping, email),
        rate=found.rate,
        payment=payment,
        email=email,
        customer_id=cart.customer_id,
        number=cart.reserved_order_id,
        payment_extra={} if po_number is None else {"po_number": po_number},
        extra={"quote_id": cart.entity_id, "email_sent": 1, "customer_note_notify": 1, **_names(cart)},
    )


def _order_address(address: Mapping[str, Any], email: str | None) -> dict[str, Any]:
    left_out = ("same_as_billing", "save_in_address_book")
    kept = {key: value for key, value in address.items() if key not in left_out}
    return {**kept, "email": kept.get("email") or email}


def _names(cart: Cart) -> dict[str, Any]:
    if cart.customer_id is None:
        return {}
    customer = db.session.get_one(Customer, cart.customer_id)
    names = {"customer_firstname": customer.firstname, "customer_lastname": customer.lastname}
    return {**names, "customer_group_id": customer.group_id}


def _touch(cart: Cart) -> None:
    cart.updated_at = book.now()
