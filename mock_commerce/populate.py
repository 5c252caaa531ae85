"""The defaults of an empty shop, as the README names them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_commerce.access.auth import EVERYTHING, password_hash
from mock_commerce.catalog import attributes
from mock_commerce.control import switches
from mock_commerce.customers import groups
from mock_commerce.models import (
    AdminRole,
    AdminUser,
    Integration,
    SalesChannel,
    Source,
    Stock,
    StockSourceLink,
    Store,
    Website,
    db,
)
from mock_commerce.modules.amazon_sales_channel.observer import SHIPPED
from mock_commerce.sales import statuses
from mock_commerce.stock import DEFAULT_SOURCE, DEFAULT_STOCK, STOCK_NAME

ADMIN_USER = "admin"
ADMIN_PASSWORD = "admin123"  # noqa: S105 - the documented default of a simulator
FIRST_ROLE = "Administrators"
INTEGRATION = {
    "consumer_key": "sim-consumer-key",
    "consumer_secret": "sim-consumer-secret",
    "token": "sim-integration-token",
    "token_secret": "sim-token-secret",
}
"""The documented OAuth 1.0a credentials of a simulator."""


def populate(wish: dict[str, Any]) -> None:
    """Write the defaults, and these switches, unless there are some already."""
    if db.session.scalar(select(Website.website_id).limit(1)) is not None:
        return
    db.session.add(AdminRole(name=FIRST_ROLE, resources=[EVERYTHING]))
    db.session.flush()
    db.session.add_all(
        [
            Website(website_id=0, code="admin", name="Admin", group_name="Default"),
            Website(website_id=1, code="base", name="Main Website", group_name="Main Website Store"),
            Source(source_code=DEFAULT_SOURCE, name="Default Source"),
            Stock(stock_id=DEFAULT_STOCK, name=STOCK_NAME),
            StockSourceLink(stock_id=DEFAULT_STOCK, source_code=DEFAULT_SOURCE),
            SalesChannel(type="website", code="base", stock_id=DEFAULT_STOCK),
            *attributes.install(),
            AdminUser(username=ADMIN_USER, password_hash=password_hash(ADMIN_PASSWORD)),
            Integration(name="Simulator", **INTEGRATION),
            *groups.installed(),
        ]
    )
    db.session.flush()
    db.session.add_all(
        [
            Store(store_id=0, code="admin", name="Admin", website_id=0),
            Store(store_id=1, code="default", name="Default Store View", website_id=1),
        ]
    )
    statuses.add(SHIPPED, "processing")
    db.session.commit()
    switches.start_with(wish)
