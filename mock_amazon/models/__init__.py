"""What Amazon keeps: sellers, applications, tokens, listings, feeds, reports and the one order aggregate."""

from mock_amazon.models.accounts import AccessToken, Application, Participation, Seller
from mock_amazon.models.base import Base, agenda, counters, db
from mock_amazon.models.feeds import Feed, Refund
from mock_amazon.models.jobs import Document, Job, Processing
from mock_amazon.models.listings import Listing
from mock_amazon.models.orders import Order, OrderItem, Package, PackageItem
from mock_amazon.models.reports import Report, ReportSchedule

__all__ = [
    "AccessToken",
    "Application",
    "Base",
    "Document",
    "Feed",
    "Job",
    "Listing",
    "Order",
    "OrderItem",
    "Package",
    "PackageItem",
    "Participation",
    "Processing",
    "Refund",
    "Report",
    "ReportSchedule",
    "Seller",
    "agenda",
    "counters",
    "db",
]
