"""What a role may see and do in the Admin: a page asks for the ACL resource of its like in the REST API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, abort, g, request

from mock_commerce.access.callers import Caller
from mock_commerce.access.tokens import ADMIN
from mock_commerce.models import AdminUser

_SYSTEM = "Magento_Backend::system"
_SALES = "Magento_Sales::"
_VERB = "verb"
NEEDS: Mapping[str, str] = {
    "admin_orders.index": f"{_SALES}actions_view",
    "admin_order.view": f"{_SALES}actions_view",
    "admin_order.comment": f"{_SALES}comment",
    "admin_papers.ship": f"{_SALES}ship",
    "admin_papers.invoice": f"{_SALES}invoice",
    "admin_papers.creditmemo": f"{_SALES}creditmemo",
    "admin_documents.invoices": f"{_SALES}sales_invoice",
    "admin_document.invoice": f"{_SALES}sales_invoice",
    "admin_documents.shipments": f"{_SALES}shipment",
    "admin_document.shipment": f"{_SALES}shipment",
    "admin_document.add_track": f"{_SALES}shipment",
    "admin_documents.creditmemos": f"{_SALES}sales_creditmemo",
    "admin_document.creditmemo": f"{_SALES}sales_creditmemo",
    "admin_documents.transactions": f"{_SALES}transactions_fetch",
    "admin_products.index": "Magento_Catalog::products",
    "admin_products.new": "Magento_Catalog::products",
    "admin_products.edit": "Magento_Catalog::products",
    "admin_customers.index": "Magento_Customer::customer",
    "admin_customers.view": "Magento_Customer::customer",
    "admin_customers.carts": "Magento_Cart::manage",
    "admin_stock.sources": "Magento_InventoryApi::source",
    "admin_stock.stocks": "Magento_InventoryApi::stock",
    "admin_system.configuration": "Magento_Config::config",
    "admin_system.permissions": "Magento_User::acl_users",
    "admin_system.log": _SYSTEM,
    "admin_tasks.bulk_actions": "Magento_Logging::system_magento_logging_bulk_operations",
    "admin_tasks.bulk_details": "Magento_Logging::system_magento_logging_bulk_operations",
    "admin_tasks.cron": _SYSTEM,
    "admin_tasks.webhooks": _SYSTEM,
    "admin_tasks.mails": _SYSTEM,
}
MENU: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        "Sales",
        (
            ("admin_orders.index", "Orders"),
            ("admin_documents.invoices", "Invoices"),
            ("admin_documents.shipments", "Shipments"),
            ("admin_documents.creditmemos", "Credit Memos"),
            ("admin_documents.transactions", "Transactions"),
        ),
    ),
    ("Catalog", (("admin_products.index", "Products"),)),
    ("Customers", (("admin_customers.index", "All Customers"), ("admin_customers.carts", "Carts"))),
    (
        "Stores",
        (
            ("admin_system.configuration", "Configuration"),
            ("admin_stock.sources", "Sources"),
            ("admin_stock.stocks", "Stocks"),
        ),
    ),
    (
        "System",
        (
            ("admin_system.permissions", "Permissions"),
            ("admin_tasks.bulk_actions", "Bulk Actions"),
            ("admin_tasks.cron", "Cron"),
            ("admin_tasks.webhooks", "Webhooks"),
            ("admin_tasks.mails", "Mails"),
            ("admin_system.log", "Exception Log"),
        ),
    ),
)
_BELOW = {
    "admin_order": "admin_orders.index",
    "admin_papers": "admin_orders.index",
    "admin_document.invoice": "admin_documents.invoices",
    "admin_document.shipment": "admin_documents.shipments",
    "admin_document.add_track": "admin_documents.shipments",
    "admin_document.creditmemo": "admin_documents.creditmemos",
    "admin_products": "admin_products.index",
    "admin_customers.view": "admin_customers.index",
    "admin_tasks.bulk_details": "admin_tasks.bulk_actions",
}
"""The entry of the menu that a page, or all pages of a section, stand below."""


VERBS = ("cancel", "hold", "unhold")
DENIED = "Sorry, you need permissions to view this content."


def mark(app: Flask) -> None:
    """Mark the pages as ``serves`` marks routes: so roles may hold the resources of both."""
    for endpoint, resource in NEEDS.items():
        app.view_functions[endpoint].resource = resource  # type: ignore[union-attr] # a mark on a function


def may(user: AdminUser, endpoint: str, **values: Any) -> bool:
    """Whether the user's role has what the page asks for; pages without a resource are for all."""
    needed = _needed(endpoint, values)
    return needed is None or Caller(ADMIN, user.user_id, user.role.resources).may(needed)


def _needed(endpoint: str, values: Mapping[str, Any]) -> str | None:
    return f"{_SALES}{values[_VERB]}" if _VERB in values else NEEDS.get(endpoint)


def require_right() -> None:
    """Raises werkzeug's Forbidden, in Commerce's words, and with the resource that is lacking."""
    endpoint, values = str(request.endpoint), request.view_args or {}
    if not may(g.admin, endpoint, **values):
        lacking = _needed(endpoint, values)
        role = g.admin.role.name
        abort(403, f"{DENIED} The role {role!r} lacks {lacking}.")


def menu(user: AdminUser | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups of the menu with what the user may open of them."""
    if user is None:
        return []
    allowed = [
        (group, [(endpoint, text) for endpoint, text in entries if may(user, endpoint)])
        for group, entries in MENU
    ]
    return [(group, entries) for group, entries in allowed if entries]


def home(user: AdminUser) -> str:
    """The endpoint of the first page that the user may open."""
    return next((entries[0][0] for _, entries in menu(user)), MENU[0][1][0][0])


def here() -> str:
    """The entry of the menu that the current page stands below."""
    endpoint = str(request.endpoint)
    return _BELOW.get(endpoint) or _BELOW.get(endpoint.partition(".")[0], endpoint)
