"""Checkout: estimates, addresses, ways to ship and to pay, totals, and the order."""

from __future__ import annotations

from typing import Any

from flask import g

from mock_commerce.api.cart_routes import ADMIN, GUEST, MINE, cart_route, is_guest
from mock_commerce.carts import addresses, checkout, lines, totals
from mock_commerce.errors import CommerceError
from mock_commerce.models import Cart, db
from mock_commerce.webapi.inputs import read, schema
from mock_commerce.webapi.rest import argument, optional, optional_text, section, text_argument, whole_number
from mock_commerce.wire.cart import (
    billing_document,
    billing_id,
    payment_method_document,
    rate_document,
)

bp = section("checkout")

BUYERS = (GUEST, MINE)
_additional_schema: Any = schema("TotalsAdditionalData", raw="extension_attributes custom_attributes")
_shipping_schema: Any = schema(
    "ShippingInformation",
    text="shipping_method_code shipping_carrier_code",
    raw="shipping_address billing_address address extension_attributes custom_attributes",
)


@cart_route(bp, "POST", "/estimate-shipping-methods", "estimate_shipping")
def estimate_shipping(cart: Cart) -> list[dict[str, Any]]:
    """shipmentEstimation.estimateByExtendedAddress: what shipping there would cost."""
    addresses.read_address(argument("address"), cart.customer_id)
    return _rates(cart)


@cart_route(
    bp, "POST", "/estimate-shipping-methods-by-address-id", "estimate_shipping_by_address", (ADMIN, MINE)
)
def estimate_shipping_by_address(cart: Cart) -> list[dict[str, Any]]:
    """shippingMethodManagement.estimateByAddressId: what shipping to an address of the book would cost."""
    addresses.from_book(whole_number(argument("addressId")), cart.customer_id)
    return _rates(cart)


@cart_route(bp, "GET", "/shipping-methods", "shipping_methods")
def list_shipping_methods(cart: Cart) -> list[dict[str, Any]]:
    """shippingMethodManagement.getList: the ways to ship to the cart's address."""
    offered = _rates(cart)
    if offered and not (cart.shipping_address or {}).get("country_id"):
        raise CommerceError(checkout.NO_SHIPPING_ADDRESS)
    return offered


def _rates(cart: Cart) -> list[dict[str, Any]]:
    return [rate_document(rate) for rate in totals.rates(cart)]


@cart_route(bp, "POST", "/shipping-information", "shipping_information")
def save_shipping_information(cart: Cart) -> dict[str, Any]:
    """shippingInformationManagement.saveAddressInformation: where it goes and how."""
    checkout.set_shipping(cart, read(_shipping_schema, argument("addressInformation")))
    db.session.commit()
    return _payment_details(cart)


@cart_route(bp, "GET", "/billing-address", "billing_address")
def get_billing_address(cart: Cart) -> dict[str, Any]:
    """billingAddressManagement.get: where the bill goes."""
    return billing_document(cart)


@cart_route(bp, "POST", "/billing-address", "set_billing_address")
def set_billing_address(cart: Cart) -> int:
    """billingAddressManagement.assign: where the bill goes, and the goods too where that is wished."""
    checkout.set_billing(cart, argument("address"), for_shipping=bool(optional("useForShipping")))
    db.session.commit()
    return billing_id(cart)


@cart_route(bp, "GET", "/payment-methods", "payment_methods")
def list_payment_methods(cart: Cart) -> list[dict[str, str]]:
    """paymentMethodManagement.getList: the ways to pay for it."""
    return [payment_method_document(method) for method in totals.payment_methods(cart)]


@cart_route(bp, "GET", "/selected-payment-method", "selected_payment_method")
def get_payment_method(cart: Cart) -> dict[str, Any] | None:
    """paymentMethodManagement.get: the chosen way to pay."""
    return {**cart.payment, "additional_data": []} if cart.payment else None


@cart_route(bp, "PUT", "/selected-payment-method", "select_payment_method")
def select_payment_method(cart: Cart) -> int | str:
    """paymentMethodManagement.set: choose the way to pay; the schema wants a number of guests only."""
    checkout.set_payment(cart, checkout.read_payment(argument("method")))
    db.session.commit()
    return cart.entity_id if is_guest() else str(cart.entity_id)


@cart_route(bp, "GET", "/payment-information", "payment_information", BUYERS)
def get_payment_information(cart: Cart) -> dict[str, Any]:
    """paymentInformationManagement.getPaymentInformation: ways to pay, and totals."""
    return _payment_details(cart)


@cart_route(bp, "POST", "/set-payment-information", "set_payment_information", BUYERS)
def set_payment_information(cart: Cart) -> bool:
    """paymentInformationManagement.savePaymentInformation: how it is paid, by whom."""
    checkout.set_payment_information(cart, *_payment_input())
    db.session.commit()
    return True


@cart_route(bp, "POST", "/payment-information", "pay_and_place", BUYERS)
def pay_and_place(cart: Cart) -> str:
    """paymentInformationManagement.savePaymentInformationAndPlaceOrder: how it is paid, and the order."""
    return str(checkout.pay_and_place(cart, *_payment_input()).entity_id)


def _payment_input() -> tuple[dict[str, Any], str | None, Any]:
    email = text_argument("email") if g.door is GUEST else None
    return checkout.read_payment(argument("paymentMethod")), email, optional("billingAddress")


@cart_route(bp, "PUT", "/order", "place_order")
def place_order(cart: Cart) -> str:
    """cartManagement.placeOrder: the order."""
    payment = optional("paymentMethod")
    if payment is not None:
        checkout.set_payment(cart, checkout.read_payment(payment), needs_address=False)
    return str(checkout.place(cart).entity_id)


@cart_route(bp, "GET", "/totals", "totals")
def get_totals(cart: Cart) -> dict[str, Any]:
    """cartTotalRepository.get: what it costs."""
    return _totals(cart)


@cart_route(bp, "POST", "/totals-information", "totals_information")
def calculate_totals(cart: Cart) -> dict[str, Any]:
    """totalsInformationManagement.calculate: what it would cost, shipped there that way."""
    given = read(_shipping_schema, argument("addressInformation"))
    if not lines.lines_of(cart):
        raise CommerceError("Totals calculation is not applicable to empty cart")
    addresses.read_address(given.get("address") or {}, cart.customer_id)
    carrier, method = given.get("shipping_carrier_code"), given.get("shipping_method_code")
    tried = f"{carrier}_{method}" if carrier and method else None
    return totals.document(totals.totals_of(cart, tried))


@cart_route(bp, "PUT", "/collect-totals", "collect_totals", BUYERS)
def collect_totals(cart: Cart) -> dict[str, Any]:
    """cartTotalManagement.collectTotals: choose ways to ship and to pay, and see what it costs."""
    carrier, method = optional_text("shippingCarrierCode"), optional_text("shippingMethodCode")
    if carrier and method:
        checkout.set_method(cart, carrier, method)
    given = checkout.read_payment(argument("paymentMethod"))
    read(_additional_schema, optional("additionalData"))
    checkout.set_payment(cart, given, needs_address=False)
    db.session.commit()
    return _totals(cart)


def _payment_details(cart: Cart) -> dict[str, Any]:
    return {"payment_methods": list_payment_methods(cart), "totals": _totals(cart)}


def _totals(cart: Cart) -> dict[str, Any]:
    return totals.document(totals.totals_of(cart))
