"""Words for stock in Amazon's network, as FBA Inventory v1 has them. Pure."""

from __future__ import annotations

import hashlib

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


def fn_sku_of(seller_sku: str) -> str:
    """The network's own name for a SKU: always the same."""
    return "X00" + hashlib.sha256(f"fn/{seller_sku}".encode()).hexdigest()[:7].upper()
