"""The sections of the Selling Partner API, in the order in which they are registered."""

from __future__ import annotations

from mock_amazon.api import (
    application_management,
    documents,
    feeds,
    inventory,
    listings,
    notifications,
    orders_2026,
    orders_v0,
    regulated_orders,
    report_schedules,
    reports,
    restricted_tokens,
    sellers,
    shipments,
    tokens,
)

SECTIONS = (
    tokens,
    restricted_tokens,
    application_management,
    sellers,
    orders_2026,
    orders_v0,
    shipments,
    regulated_orders,
    listings,
    inventory,
    feeds,
    reports,
    report_schedules,
    documents,
    notifications,
)
