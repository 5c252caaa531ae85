"""The kinds of notifications that can be subscribed to. Pure data.

Source: Amazon's page "Notification Type Values" (its model has no list), as two clients of SP-API know it.
"""

from __future__ import annotations

from collections.abc import Mapping

ORDER_CHANGE = "ORDER_CHANGE"
SENT = frozenset({ORDER_CHANGE})
"""Subscriptions to all others are kept, and nothing is ever sent."""

TYPES = frozenset(
    {
        "ACCOUNT_STATUS_CHANGED",
        "ANY_OFFER_CHANGED",
        "B2B_ANY_OFFER_CHANGED",
        "BRANDED_ITEM_CONTENT_CHANGE",
        "DATA_KIOSK_QUERY_PROCESSING_FINISHED",
        "DETAIL_PAGE_TRAFFIC_EVENT",
        "FBA_INVENTORY_AVAILABILITY_CHANGES",
        "FBA_OUTBOUND_SHIPMENT_STATUS",
        "FEE_PROMOTION",
        "FEED_PROCESSING_FINISHED",
        "FULFILLMENT_ORDER_STATUS",
        "ITEM_INVENTORY_EVENT_CHANGE",
        "ITEM_PRODUCT_TYPE_CHANGE",
        "ITEM_SALES_EVENT_CHANGE",
        "LISTINGS_ITEM_ISSUES_CHANGE",
        "LISTINGS_ITEM_MFN_QUANTITY_CHANGE",
        "LISTINGS_ITEM_STATUS_CHANGE",
        ORDER_CHANGE,
        "PRICING_HEALTH",
        "PRODUCT_TYPE_DEFINITIONS_CHANGE",
        "REPORT_PROCESSING_FINISHED",
        "SHIPMENT_TRACKING_MILESTONE_CHANGED",
    }
)

VERSIONS: Mapping[str, str] = {ORDER_CHANGE: "1.0"}
"""The payload version of what is sent; that of the others is not checked."""

ORDER_CHANGES = ("BuyerRequestedChange", "DeliveryTipChange", "OrderStatusChange")
"""The values of OrderChangeType; the mock has no delivery tips."""

FILTERS: Mapping[str, frozenset[str]] = {
    ORDER_CHANGE: frozenset({"marketplaceIds", "orderChangeTypes"}),
    "ANY_OFFER_CHANGED": frozenset({"marketplaceIds", "aggregationSettings"}),
    "SHIPMENT_TRACKING_MILESTONE_CHANGED": frozenset({"trackingIdentifier"}),
}
"""What an event filter may say, of the types that have one. Aggregation is by marketplace and ASIN."""
