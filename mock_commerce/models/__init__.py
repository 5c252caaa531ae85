"""The tables of the shop (SQLAlchemy 2, typed)."""

from mock_commerce.models.base import Base, agenda, counters, db
from mock_commerce.models.catalog import MAX_SALE_QTY, Product, Reservation, Source, SourceItem, sku_key
from mock_commerce.models.sales import Creditmemo, Invoice, Order, OrderComment, OrderItem, Shipment
from mock_commerce.models.shop import AdminUser, Customer, LoginFailure, Setting, Store, Website

__all__ = [
    "MAX_SALE_QTY",
    "AdminUser",
    "Base",
    "Creditmemo",
    "Customer",
    "Invoice",
    "LoginFailure",
    "Order",
    "OrderComment",
    "OrderItem",
    "Product",
    "Reservation",
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
