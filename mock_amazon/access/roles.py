"""The roles of an application, and the personal data that each opens. Pure data.

Sources: Amazon's pages "Access Orders PII", "Get order information", "Get tax information", "Get
authorization to access PII for bulk orders" and "Approve or reject a regulated order". Direct-to-Consumer
Shipping and Delivery are two names of one role. That either role opens the gift message is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mock_amazon.access.restricted import ADDRESS, BUYER, EMAIL, GIFT, NAME, NOTHING, REGULATED, TAX

_DELIVERY = frozenset({ADDRESS, EMAIL, GIFT, REGULATED})
_TAX = frozenset({BUYER, NAME, GIFT, TAX})
ROLES: Mapping[str, frozenset[str]] = {
    "Direct-to-Consumer Shipping": _DELIVERY,
    "Direct-to-Consumer Delivery": _DELIVERY,
    "Tax Invoicing": _TAX,
    "Tax Remittance": _TAX,
    **dict.fromkeys(
        (
            "Amazon Fulfillment",
            "Buyer Communication",
            "Buyer Solicitation",
            "Finance and Accounting",
            "Inventory and Order Tracking",
            "Pricing",
            "Product Listing",
            "Professional Services",
            "Selling Partner Insights",
        ),
        NOTHING,
    ),
}
EVERYTHING = _DELIVERY | _TAX


def opened_by(roles: Iterable[str] | None) -> frozenset[str]:
    """The personal data that these roles open together; None is every role."""
    return EVERYTHING if roles is None else NOTHING.union(*(ROLES[role] for role in roles))
