"""Addresses of carts: as clients send them, as they are kept, and what orders mind about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_commerce.directory.places import address_errors, find_region, region_of
from mock_commerce.errors import CommerceError, no_such
from mock_commerce.models import CustomerAddress, db
from mock_commerce.webapi.inputs import read, schema

address_schema: Any = schema(
    "Address",
    text="region region_code country_id company telephone fax postcode city firstname lastname middlename "
    "prefix suffix vat_id email",
    texts="street",
    whole="id region_id customer_id same_as_billing customer_address_id save_in_address_book",
    raw="extension_attributes custom_attributes",
)
_NOT_KEPT = frozenset({"id", "customer_id", "extension_attributes", "custom_attributes"})
REQUIRED = ("region", "region_id", "region_code", "country_id", "street", "telephone", "postcode", "city",
            "firstname", "lastname", "email")  # fmt: skip


def read_address(content: Any, customer_id: int | None) -> dict[str, Any]:
    """An address as it is kept; one of the customer's book is filled in from there.

    Raises TypeInvalid, NoSuchEntity, Masked.
    """
    given = {key: value for key, value in read(address_schema, content).items() if value is not None}
    entry_id = given.get("customer_address_id")
    if entry_id:
        given = {**from_book(entry_id, customer_id), **given}
    return with_region({key: value for key, value in given.items() if key not in _NOT_KEPT})


def from_book(entry_id: int, customer_id: int | None) -> dict[str, Any]:
    """The address of a customer's book as carts have it.

    Raises NoSuchEntity for one that is not his.
    """
    entry = db.session.get(CustomerAddress, entry_id)
    if entry is None or entry.customer_id != customer_id:
        raise no_such("addressId", entry_id)
    fields = {key: value for key, value in entry.fields.items() if key != "custom_attributes"}
    region = fields.pop("region", None) or {}
    return {**fields, **region, "customer_address_id": entry_id}


def with_region(address: Mapping[str, Any]) -> dict[str, Any]:
    """The address with id, code and name of its region; a name alone is not looked up, as in Commerce."""
    country = str(address.get("country_id") or "").upper()
    region_id = address.get("region_id")
    if region_id:
        region = region_of(country, region_id)
    else:
        text = address.get("region_code") or address.get("region") or ""
        region = find_region(country, text)
        if region is not None and region.code.casefold() != text.strip().casefold():
            region = None
    if region is None:
        return dict(address)
    return {**address, "region": region.name, "region_code": region.code, "region_id": region.id}


def faults(address: Mapping[str, Any]) -> list[CommerceError]:
    """What an order minds: missing fields, and a region that the country does not have."""
    region_id = address.get("region_id")
    region = str(region_id) if region_id else ""
    if region_id and region_of(address.get("country_id") or "", region_id) is not None:
        region = address["region_code"]
    return address_errors({**address, "region": region}, "telephone")


def document(address: Mapping[str, Any] | None, address_id: int, email: str | None) -> dict[str, Any]:
    """An address of a cart on the wire; one that nobody gave is empty."""
    kept = address or {}
    return {
        "id": address_id,
        **dict.fromkeys(REQUIRED),
        "email": email,
        "same_as_billing": 0,
        "save_in_address_book": 0,
        **{key: value for key, value in kept.items() if value is not None},
        "street": kept.get("street") or [""],
    }
