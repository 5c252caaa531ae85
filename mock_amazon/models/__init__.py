"""What Amazon keeps: sellers, applications, tokens, listings and the one order aggregate."""

from mock_amazon.models.accounts import AccessToken, Application, Participation, Seller
from mock_amazon.models.base import Base, agenda, counters, db
from mock_amazon.models.listings import Listing
from mock_amazon.models.notifications import Destination, Notification, QueuedMessage, Subscription
from mock_amazon.models.orders import Order, OrderItem, Package, PackageItem

__all__ = [
    "AccessToken",
    "Application",
    "Base",
    "Destination",
    "Listing",
    "Notification",
    "Order",
    "OrderItem",
    "Package",
    "PackageItem",
    "Participation",
    "QueuedMessage",
    "Seller",
    "Subscription",
    "agenda",
    "counters",
    "db",
]
