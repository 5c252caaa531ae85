"""The calls to Amazon that the connector makes, for one seller account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from connector.amazon.access import Access, Credentials
from connector.amazon.orders import OrdersApi
from connector.amazon.orders_2026 import Orders2026
from connector.amazon.orders_v0 import OrdersV0
from connector.amazon.sellers import marketplace_ids
from connector.amazon.stored import V0, V2026
from connector.clock import Clock
from connector.http import Http

__all__ = ["AmazonClient", "Credentials"]


class AmazonClient:
    """The Selling Partner API. Tokens are renewed once, then the run is aborted."""

    def __init__(self, api: Http, lwa: Http, credentials: Credentials, clock: Clock) -> None:
        self._access = Access(api, lwa, credentials, clock)
        self._orders: dict[str, OrdersApi] = {
            V2026: Orders2026(self._access),
            V0: OrdersV0(self._access),
        }

    def orders(self, version: str) -> OrdersApi:
        """The Orders API in one of its versions."""
        return self._orders[version]

    def marketplace_ids(self) -> list[str]:
        """The marketplaces in which this seller takes part."""
        return marketplace_ids(self._access)

    def confirm_shipment(self, amazon_order_id: str, body: Mapping[str, Any]) -> None:
        """Tell Amazon of a package; this call is v0's, whatever version the orders are read with.

        Raises GiveUpOnOrder with Amazon's own words, RetryLater, AbortRun.
        """
        path = f"/orders/v0/orders/{quote(amazon_order_id, safe='')}/shipmentConfirmation"
        self._access.call("POST", path, json=body)
