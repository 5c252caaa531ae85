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
from mock_commerce.models.cart import Cart, CartItem
from mock_commerce.models.catalog import MAX_SALE_QTY, Product, Reservation, Source, SourceItem, sku_key
from mock_commerce.models.customers import Customer, CustomerAddress, CustomerGroup
from mock_commerce.models.log import LogEntry
from mock_commerce.models.mail import Mail
from mock_commerce.models.sales import Creditmemo, Invoice, Order, OrderComment, OrderItem, Shipment
from mock_commerce.models.shop import Setting, Store, Website

__all__ = [
    "MAX_SALE_QTY",
    "AdminRole",
    "AdminUser",
    "Base",
    "Cart",
    "CartItem",
    "Creditmemo",
    "Customer",
    "CustomerAddress",
    "CustomerGroup",
    "Integration",
    "Invoice",
    "LogEntry",
    "LoginFailure",
    "Mail",
    "OauthNonce",
    "OpaqueToken",
    "Order",
    "OrderComment",
    "OrderItem",
    "Product",
    "Reservation",
    "RevokedTokens",
    "Setting",
    "Shipment",
    "Source",
    "SourceItem",
    "Store",
    "Website",
    "agenda",
    "counters",
    "db",
    "sku_key",
]
