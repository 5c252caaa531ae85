"""What a role may see and do in the Admin: a page asks for the ACL resource of its like in the REST API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, g, request

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
DENIED = "Sorry, you need permissions to view this content."


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
