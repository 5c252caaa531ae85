"""Orders 2026-01-01: a page of orders has everything in it, so no order needs a call of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import quote

import requests

from connector.amazon.access import LONG_AGO, SYSTEM, Access, AccessRefused, iso
from connector.amazon.orders import PAGE, Document, Page, TokenRefused
from connector.amazon.stored import order_id
from connector.errors import GiveUpOnOrder
from connector.http import content, shaped

PATH = "/orders/2026-01-01/orders"
PERSONAL = "BUYER,RECIPIENT,"
IMPERSONAL = "PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT"
REFUSAL_LASTS = timedelta(hours=1)
"""Searches are too few to be spent on being refused; getOrder finds out earlier."""


class Orders2026:
    """See ``orders.OrdersApi``."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._refused_until = LONG_AGO

    @shaped(SYSTEM)
    def search_orders(
        self, marketplace_id: str, after: datetime, before: datetime, token: str | None
    ) -> Page:
        parameters = {
            "marketplaceIds": marketplace_id,
            "lastUpdatedAfter": iso(after),
            "lastUpdatedBefore": iso(before),
            "maxResultsPerPage": str(PAGE),
        }
        if token is not None:
            parameters["paginationToken"] = token
        try:
            hopeless = self._access.clock.now() < self._refused_until
            answer = self._read(PATH, parameters, IMPERSONAL if hopeless else PERSONAL + IMPERSONAL)
        except GiveUpOnOrder as refusal:
            if token is None:
                raise
            raise TokenRefused(refusal.message, status=refusal.status) from None
        body = content(answer, SYSTEM)
        if not isinstance(body["orders"], list):
            raise TypeError("orders is no list")
        return Page(body["orders"], (body.get("pagination") or {}).get("nextToken"))

    @shaped(SYSTEM)
    def get_order(self, amazon_order_id: str) -> Document | None:
        path = f"{PATH}/{quote(amazon_order_id, safe='')}"
        try:
            answer = self._read(path, {}, PERSONAL + IMPERSONAL)
        except GiveUpOnOrder as refusal:
            if refusal.status == requests.codes.not_found:
                return None
            raise
        order: Document | None = content(answer, SYSTEM).get("order")
        return order

    def with_details(self, document: Document) -> Document | None:
        return self.get_order(order_id(document))

    def _read(
        self, path: str, parameters: Mapping[str, str], included: str, *, renew: bool = True
    ) -> requests.Response:
        """Read with as much as Amazon grants: some applications are refused if they ask for a person."""
        try:
            asked = {**parameters, "includedData": included}
            answer = self._access.call("GET", path, renew=renew, params=asked)
        except AccessRefused:
            if not included.startswith(PERSONAL):
                raise
            answer = self._read(path, parameters, IMPERSONAL, renew=False)
            self._refused_until = self._access.clock.now() + REFUSAL_LASTS
        else:
            if included.startswith(PERSONAL):
                self._refused_until = LONG_AGO
        return answer
