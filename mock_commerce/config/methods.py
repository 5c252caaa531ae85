"""PURE: the ways to ship and to pay that come with Commerce, and which of them a purchase may choose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
FLAT_RATE = Decimal(5)
"""For each unit."""
CARRIERS = ("flatrate", "freeshipping")
PAYMENT_TITLES = {
    "checkmo": "Check / Money order",
    "free": "No Payment Information Required",
    "banktransfer": "Bank Transfer Payment",
    "cashondelivery": "Cash On Delivery",
    "purchaseorder": "Purchase Order",
}
ACTIVE_CARRIERS = ("flatrate",)
ACTIVE_PAYMENT_METHODS = ("checkmo", "free")
"""As Commerce is installed."""


@dataclass(frozen=True)
class Rate:
    """A shipping method with what it costs this time."""

    carrier: str
    method: str
    carrier_title: str
    method_title: str
    amount: Decimal

    @property
    def code(self) -> str:
        return f"{self.carrier}_{self.method}"

    @property
    def description(self) -> str:
        return f"{self.carrier_title} - {self.method_title}"


@dataclass(frozen=True)
class PaymentMethod:
    """A payment method under the title that buyers see."""

    code: str
    title: str


def rates(active: Collection[str], units: Decimal) -> list[Rate]:
    """What the active carriers ask for that many units."""
    offered = [
        Rate("flatrate", "flatrate", "Flat Rate", "Fixed", FLAT_RATE * units),
        Rate("freeshipping", "freeshipping", "Free Shipping", "Free", ZERO),
    ]
    return [rate for rate in offered if rate.carrier in active]


def payment_methods(active: Collection[str], total: Decimal) -> list[PaymentMethod]:
    """Those that a purchase of that total may choose: nothing to pay is paid by ``free`` only."""
    return [
        PaymentMethod(code, title)
        for code, title in PAYMENT_TITLES.items()
        if code in active and (code == "free") == (total == 0)
    ]
