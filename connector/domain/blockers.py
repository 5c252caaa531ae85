"""The reasons why an order gets no Commerce order: what is wrong, and what a person does about it.

A blocker is a value, not an exception. All of an order's blockers are collected; the first by
precedence is the primary one. Texts of the documented three are Adobe's (B-01 to B-03).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Stable blocker codes, in order of precedence. The first three belong to a store, not to an order."""

    AUTH_FAILED = "auth_failed"
    STORE_CONFIG = "store_config"
    ORDERS_API_REMOVED = "orders_api_removed"
    UNKNOWN_STATUS = "unknown_status"
    DETAILS_INCOMPLETE = "details_incomplete"
    PII_UNAVAILABLE = "pii_unavailable"
    ITEM_NOT_IN_CATALOG = "item_not_in_catalog"
    ITEM_AMBIGUOUS = "item_ambiguous"
    ITEM_DELETED = "item_deleted"
    ITEM_DISABLED = "item_disabled"
    ITEM_NOT_IN_WEBSITE = "item_not_in_website"
    ITEM_TYPE_UNSUPPORTED = "item_type_unsupported"
    QUANTITY_RULE = "quantity_rule"
    ITEM_OUT_OF_STOCK = "item_out_of_stock"
    CURRENCY_UNSUPPORTED = "currency_unsupported"
    ADDRESS_INVALID = "address_invalid"
    TOTAL_MISMATCH = "total_mismatch"
    COMMERCE_REJECTED = "commerce_rejected"


PRECEDENCE = {code: rank for rank, code in enumerate(Code)}

_DOES_NOT_EXIST = 'Cannot create sales order: Product "{sku}" does not exist'
_NOT_SALABLE = 'Cannot create sales order: Product "{sku}" in order is not salable'
_REFUSED = "Cannot create sales order: {reason}"


@dataclass(frozen=True)
class _Kind:
    note: str
    resolution: str


KINDS: dict[Code, _Kind] = {
    Code.AUTH_FAILED: _Kind(
        "Access failed: {reason}",
        "Renew the access of store {store}: check the credentials, then connect it again; where Commerce "
        "names a resource, give it to the role of their user.",
    ),
    Code.ORDERS_API_REMOVED: _Kind(
        "Orders cannot be read: Amazon refuses version v0 of its Orders API ({reason})",
        "Choose 2026-01-01 in the setting orders_api_version of store {store}; nothing is lost by it.",
    ),
    Code.STORE_CONFIG: _Kind(
        "Orders cannot be placed: {reason}",
        "Enable the module {module} in Commerce, or choose another way in the setting place_orders_by: "
        "orders_api.",
    ),
    Code.UNKNOWN_STATUS: _Kind(
        "Amazon's status {status} is not known here",
        "Look the order up in Seller Central; it is imported when Amazon sends a status that is known.",
    ),
    Code.DETAILS_INCOMPLETE: _Kind(
        "No items in the order. Please check data consistency or report a bug.",
        "Wait for the next sync: Amazon has not sent the items and prices yet.",
    ),
    Code.PII_UNAVAILABLE: _Kind(
        _REFUSED.format(reason="Amazon withholds the buyer's address"),
        "Give the application the role for shipping addresses in Seller Central.",
    ),
    Code.ITEM_NOT_IN_CATALOG: _Kind(
        _DOES_NOT_EXIST,
        'Create product "{sku}" in the Commerce catalog, or match the Amazon listing by hand to a product.',
    ),
    Code.ITEM_AMBIGUOUS: _Kind(
        'Cannot create sales order: "{sku}" fits several products',
        'Match "{sku}" by hand to one product.',
    ),
    Code.ITEM_DELETED: _Kind(
        _DOES_NOT_EXIST,
        'Product "{product}" was deleted from the catalog: create it again, or match "{sku}" to another one.',
    ),
    Code.ITEM_DISABLED: _Kind(
        _NOT_SALABLE, 'Enable product "{product}" in the Commerce catalog (Product Status).'
    ),
    Code.ITEM_NOT_IN_WEBSITE: _Kind(
        _NOT_SALABLE, 'Assign product "{product}" to website "{website}" in the Commerce catalog.'
    ),
    Code.ITEM_TYPE_UNSUPPORTED: _Kind(
        _NOT_SALABLE, 'Match "{sku}" to a simple or virtual product: "{product}" is {type}.'
    ),
    Code.QUANTITY_RULE: _Kind(
        _REFUSED, "Change the quantity rules of the product in Commerce (minimum, maximum, increments)."
    ),
    Code.ITEM_OUT_OF_STOCK: _Kind(
        _NOT_SALABLE,
        'Raise the quantity of product "{product}" at its source in Commerce: {needed} needed, '
        "{available} available.",
    ),
    Code.CURRENCY_UNSUPPORTED: _Kind(
        _REFUSED, "Set up the currency and its conversion rate in Commerce (pre-setup task 6)."
    ),
    Code.ADDRESS_INVALID: _Kind(_REFUSED, "Correct the shipping address of the order."),
    Code.TOTAL_MISMATCH: _Kind(
        _REFUSED.format(reason="the lines add up to {sum}, Amazon says {total}"),
        "Compare the amounts in Seller Central; the order is imported when Amazon sends amounts that add up.",
    ),
    Code.COMMERCE_REJECTED: _Kind(
        _REFUSED, "Read Commerce's message and mend its cause there; the order is tried again at each sync."
    ),
}


@dataclass(frozen=True)
class Blocker:
    """One reason, with the data that its texts speak of."""

    code: Code
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def note(self) -> str:
        return KINDS[self.code].note.format_map(self.data)

    @property
    def resolution(self) -> str:
        return KINDS[self.code].resolution.format_map(self.data)


def by_precedence(blockers: list[Blocker]) -> list[Blocker]:
    """The primary one first; among equals the order of the lines stays."""
    return sorted(blockers, key=lambda blocker: PRECEDENCE[blocker.code])
