"""Groups of customers, and which of them new accounts belong to."""

from __future__ import annotations

from mock_commerce.config import settings
from mock_commerce.models import CustomerGroup
from mock_commerce.models.customers import GENERAL_GROUP

NOT_LOGGED_IN = 0
DEFAULT = "customer/create_account/default_group"
NAMES = {NOT_LOGGED_IN: "NOT LOGGED IN", GENERAL_GROUP: "General", 2: "Wholesale", 3: "Retailer"}
"""Those that Commerce is installed with."""


def default_id() -> int:
    """The group of new accounts."""
    return int(settings.read(DEFAULT) or GENERAL_GROUP)


def installed() -> list[CustomerGroup]:
    return [CustomerGroup(customer_group_id=number, code=name) for number, name in NAMES.items()]
