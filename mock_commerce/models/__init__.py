"""The tables of the shop (SQLAlchemy 2, typed)."""

from mock_commerce.models.access import (
    AdminRole,
    AdminUser,
    Integration,
    LoginFailure,
    OauthNonce,
    OpaqueToken,
    RevokedTokens,
)
from mock_commerce.models.base import Base, agenda, counters, db, row_by_id
from mock_commerce.models.bulk import Bulk, Operation
from mock_commerce.models.cart import Cart, CartItem
from mock_commerce.models.catalog import MAX_SALE_QTY, Attribute, AttributeSet, Product, sku_key
from mock_commerce.models.cron import CronRun, GridLag
from mock_commerce.models.customers import Customer, CustomerAddress, CustomerGroup
from mock_commerce.models.inventory import (
    Reservation,
    SalesChannel,
    Source,
    SourceItem,
    Stock,
    StockSourceLink,
)
from mock_commerce.models.log import LogEntry
from mock_commerce.models.mail import Mail
from mock_commerce.models.sales import (
    Creditmemo,
    Invoice,
    Order,
    OrderComment,
    OrderItem,
    Shipment,
    ShipmentTrack,
    Transaction,
)
from mock_commerce.models.shop import ADMIN_STORE_ID, DEFAULT_STORE_ID, Setting, Store, Website
from mock_commerce.models.webhook import Delivery, Webhook

__all__ = [
    "ADMIN_STORE_ID",
    "DEFAULT_STORE_ID",
    "MAX_SALE_QTY",
    "AdminRole",
    "AdminUser",
    "Attribute",
    "AttributeSet",
    "Base",
    "Bulk",
    "Cart",
    "CartItem",
    "Creditmemo",
    "CronRun",
    "Customer",
    "CustomerAddress",
    "CustomerGroup",
    "Delivery",
    "GridLag",
    "Integration",
    "Invoice",
    "LogEntry",
    "LoginFailure",
    "Mail",
    "OauthNonce",
    "OpaqueToken",
    "Operation",
    "Order",
    "OrderComment",
    "OrderItem",
    "Product",
    "Reservation",
    "RevokedTokens",
    "SalesChannel",
    "Setting",
    "Shipment",
    "ShipmentTrack",
    "Source",
    "SourceItem",
    "Stock",
    "StockSourceLink",
    "Store",
    "Transaction",
    "Webhook",
    "Website",
    "agenda",
    "counters",
    "db",
    "row_by_id",
    "sku_key",
]
