"""Customers as clients send them."""

from __future__ import annotations

from typing import Any

from mock_commerce.customers.address_book import region_schema
from mock_commerce.webapi.inputs import listed, nested, read, schema
from mock_commerce.webapi.rest import argument

_address_schema: Any = schema(
    "Address",
    text="country_id company telephone fax postcode city firstname lastname middlename prefix suffix vat_id",
    texts="street",
    whole="id customer_id region_id",
    flag="default_shipping default_billing",
    region=nested(region_schema),
    raw="extension_attributes custom_attributes",
)
_customer_schema: Any = schema(
    "Customer",
    text="email firstname lastname middlename prefix suffix dob taxvat created_in confirmation created_at "
    "updated_at default_billing default_shipping",
    whole="id group_id website_id store_id gender disable_auto_group_change",
    raw="extension_attributes custom_attributes",
    addresses=listed(_address_schema, "Magento\\Customer\\Api\\Data\\AddressInterface"),
)
_group_schema: Any = schema(
    "Group", text="code tax_class_name", whole="id tax_class_id", raw="extension_attributes"
)


def customer_input() -> dict[str, Any]:
    """The argument ``customer`` of the current call.

    Raises InputRequired, TypeInvalid, Masked.
    """
    return read(_customer_schema, argument("customer"))


def group_input() -> dict[str, Any]:
    """The argument ``group`` of the current call.

    Raises InputRequired, TypeInvalid, Masked.
    """
    return read(_group_schema, argument("group"))
