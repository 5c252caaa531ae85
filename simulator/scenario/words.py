"""The fixed words of the language that other packages define, and tables of those that nobody else holds."""

from __future__ import annotations

from connector.domain.blockers import Code
from connector.domain.statuses import COMPLETED, AmazonStatus, Phase
from mock_amazon.access.throttle import LIMITS
from mock_amazon.listings import standing
from mock_amazon.marketplaces import BY_CODE
from mock_amazon.ordering import lifecycle

AMAZON_STATUSES = tuple(status.value for status in AmazonStatus)
TABLE_STATUSES = (
    *("Pending", "PendingAvailability", "Unshipped", "PartiallyShipped", "Shipped"),
    *(COMPLETED, "Canceled", "Error"),
)
"""The eight of the Amazon orders table (ST-1 to ST-8)."""
PHASES = tuple(phase.value for phase in Phase)
BLOCKERS = tuple(code.value for code in Code)
STORE_BLOCKERS = (Code.AUTH_FAILED.value, Code.ORDERS_API_REMOVED.value, Code.STORE_CONFIG.value)
"""Those of a whole store, told once and not with each order."""

INVARIANTS = tuple(f"I{number}" for number in range(1, 12))
PROFILES = ("docs",)
PROFILES_TO_COME = ("extension-4.3", "sane")

MARKETPLACES = tuple(BY_CODE)
PLACEABLE = tuple(status.value for status in lifecycle.PLACEABLE)
"""Statuses that an Amazon order can be placed with."""

LISTING_STATUSES = standing.STATUSES

OPERATIONS: dict[str, tuple[str, ...]] = {
    "amazon": ("lwa_token", *LIMITS, "uploadDocument", "downloadDocument"),
    "commerce": (
        *("admin_token", "customer_token", "revoke_customer_token", "google_authenticate"),
        *("place_order", "list_orders", "get_order", "get_order_status"),
        *("ship", "invoice", "cancel", "hold", "unhold", "refund", "comment", "list_comments"),
        *("list_shipments", "list_invoices", "list_creditmemos"),
        *("list_products", "get_product", "save_product", "delete_product"),
        *("get_salable", "is_salable", "is_salable_for_quantity", "stock_resolver"),
        *("source_items", "save_source_items", "stock_item", "save_stock_item"),
        *("list_store_views", "list_store_groups", "list_websites", "list_modules", "system_message"),
        *("async_call", "bulk_call", "list_operations", "get_bulk_status", "get_bulk_details"),
        *("count_operations", "customer_token", "google_authenticate", "revoke_customer_token"),
        *("get_country", "get_currencies", "find_customers", "create_customer"),
    ),
}
"""What ``at:`` and ``calls:`` may name; a test compares it with the mocks' view functions."""
