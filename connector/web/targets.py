"""Where the order number of a row leads (X-03)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from connector.models import OrderRow, Store
from connector.web.access import program


@dataclass(frozen=True)
class Target:
    """An address, and what is found there."""

    url: str
    title: str
    outside: bool = True
    """At another system: opened beside this page."""


def target_of(store: Store, row: OrderRow) -> Target:
    """Import off: Seller Central; on: the Commerce order, or the details while there is none."""
    if not store.settings.imports:
        return seller_central(store, row)
    if row.commerce_order_id is None:
        return Target(details_url(row), "Amazon order details", outside=False)
    return Target(program().links.commerce_order(row.commerce_order_id), "Commerce order")


def seller_central(store: Store, row: OrderRow) -> Target:
    url = program().links.seller_central_order(store.marketplace, row.amazon_order_id)
    return Target(url, "Order in Seller Central")


def details_url(row: OrderRow) -> str:
    return url_for("details.show", store_id=row.store_id, amazon_order_id=row.amazon_order_id)
