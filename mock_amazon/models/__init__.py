"""What Amazon keeps: sellers, applications, tokens, listings and the one order aggregate."""

from mock_amazon.models.accounts import (
    AccessToken,
    Application,
    Authorization,
    AuthorizationCode,
    Participation,
    Seller,
)
from mock_amazon.models.base import Base, agenda, counters, db
from mock_amazon.models.listings import FbaAddition, FbaStock, Listing
from mock_amazon.models.notifications import Destination, Notification, QueuedMessage, Subscription
from mock_amazon.models.orders import Order, OrderItem, Package, PackageItem
from mock_amazon.models.regulated import RegulatedOrder

__all__ = [
    "AccessToken",
    "Application",
    "Authorization",
    "AuthorizationCode",
    "Base",
    "Destination",
    "FbaAddition",
    "FbaStock",
    "Listing",
    "Notification",
    "Order",
    "OrderItem",
    "Package",
    "PackageItem",
    "Participation",
    "QueuedMessage",
    "RegulatedOrder",
    "Seller",
    "Subscription",
    "agenda",
    "counters",
    "db",
]
