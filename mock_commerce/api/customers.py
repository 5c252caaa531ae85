"""Customers for administrators, and what everybody may do: open an account, ask for a new password."""

from __future__ import annotations

from typing import Any

from mock_commerce.access.auth import ANONYMOUS
from mock_commerce.access.callers import caller
from mock_commerce.config.settings import current
from mock_commerce.customers import accounts, address_book, passwords
from mock_commerce.errors import CommerceError
from mock_commerce.models import Customer, Store, db
from mock_commerce.sales import book
from mock_commerce.search.pages import Columns, criteria, rendered_page, unknown_attribute
from mock_commerce.webapi.rest import (
    argument,
    optional,
    optional_text,
    section,
    serves,
    text_argument,
    whole_number,
)
from mock_commerce.wire.customer import address_document, customer_document
from mock_commerce.wire.customer_input import customer_input
from simkit.simulation import operation

bp = section("customers")

READ, MANAGE = "Magento_Customer::customer", "Magento_Customer::manage"
COLUMNS: Columns = {
    "entity_id": Customer.entity_id,
    "email": Customer.email,
    "website_id": Customer.website_id,
    "store_id": Customer.store_id,
    "group_id": Customer.group_id,
    "firstname": Customer.firstname,
    "lastname": Customer.lastname,
    "default_billing": Customer.default_billing,
    "default_shipping": Customer.default_shipping,
    "created_at": Customer.created_at,
    "updated_at": Customer.updated_at,
    **{
        name: Customer.extra[name].as_string() for name in ("middlename", "prefix", "suffix", "dob", "taxvat")
    },
    "gender": Customer.extra["gender"].as_integer(),
}


@bp.get("/customers/search")
@operation("find_customers")
@serves(READ)
def find_customers() -> dict[str, Any]:
    """customerRepository.getList: customers that fit the search criteria."""
    keys = (Customer.entity_id,)
    return rendered_page(criteria(), COLUMNS, Customer, customer_document, keys, unknown_attribute)


@bp.post("/customers")
@operation("create_customer")
@serves(ANONYMOUS)
def create_customer() -> dict[str, Any]:
    """accountManagement.createAccount: a new account; the real shop writes to the customer about it."""
    given = customer_input()
    if not caller().may(MANAGE):
        given.pop("group_id", None)
    password = optional_text("password")
    store = db.session.get_one(Store, book.url_store())
    customer = accounts.create(given, password, store)
    db.session.commit()
    return customer_document(customer)


@bp.get("/customers/<segment:entity_id>")
@operation("get_customer")
@serves(READ)
def get_customer(entity_id: int) -> dict[str, Any]:
    """customerRepository.getById: one customer."""
    return customer_document(accounts.get(entity_id))


@bp.put("/customers/<segment:entity_id>")
@operation("update_customer")
@serves(MANAGE)
def update_customer(entity_id: int) -> dict[str, Any]:
    """customerRepository.save: change a customer."""
    customer = accounts.get(entity_id)
    accounts.update(customer, customer_input())
    db.session.commit()
    return customer_document(customer)


@bp.delete("/customers/<segment:entity_id>")
@operation("delete_customer")
@serves("Magento_Customer::delete")
def delete_customer(entity_id: int) -> bool:
    """customerRepository.deleteById: a customer less."""
    accounts.delete(accounts.get(entity_id))
    db.session.commit()
    return True


@bp.post("/customers/isEmailAvailable")
@operation("is_email_available")
@serves(ANONYMOUS)
def is_email_available() -> bool:
    """accountManagement.isEmailAvailable: whether nobody has an account under that address."""
    email = text_argument("customerEmail")
    if current().has("email_always_available"):
        return True
    return accounts.find(email, _website_id()) is None


@bp.put("/customers/password")
@operation("remind_of_password")
@serves(ANONYMOUS)
def remind_of_password() -> bool:
    """accountManagement.initiatePasswordReset: a mail with the token that opens the account again."""
    email, template = text_argument("email"), text_argument("template")
    passwords.remind(accounts.by_email(email, _website_id()), template)
    db.session.commit()
    return True


