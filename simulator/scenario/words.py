"""The fixed words of the language that other packages define, and tables of those that nobody else holds."""

from __future__ import annotations

from connector.domain.blockers import Code
from connector.domain.statuses import COMPLETED, AmazonStatus, Phase
from mock_amazon import lifecycle
from mock_amazon.marketplaces import BY_CODE

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

OPERATIONS: dict[str, tuple[str, ...]] = {
    "amazon": (
        *("lwa_token", "searchOrders", "getOrder", "confirmShipment", "getMarketplaceParticipations"),
        *("getOrders", "getOrderV0", "getOrderBuyerInfo", "getOrderAddress", "getOrderItems"),
        *("getOrderItemsBuyerInfo", "createRestrictedDataToken"),
    ),
    "commerce": (
        *("admin_token", "place_order", "list_orders", "get_order", "get_order_status"),
        *("ship", "invoice", "cancel", "hold", "unhold", "refund", "comment", "list_comments"),
        *("list_shipments", "list_invoices", "list_creditmemos"),
        *("list_products", "get_product", "save_product", "delete_product"),
        *("get_salable", "is_salable", "is_salable_for_quantity", "stock_resolver"),
        *("source_items", "save_source_items", "delete_source_items", "stock_item", "save_stock_item"),
        *("stock_status", "low_stock", "product_types", "link_product_website", "unlink_product_website"),
        *("are_salable", "are_salable_for_quantity", "list_sources", "get_source", "save_source"),
        *("sources_of_stock", "list_stocks", "get_stock", "save_stock", "delete_stock"),
        *("list_stock_source_links", "save_stock_source_links", "delete_stock_source_links"),
        *("list_children", "add_child", "remove_child", "list_configurable_options"),
        *("get_configurable_option", "save_configurable_option", "delete_configurable_option"),
        *("list_bundle_links", "list_bundle_types", "list_bundle_options", "get_bundle_option"),
        *("save_bundle_option", "delete_bundle_option", "save_bundle_link", "delete_bundle_link"),
        *("base_prices", "save_base_prices", "special_prices", "save_special_prices"),
        *("delete_special_prices", "list_attributes", "get_attribute", "list_attribute_sets"),
        *("source_selection_algorithms", "select_sources"),
        *("bulk_source_assign", "bulk_source_unassign", "bulk_source_transfer", "bulk_partial_transfer"),
        *("list_store_views", "list_store_groups", "list_websites", "list_modules", "system_message"),
        *("get_country", "get_currencies", "find_customers", "create_customer"),
    ),
}
"""What ``at:`` and ``calls:`` may name; a test compares it with the mocks' view functions."""
