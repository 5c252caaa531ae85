"""What Amazon keeps: sellers, applications, tokens, listings, feeds, reports and the one order aggregate."""

from mock_amazon.models.accounts import (
    AccessToken,
    Application,
    Authorization,
    AuthorizationCode,
    Participation,
    Seller,
)
from mock_amazon.models.base import Base, agenda, counters, db
from mock_amazon.models.feeds import Feed, Refund
from mock_amazon.models.jobs import Document, Job, Processing
from mock_amazon.models.listings import FbaAddition, FbaStock, Listing
from mock_amazon.models.notifications import Destination, Notification, QueuedMessage, Subscription
from mock_amazon.models.orders import Order, OrderItem, Package, PackageItem
from mock_amazon.models.regulated import RegulatedOrder
from mock_amazon.models.reports import Report, ReportSchedule

__all__ = [
    "AccessToken",
    "Application",
    "Authorization",
    "AuthorizationCode",
    "Base",
    "Destination",
    "Document",
    "FbaAddition",
    "FbaStock",
    "Feed",
    "Job",
    "Listing",
    "Notification",
    "Order",
    "OrderItem",
    "Package",
    "PackageItem",
    "Participation",
    "Processing",
    "QueuedMessage",
    "Refund",
    "RegulatedOrder",
    "Report",
    "ReportSchedule",
    "Seller",
    "Subscription",
    "agenda",
    "counters",
    "db",
]
