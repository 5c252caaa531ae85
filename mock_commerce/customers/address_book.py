"""The addresses of a customer: saved with the account, the default ones known to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mock_commerce.directory.places import address_errors, find_region, region_of
from mock_commerce.errors import InputErrors, no_such
from mock_commerce.models import Customer, CustomerAddress, db
from mock_commerce.webapi.inputs import schema

region_schema: Any = schema(
    "Region", text="region region_code", whole="region_id", raw="extension_attributes"
)
_NOT_KEPT = frozenset({"id", "customer_id", "default_billing", "default_shipping", "extension_attributes"})


def get(address_id: int) -> CustomerAddress:
    """Raises NoSuchEntity."""
    address = db.session.get(CustomerAddress, address_id)
    if address is None:
        raise no_such("addressId", address_id)
    return address


def replace(customer: Customer, given: Sequence[Mapping[str, Any]]) -> None:
    """Make these the customer's addresses: those with an id are changed, others made, the rest goes.

    Raises InputErrors, NoSuchEntity. The caller commits.
    """
    known = {address.entity_id: address for address in customer.addresses}
    kept = []
    for wish in given:
        address = _known(known, wish.get("id")) or CustomerAddress(fields={})
        address.fields = _fields({**address.fields, **wish})
        kept.append(address)
    customer.addresses[:] = kept
    db.session.flush()
    for address, wish in zip(kept, given, strict=True):
        for kind in ("default_billing", "default_shipping"):
            if wish.get(kind):
                setattr(customer, kind, address.entity_id)
    _forget_defaults(customer)


def remove(address: CustomerAddress) -> None:
    """The caller commits."""
    customer = db.session.get_one(Customer, address.customer_id)
    customer.addresses.remove(address)
    _forget_defaults(customer)


def _known(known: Mapping[int, CustomerAddress], address_id: int | None) -> CustomerAddress | None:
    if not address_id:
        return None
    if address_id not in known:
        raise no_such("addressId", address_id)
    return known[address_id]


def _forget_defaults(customer: Customer) -> None:
    ids = {address.entity_id for address in customer.addresses}
    for kind in ("default_billing", "default_shipping"):
        if getattr(customer, kind) not in ids:
            setattr(customer, kind, None)


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """The address as it is kept, with its region found.

    Raises InputErrors.
    """
    kept = {key: value for key, value in given.items() if value is not None and key not in _NOT_KEPT}
    kept["country_id"] = str(kept.get("country_id") or "").upper()
    region = _region(kept)
    kept |= {"region": region, "region_id": region["region_id"]}
    shown = region["region_code"] or (str(region["region_id"]) if region["region_id"] else "")
    if errors := address_errors({**kept, "region": shown}, "telephone"):
        raise InputErrors(errors)
    return kept


def _region(address: Mapping[str, Any]) -> dict[str, Any]:
    given = address.get("region") or {}
    region_id = given.get("region_id") or address.get("region_id")
    text = given.get("region_code") or given.get("region") or ""
    country = address["country_id"]
    found = region_of(country, region_id) if region_id else find_region(country, text)
    if found is None:
        return {"region_code": given.get("region_code"), "region": given.get("region"),
                "region_id": region_id or 0}  # fmt: skip
    return {"region_code": found.code, "region": found.name, "region_id": found.id}
