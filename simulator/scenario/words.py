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
        *(
            "get_shipment",
            "get_invoice",
            "get_creditmemo",
            "get_shipment_label",
            "save_track",
            "delete_track",
        ),
        *("save_shipment", "save_invoice", "save_creditmemo", "register_refund", "refund_invoice"),
        *("capture_invoice", "void_invoice", "cancel_creditmemo", "save_order_address", "notify_order"),
        *("comment_shipment", "comment_invoice", "comment_creditmemo", "list_shipment_comments"),
        *("list_invoice_comments", "list_creditmemo_comments", "notify_shipment", "notify_invoice"),
        *("notify_creditmemo", "list_order_items", "get_order_item", "list_transactions", "get_transaction"),
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
        *("async_call", "bulk_call", "list_operations", "get_bulk_status", "get_bulk_details"),
        *("count_operations", "customer_token", "google_authenticate", "revoke_customer_token"),
        *("get_country", "get_currencies", "find_customers", "create_customer"),
        *("activate_customer", "activate_me", "assign_cart", "assign_guest_cart", "cart_add_item"),
        *("cart_billing_address", "cart_coupon", "cart_delete_item", "cart_estimate_shipping"),
        *("cart_estimate_shipping_by_address", "cart_get", "cart_items", "cart_payment_methods"),
        *("cart_place_order", "cart_remove_coupon", "cart_select_payment_method"),
        *("cart_selected_payment_method", "cart_set_billing_address", "cart_set_coupon"),
        *("cart_shipping_information", "cart_shipping_methods", "cart_totals", "cart_totals_information"),
        *("cart_update_item", "change_my_password", "check_reset_token", "create_cart"),
        *("create_customer_cart", "create_customer_group", "create_guest_cart", "create_my_cart"),
        *("customer_token", "delete_customer", "delete_customer_address", "delete_customer_group"),
        *("find_carts", "find_customer_groups", "get_confirmation_status", "get_customer"),
        *("get_customer_address", "get_customer_group", "get_default_billing_address"),
        *("get_default_customer_group", "get_default_customer_group_of_store"),
        *("get_default_shipping_address", "get_me", "get_my_billing_address", "get_my_cart"),
        *("get_my_shipping_address", "google_authenticate", "guest_cart_add_item"),
        *("guest_cart_billing_address", "guest_cart_collect_totals", "guest_cart_coupon"),
        *("guest_cart_delete_item", "guest_cart_estimate_shipping", "guest_cart_get", "guest_cart_items"),
        *("guest_cart_pay_and_place", "guest_cart_payment_information", "guest_cart_payment_methods"),
        *("guest_cart_place_order", "guest_cart_remove_coupon", "guest_cart_select_payment_method"),
        *("guest_cart_selected_payment_method", "guest_cart_set_billing_address", "guest_cart_set_coupon"),
        *("guest_cart_set_payment_information", "guest_cart_shipping_information"),
        *("guest_cart_shipping_methods", "guest_cart_totals", "guest_cart_totals_information"),
        *("guest_cart_update_item", "is_customer_group_readonly", "is_customer_readonly"),
        *("is_email_available", "list_countries", "list_store_configs", "my_cart_add_item"),
        *("my_cart_billing_address", "my_cart_collect_totals", "my_cart_coupon", "my_cart_delete_item"),
        *("my_cart_estimate_shipping", "my_cart_estimate_shipping_by_address", "my_cart_items"),
        *("my_cart_pay_and_place", "my_cart_payment_information", "my_cart_payment_methods"),
        *("my_cart_place_order", "my_cart_remove_coupon", "my_cart_select_payment_method"),
        *("my_cart_selected_payment_method", "my_cart_set_billing_address", "my_cart_set_coupon"),
        *("my_cart_set_payment_information", "my_cart_shipping_information", "my_cart_shipping_methods"),
        *("my_cart_totals", "my_cart_totals_information", "my_cart_update_item", "remind_of_password"),
        *("resend_confirmation", "reset_password", "revoke_customer_token", "set_default_customer_group"),
        *("update_customer", "update_customer_group", "update_me", "validate_customer"),
    ),
}
"""What ``at:`` and ``calls:`` may name; a test compares it with the mocks' view functions."""
