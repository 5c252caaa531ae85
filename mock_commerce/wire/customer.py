"""A customer and the addresses of his book as Commerce shows them."""

from __future__ import annotations

from typing import Any

from mock_commerce.models import Customer, CustomerAddress
from mock_commerce.wire.values import time, without_nulls

CREATED_IN = "Default Store View"


def customer_document(customer: Customer) -> dict[str, Any]:
    document = {
        "id": customer.entity_id,
        "group_id": customer.group_id,
        "default_billing": _id(customer.default_billing),
        "default_shipping": _id(customer.default_shipping),
        "created_at": time(customer.created_at),
        "updated_at": time(customer.updated_at or customer.created_at),
        "created_in": CREATED_IN,
        "email": customer.email,
        "firstname": customer.firstname,
        "lastname": customer.lastname,
        "store_id": customer.store_id,
        "website_id": customer.website_id,
        "addresses": [address_document(address, customer) for address in customer.addresses],
        "disable_auto_group_change": 0,
        **customer.extra,
    }
    return without_nulls(document, ("email", "firstname", "lastname"))


def address_document(address: CustomerAddress, customer: Customer) -> dict[str, Any]:
    """An address; only the default ones say that they are."""
    document = {"id": address.entity_id, "customer_id": customer.entity_id, **address.fields}
    for kind in ("billing", "shipping"):
        if getattr(customer, f"default_{kind}") == address.entity_id:
            document[f"default_{kind}"] = True
    return document


def _id(address_id: int | None) -> str | None:
    return None if address_id is None else str(address_id)