@bp.post("/customers/resetPassword")
@operation("reset_password")
@serves(ANONYMOUS)
def reset_password() -> bool:
    """accountManagement.resetPassword: another password for the one who has the token."""
    email, token = text_argument("email"), text_argument("resetToken")
    passwords.reset(accounts.by_email(email, _website_id()), token, text_argument("newPassword"))
    db.session.commit()
    return True


def _website_id() -> int:
    given = optional("websiteId")
    if given is not None:
        return whole_number(given)
    return db.session.get_one(Store, book.url_store()).website_id


@bp.get("/customers/<segment:entity_id>/password/resetLinkToken/<segment:token>")
@operation("check_reset_token")
@serves(ANONYMOUS)
def check_reset_token(entity_id: int, token: str) -> bool:
    """accountManagement.validateResetPasswordLinkToken: whether the token is that of the last mail."""
    passwords.check_token(accounts.get(entity_id), token)
    return True


@bp.put("/customers/validate")
@operation("validate_customer")
@serves(MANAGE)
def validate_customer() -> dict[str, Any]:
    """accountManagement.validate: what is wrong with a customer; nothing is saved."""
    faults = [fault.text for fault in accounts.faults(customer_input())]
    return {"valid": not faults, "messages": faults}


@bp.put("/customers/<segment:email>/activate")
@operation("activate_customer")
@serves(MANAGE)
def activate_customer(email: str) -> dict[str, Any]:
    """accountManagement.activate: confirm an account; those of this shop are confirmed from the start."""
    accounts.by_email(email, _website_id())
    raise CommerceError("The account is already active.")


@bp.get("/customers/<segment:entity_id>/confirm")
@operation("get_confirmation_status")
@serves(MANAGE)
def get_confirmation_status(entity_id: int) -> str:
    """accountManagement.getConfirmationStatus: what the account's confirmation waits for."""
    accounts.get(entity_id)
    return "account_confirmation_not_required"


@bp.post("/customers/confirm")
@operation("resend_confirmation")
@serves(MANAGE)
def resend_confirmation() -> bool:
    """accountManagement.resendConfirmation: the mail of confirmation again."""
    accounts.by_email(text_argument("email"), whole_number(argument("websiteId")))
    raise CommerceError("Confirmation isn't needed.")


@bp.get("/customers/<segment:entity_id>/permissions/readonly")
@operation("is_customer_readonly")
@serves(READ)
def is_customer_readonly(entity_id: int) -> bool:
    """accountManagement.isReadonly: whether nobody may delete the customer."""
    accounts.get(entity_id)
    return False


@bp.get("/customers/addresses/<segment:address_id>")
@operation("get_customer_address")
@serves(MANAGE)
def get_customer_address(address_id: int) -> dict[str, Any]:
    """addressRepository.getById: one address of somebody's book."""
    address = address_book.get(address_id)
    return address_document(address, accounts.get(address.customer_id))


@bp.delete("/addresses/<segment:address_id>")
@operation("delete_customer_address")
@serves(MANAGE)
def delete_customer_address(address_id: int) -> bool:
    """addressRepository.deleteById: an address less."""
    address_book.remove(address_book.get(address_id))
    db.session.commit()
    return True


@bp.get("/customers/<segment:entity_id>/billingAddress")
@operation("get_default_billing_address")
@serves(MANAGE)
def get_default_billing_address(entity_id: int) -> dict[str, Any] | None:
    """accountManagement.getDefaultBillingAddress: where a customer's bills go, if that is known."""
    customer = accounts.get(entity_id)
    return entry(customer, customer.default_billing)


@bp.get("/customers/<segment:entity_id>/shippingAddress")
@operation("get_default_shipping_address")
@serves(MANAGE)
def get_default_shipping_address(entity_id: int) -> dict[str, Any] | None:
    """accountManagement.getDefaultShippingAddress: where a customer's goods go, if that is known."""
    customer = accounts.get(entity_id)
    return entry(customer, customer.default_shipping)


def entry(customer: Customer, address_id: int | None) -> dict[str, Any] | None:
    """An address of the customer's book on the wire."""
    return None if address_id is None else address_document(address_book.get(address_id), customer)
