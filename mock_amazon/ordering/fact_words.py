"""The words of an order's rare facts as Orders v0 spells them, and how 2026-01-01 does. Pure data."""

from __future__ import annotations

import re

PAYMENT_METHODS = ("COD", "CVS", "Other")
PAYMENTS = ("COD", "CVS", "GC", "PointsAccount", "Invoice", "CreditCard", "Pix", "Other")
"""How a part of the price was paid."""
_PAID_BY = {"COD": "CashOnDelivery", "CVS": "ConvenienceStore", "GC": "GiftCard", "Other": "Standard"}
EASY_SHIP = (
    *("PendingSchedule", "PendingPickUp", "PendingDropOff", "LabelCanceled", "PickedUp", "DroppedOff"),
    *("AtOriginFC", "AtDestinationFC", "Delivered", "RejectedByBuyer", "Undeliverable", "ReturningToSeller"),
    *("ReturnedToSeller", "Lost", "OutForDelivery", "Damaged"),
)
INVOICES = ("NotRequired", "NotFound", "Processing", "Errored", "Accepted")
INVOICE_PREFERENCES = ("INDIVIDUAL", "BUSINESS")
ORDER_TYPES = ("Preorder", "LongLeadTimeOrder", "BackOrder", "SourcingOnDemandOrder")
ORDER_PROGRAMS = ("AMAZON_BAZAAR", "AMAZON_HAUL", "DELIVERY_BY_AMAZON")
SHIP_PLUS = "FBM_SHIP_PLUS"
ITEM_PROGRAMS = ("SUBSCRIBE_AND_SAVE", SHIP_PLUS)
TAX_IDS = ("VAT", "CST", "CPF", "CNPJ")
ADDRESS_TYPES = ("RESIDENTIAL", "COMMERCIAL", "PICKUP_POINT")
CAPABILITIES = ("HAS_ACCESS_POINT", "PALLET_ENABLED", "PALLET_DISABLED")
DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
CONDITIONS = ("New", "Used", "Collectible", "Refurbished", "Preorder", "Club")
SUBCONDITIONS = (
    *("New", "Mint", "Very Good", "Good", "Acceptable", "Poor", "Club", "OEM", "Warranty"),
    *("Refurbished Warranty", "Refurbished", "Open Box", "Any", "Other"),
)
DEEMED_RESELLER = ("IOSS", "UOSS")
SUBSTITUTIONS = ("CUSTOMER_PREFERENCE", "AMAZON_RECOMMENDED", "DO_NOT_SUBSTITUTE")
CONSTRAINTS = {
    "pallet": ("PalletDelivery", "palletDelivery"),
    "signature": ("SignatureConfirmation", "signatureConfirmation"),
    "identity": ("RecipientIdentityVerification", "recipientIdentityVerification"),
    "age": ("RecipientAgeVerification", "recipientAgeVerification"),
    "cash": (None, "cashOnDelivery"),
}
"""What a delivery must obey, as both versions call it; v0 has no word for cash."""
UNITS = (
    *("OUNCES", "POUNDS", "KILOGRAMS", "GRAMS", "MILLIGRAMS", "INCHES", "FEET", "METERS", "CENTIMETERS"),
    *("MILLIMETERS", "SQUARE_METERS", "SQUARE_CENTIMETERS", "SQUARE_FEET", "SQUARE_INCHES", "GALLONS"),
    *("PINTS", "QUARTS", "FLUID_OUNCES", "LITERS", "CUBIC_METERS", "CUBIC_FEET", "CUBIC_INCHES"),
    *("CUBIC_CENTIMETERS", "COUNT"),
)
PACKAGE_STATUSES = ("PENDING", "IN_TRANSIT", "SHIPPED", "DELIVERED", "CANCELLED", "UNDELIVERABLE")
EASY_SHIP_PACKAGE = {
    **dict.fromkeys(EASY_SHIP[:3], "PENDING"),
    "LabelCanceled": "CANCELLED",
    **dict.fromkeys(("Delivered",), "DELIVERED"),
    **dict.fromkeys(("RejectedByBuyer", "Undeliverable", "Lost", "Damaged"), "UNDELIVERABLE"),
}
"""The status of a package by that of Easy Ship, as far as it is not on its way. Ours: Amazon has no table."""

_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def paid_by(payment: str) -> str:
    """The payment in the words of 2026-01-01, and of v0's PaymentMethodDetails."""
    return _PAID_BY.get(payment, payment)


def upper(word: str) -> str:
    """A word of v0 as 2026-01-01 writes it: PendingPickUp is PENDING_PICK_UP, Very Good is VERY_GOOD."""
    parts = _NEW_WORD.sub("_", word.replace(" ", "_")).upper()
    return parts.replace("CANCELED", "CANCELLED")
