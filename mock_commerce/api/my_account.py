"""The calling customer's own account."""

from __future__ import annotations

from typing import Any

from mock_commerce.access.auth import SELF
from mock_commerce.access.callers import customer_id
from mock_commerce.api.customers import entry
from mock_commerce.customers import accounts, passwords
from mock_commerce.errors import CommerceError
from mock_commerce.models import db
from mock_commerce.webapi.rest import argument, section, serves, text_argument
from mock_commerce.wire.customer import customer_document
from mock_commerce.wire.customer_input import customer_input
from simkit.simulation import operation

bp = section("my_account")


@bp.get("/customers/me")
@operation("get_me")
@serves(SELF)
def get_me() -> dict[str, Any]:
    """customerRepository.getById: the calling customer."""
    return customer_document(accounts.get(customer_id()))


@bp.put("/customers/me")
@operation("update_me")
@serves(SELF)
def update_me() -> dict[str, Any]:
    """customerRepository.save: change one's own account; the group is not one's own choice."""
    customer = accounts.get(customer_id())
    given = customer_input()
    given.pop("group_id", None)
    accounts.update(customer, given)
    db.session.commit()
    return customer_document(customer)


@bp.put("/customers/me/password")
@operation("change_my_password")
@serves(SELF)
def change_my_password() -> bool:
    """accountManagement.changePasswordById: another password for the one who knows the current one."""
    old, new = text_argument("currentPassword"), text_argument("newPassword")
    passwords.change(accounts.get(customer_id()), old, new)
    db.session.commit()
    return True


@bp.put("/customers/me/activate")
@operation("activate_me")
@serves(SELF)
def activate_me() -> dict[str, Any]:
    """accountManagement.activateById: confirm one's account; it is confirmed from the start."""
    argument("confirmationKey")
    raise CommerceError("The account is already active.")


@bp.get("/customers/me/billingAddress")
@operation("get_my_billing_address")
@serves(SELF)
def get_my_billing_address() -> dict[str, Any] | None:
    """accountManagement.getMyDefaultBillingAddress: where one's bills go, if that is known."""
    customer = accounts.get(customer_id())
    return entry(customer, customer.default_billing)


@bp.get("/customers/me/shippingAddress")
@operation("get_my_shipping_address")
@serves(SELF)
def get_my_shipping_address() -> dict[str, Any] | None:
    """accountManagement.getMyDefaultShippingAddress: where one's goods go, if that is known."""
    customer = accounts.get(customer_id())
    return entry(customer, customer.default_shipping)
