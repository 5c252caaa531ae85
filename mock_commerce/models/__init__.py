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
from mock_commerce.models.base import Base, agenda, counters, db
from mock_commerce.models.catalog import MAX_SALE_QTY, Attribute, AttributeSet, Product, sku_key
from mock_commerce.models.inventory import (
    Reservation,
    SalesChannel,
    Source,
    SourceItem,
    Stock,
    StockSourceLink,
)
from mock_commerce.models.log import LogEntry
from mock_commerce.models.sales import Creditmemo, Invoice, Order, OrderComment, OrderItem, Shipment
from mock_commerce.models.shop import Customer, Setting, Store, Website

__all__ = [
    "MAX_SALE_QTY",
    "AdminRole",
    "AdminUser",
    "Attribute",
    "AttributeSet",
    "Base",
    "Creditmemo",
    "Customer",
    "Integration",
    "Invoice",
    "LogEntry",
    "LoginFailure",
    "OauthNonce",
    "OpaqueToken",
    "Order",
    "OrderComment",
    "OrderItem",
    "Product",
    "Reservation",
    "RevokedTokens",
    "SalesChannel",
    "Setting",
    "Shipment",
    "Source",
    "SourceItem",
    "Stock",
    "StockSourceLink",
    "Store",
    "Website",
    "agenda",
    "counters",
    "db",
    "sku_key",
]
