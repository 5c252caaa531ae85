"""Which ACL resource a page of the Admin needs: that of the REST route that does the same, if any."""

from __future__ import annotations

from flask import Flask, abort, g, request

from mock_commerce.auth import EVERYTHING

DENIED = "Sorry, you need permissions to view this content."
SYSTEM = "Magento_Backend::system"
USERS = "Magento_User::acl_users"
VERBS = {verb: f"Magento_Sales::{verb}" for verb in ("cancel", "hold", "unhold")}
PAGES = {
    "admin_orders.index": "Magento_Sales::actions_view",
    "admin_order.view": "Magento_Sales::actions_view",
    "admin_order.comment": "Magento_Sales::comment",
    "admin_papers.ship": "Magento_Sales::ship",
    "admin_papers.invoice": "Magento_Sales::invoice",
    "admin_papers.creditmemo": "Magento_Sales::creditmemo",
    "admin_products.index": "Magento_Catalog::products",
    "admin_products.new": "Magento_Catalog::products",
    "admin_products.edit": "Magento_Catalog::products",
    "admin_tasks.bulk_actions": "Magento_Logging::system_magento_logging_bulk_operations",
    "admin_tasks.bulk_details": "Magento_Logging::system_magento_logging_bulk_operations",
    "admin_tasks.cron": SYSTEM,
    "admin_tasks.webhooks": SYSTEM,
    "admin_system.configuration": "Magento_Config::config",
    "admin_system.log": SYSTEM,
    "admin_system.permissions": USERS,
}
"""By endpoint; an address that leads nowhere needs none."""


def mark(app: Flask) -> None:
    """Mark the pages as ``serves`` marks routes: so roles may hold the resources of both."""
    for endpoint, resource in PAGES.items():
        app.view_functions[endpoint].resource = resource  # type: ignore[union-attr] # a mark on a function


def require() -> None:
    """Raises werkzeug's Forbidden where the signed-in user's role lacks what the page needs."""
    verb = (request.view_args or {}).get("verb", "")
    needed = VERBS.get(verb) or PAGES.get(request.endpoint or "")
    if needed is not None and not {needed, EVERYTHING} & set(g.admin.role.resources):
        abort(403, DENIED)
