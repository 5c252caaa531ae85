"""Customers: the search by what they are known by, and new accounts. Addresses are not imitated."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_commerce.auth import ANONYMOUS
from mock_commerce.errors import CommerceError
from mock_commerce.inputs import read, schema
from mock_commerce.models import Customer, Store, Website, db
from mock_commerce.rest import argument, section, serves
from mock_commerce.sales import book
from mock_commerce.search import Columns, criteria, rendered_page, unknown_attribute
from mock_commerce.wire.values import time
from simkit.simulation import operation

bp = section("customers")

GENERAL_GROUP = 1
_LABELS = {"email": "Email", "firstname": "First Name", "lastname": "Last Name"}
_customer_schema: Any = schema(
    "Customer",
    text="email firstname lastname middlename prefix suffix dob taxvat created_in confirmation created_at "
    "updated_at default_billing default_shipping",
    whole="id group_id website_id store_id gender disable_auto_group_change",
    raw="addresses extension_attributes custom_attributes",
)
COLUMNS: Columns = {
    "entity_id": Customer.entity_id,
    "email": Customer.email,
    "website_id": Customer.website_id,
    "firstname": Customer.firstname,
    "lastname": Customer.lastname,
    "created_at": Customer.created_at,
}


@bp.get("/customers/search")
@operation("find_customers")
@serves("Magento_Customer::customer")
def find_customers() -> dict[str, Any]:
    """customerRepository.getList: customers that fit the search criteria."""
    return rendered_page(criteria(), COLUMNS, Customer, _document, (Customer.entity_id,), unknown_attribute)


@bp.post("/customers")
@operation("create_customer")
@serves(ANONYMOUS)
def create_customer() -> dict[str, Any]:
    """accountManagement.createAccount: a new account; the real shop writes to the customer about it."""
    given = read(_customer_schema, argument("customer"))
    missing = [label for field, label in _LABELS.items() if not given.get(field)]
    if missing:
        raise CommerceError(f'"{missing[0]}" is a required value.')
    website_id = given.get("website_id") or db.session.get_one(Store, book.url_store()).website_id
    if db.session.get(Website, website_id) is None:
        raise CommerceError("The website with id %1 that was requested wasn't found.", [website_id])
    email = given["email"].lower()
    query = select(Customer.entity_id).where(Customer.email == email, Customer.website_id == website_id)
    if db.session.scalar(query) is not None:
        raise CommerceError("A customer with the same email address already exists in an associated website.")
    names = {field: given[field] for field in ("firstname", "lastname")}
    customer = Customer(email=email, website_id=website_id, created_at=book.now(), **names)
    db.session.add(customer)
    db.session.commit()
    return _document(customer)


def _document(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.entity_id,
        "group_id": GENERAL_GROUP,
        "created_at": time(customer.created_at),
        "updated_at": time(customer.created_at),
        "email": customer.email,
        "firstname": customer.firstname,
        "lastname": customer.lastname,
        "website_id": customer.website_id,
        "addresses": [],
        "disable_auto_group_change": 0,
    }
