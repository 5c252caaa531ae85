"""Words and sums of stock in Amazon's network, as FBA Inventory v1 has them. Pure."""

from __future__ import annotations

import hashlib
from typing import Protocol

COUNTS = (
    *("fulfillable", "transshipment", "processing", "researching"),
    *("inbound_working", "inbound_shipped", "inbound_receiving"),
)
"""What the control API sets besides what is unfulfillable; units on order are those of the orders."""
INBOUND = tuple(name for name in COUNTS if name.startswith("inbound"))
REASONS = (
    *("customerDamaged", "warehouseDamaged", "distributorDamaged"),
    *("carrierDamaged", "defective", "expired"),
)
"""Why a unit cannot be sold."""


class Units(Protocol):
    """The counts of one seller SKU."""

    @property
    def fulfillable(self) -> int: ...
    @property
    def ordered(self) -> int: ...
    @property
    def transshipment(self) -> int: ...
    @property
    def processing(self) -> int: ...
    @property
    def inbound_working(self) -> int: ...
    @property
    def inbound_shipped(self) -> int: ...
    @property
    def inbound_receiving(self) -> int: ...
    @property
    def researching(self) -> int: ...
    @property
    def unfulfillable(self) -> dict[str, int]: ...


def reserved(units: Units) -> int:
    return units.ordered + units.transshipment + units.processing


def unfulfillable(units: Units) -> int:
    return sum(units.unfulfillable.values())


def total(units: Units) -> int:
    """All units in Amazon's network and on their way there."""
    inbound = units.inbound_working + units.inbound_shipped + units.inbound_receiving
    return units.fulfillable + reserved(units) + unfulfillable(units) + units.researching + inbound


def fn_sku_of(seller_sku: str) -> str:
    """The network's own name for a SKU: always the same."""
    return "X00" + hashlib.sha256(f"fn/{seller_sku}".encode()).hexdigest()[:7].upper()
