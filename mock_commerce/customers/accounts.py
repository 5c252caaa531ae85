"""Accounts: finding, making, changing and deleting them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from mock_commerce import mails
from mock_commerce.access.auth import password_hash
from mock_commerce.customers import address_book, groups, passwords
from mock_commerce.errors import CommerceError, InputErrors, NoSuchEntity, no_such
from mock_commerce.models import Cart, Customer, CustomerGroup, Store, Website, db, row_by_id
from mock_commerce.sales import book

EXTRA = ("middlename", "prefix", "suffix", "dob", "taxvat", "gender", "custom_attributes",
         "disable_auto_group_change")  # fmt: skip
"""What an account only keeps."""
_LABELS = {"email": "Email", "firstname": "First Name", "lastname": "Last Name"}
LONGEST = 255
DUPLICATE = "A customer with the same email address already exists in an associated website."
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\Z")


def get(entity_id: int) -> Customer:
    """Raises NoSuchEntity."""
    customer = row_by_id(Customer, entity_id)
    if customer is None:
        raise no_such("customerId", entity_id)
    return customer


def find(email: str, website_id: int) -> Customer | None:
    query = select(Customer).where(Customer.email == email.lower(), Customer.website_id == website_id)
    return db.session.scalar(query)


def by_email(email: str, website_id: int) -> Customer:
    """Raises NoSuchEntity."""
    customer = find(email, website_id)
    if customer is None:
        raise NoSuchEntity(
            "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value",
            {"fieldName": "email", "fieldValue": email, "field2Name": "websiteId", "field2Value": website_id},
        )
    return customer


def create(given: Mapping[str, Any], password: str | None, store: Store) -> Customer:
    """A new account; the mail of welcome is written down. The caller commits.

    Raises CommerceError, InputErrors.
    """
    if errors := faults(given):
        raise InputErrors(errors)
    website_id = given.get("website_id") or store.website_id
    _check_website(website_id)
    if password is not None:
        passwords.check(password, given["email"])
    customer = Customer(website_id=website_id, store_id=_store_id(given, website_id), created_at=book.now())
    customer.group_id = groups.default_id()
    if password is not None:
        customer.password_hash = password_hash(password)
    _write(customer, given)
    kind = "customer_new" if password is not None else "customer_new_no_password"
    mails.write(kind, customer_id=customer.entity_id)
    return customer


def update(customer: Customer, given: Mapping[str, Any]) -> None:
    """Change the account; addresses that are given replace those that there are. The caller commits.

    The website has to be named though it is known. Raises CommerceError, InputErrors.
    """
    errors = faults(given)
    if not given.get("website_id"):
        errors.append(CommerceError('"Associate to Website" is a required value.'))
    if errors:
        raise InputErrors(errors)
    _check_website(given["website_id"])
    customer.website_id = given["website_id"]
    if given.get("store_id"):
        customer.store_id = _store_id(given, customer.website_id)
    _write(customer, given)


def delete(customer: Customer) -> None:
    """Orders stay; carts go. The caller commits."""
    for cart in db.session.scalars(select(Cart).where(Cart.customer_id == customer.entity_id)):
        cart.is_active = False
    db.session.delete(customer)


def is_email(text: str) -> bool:
    return len(text) <= LONGEST and _EMAIL.match(text) is not None


def faults(given: Mapping[str, Any]) -> list[CommerceError]:
    """What keeps an account from being saved, but for what others have already."""
    missing = [
        CommerceError(f'"{label}" is a required value.')
        for field, label in _LABELS.items()
        if not given.get(field)
    ]
    for field, label in _LABELS.items():
        if len(given.get(field) or "") > LONGEST:
            missing.append(
                CommerceError(f'"{label}" length must be equal or less than {LONGEST} characters.')
            )
    if given.get("email") and not is_email(given["email"]):
        missing.append(CommerceError('"Email" is not a valid email address.'))
    return missing


def _write(customer: Customer, given: Mapping[str, Any]) -> None:
    email = given["email"].lower()
    _check_free(email, customer)
    if given.get("group_id"):
        _check_group(given["group_id"])
        customer.group_id = given["group_id"]
    customer.email = email
    customer.firstname, customer.lastname = given["firstname"], given["lastname"]
    kept = {key: given[key] for key in EXTRA if key in given}
    customer.extra = {**(customer.extra or {}), **kept}
    customer.updated_at = book.now()
    db.session.add(customer)
    db.session.flush()
    if given.get("addresses") is not None:
        address_book.replace(customer, given["addresses"])


def _check_free(email: str, customer: Customer) -> None:
    with db.session.no_autoflush:
        other = find(email, customer.website_id)
    if other is not None and other is not customer:
        raise CommerceError(DUPLICATE)


def _check_website(website_id: int) -> None:
    if db.session.get(Website, website_id) is None:
        raise CommerceError("The website with id %1 that was requested wasn't found.", [website_id])


def _check_group(group_id: int) -> None:
    if db.session.get(CustomerGroup, group_id) is None:
        raise CommerceError("The specified customer group id does not exist.")


def _store_id(given: Mapping[str, Any], website_id: int) -> int | None:
    """The store view that is given, or the first of the website."""
    store_id = given.get("store_id")
    query = select(Store.store_id).where(Store.website_id == website_id).order_by(Store.store_id)
    views = list(db.session.scalars(query))
    if store_id and store_id not in views:
        raise CommerceError("The store view is not in the associated website.")
    return store_id or (views[0] if views else None)
