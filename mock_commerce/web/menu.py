"""The menu of the Admin: what is in it, what a user sees of it, and where in it a page stands."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from mock_commerce.models import AdminUser
from mock_commerce.web.rights import may

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


def shown(user: AdminUser | None) -> list[tuple[str, list[tuple[str, str]]]]:
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
    return next((entries[0][0] for _, entries in shown(user)), MENU[0][1][0][0])


def here() -> str:
    """The entry of the menu that the current page stands below."""
    endpoint = str(request.endpoint)
    return _BELOW.get(endpoint) or _BELOW.get(endpoint.partition(".")[0], endpoint)
