"""An Amazon order as the connector understands it, whatever version of the API it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Address:
    """Where Amazon says the parcel goes; any part may be missing or empty (L-34, F21)."""

    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    line3: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    phone: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that say something (F-06, F54: none of the three is lost)."""
        return tuple(line for line in (self.line1, self.line2, self.line3) if line.strip())


@dataclass(frozen=True)
class Line:
    """One order item. Amounts are for the whole line (F43); ``None``: Amazon did not tell yet."""

    item_id: str
    sku: str
    quantity: int
    shipped: int = 0
    title: str = ""
    asin: str = ""
    item_total: Decimal | None = None
    tax: Decimal = ZERO
    shipping: Decimal = ZERO
    discount: Decimal = ZERO
    """Positive."""
    gift_wrap: Decimal = ZERO
    gift_message: str = ""
    cancel_request: str | None = None
    """Why the buyer asks to cancel it, if that was asked."""


@dataclass(frozen=True)
class Package:
    """A parcel that Amazon knows of."""

    reference: str
    carrier: str = ""
    tracking: str = ""
    units: Mapping[str, int] = field(default_factory=dict)
    """Order item id to quantity."""


@dataclass(frozen=True)
class Order:
    """One Amazon order at one moment."""

    amazon_order_id: str
    status: str
    purchased_at: datetime
    updated_at: datetime
    marketplace_id: str = ""
    by_amazon: bool = False
    """Fulfilled by Amazon (AFN, FBA)."""
    currency: str = ""
    total: Decimal | None = None
    buyer_name: str = ""
    buyer_email: str = ""
    ship_to: Address = field(default_factory=Address)
    service_level: str = ""
    lines: tuple[Line, ...] = ()
    packages: tuple[Package, ...] = ()
    packages_told: bool = True
    """Orders v0 does not tell of packages; the items' shipped quantities have to say it all."""
    detailed: bool = True
    """The lines are of this version of the order; where not, they are older, or missing."""

    @property
    def live_lines(self) -> tuple[Line, ...]:
        """Lines that are still wanted: a cancelled line has quantity 0 (F23)."""
        return tuple(line for line in self.lines if line.quantity > 0)

    @property
    def cancel_request(self) -> str | None:
        """Why the buyer asks to cancel, if that was asked of any line that is still wanted (F81)."""
        return next(
            (line.cancel_request for line in self.live_lines if line.cancel_request is not None), None
        )

    @property
    def cancelled(self) -> bool:
        return self.status == "Canceled" or (bool(self.lines) and not self.live_lines)

    @property
    def address_withheld(self) -> bool:
        """Amazon tells too little to send a parcel there, or not even which country it is (F21)."""
        address = self.ship_to
        return not address.country or not (self.by_amazon or address.name or address.lines)

    @property
    def units_ordered(self) -> dict[str, int]:
        """Order item id to units that are wanted."""
        return {line.item_id: line.quantity for line in self.live_lines}

    @property
    def units_shipped(self) -> dict[str, int]:
        """Order item id to units that left, as Amazon counts them."""
        return {line.item_id: line.shipped for line in self.lines if line.shipped}

    @property
    def needed(self) -> dict[str, int]:
        """Seller SKU to units, summed over the lines (one SKU may stand in two)."""
        units: dict[str, int] = {}
        for line in self.live_lines:
            units[line.sku] = units.get(line.sku, 0) + line.quantity
        return units
