"""Orders v0: lists without items, which are read order by order; personal data needs a restricted token."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from connector.amazon.access import REFUSED, SYSTEM, Access, AccessRefused, accepted, iso
from connector.amazon.orders import PAGE, Document, Page, TokenRefused
from connector.amazon.restricted import RestrictedTokens
from connector.amazon.sellers import marketplace_ids
from connector.amazon.stored import of_v0, order_id, with_items
from connector.domain.blockers import Code
from connector.errors import AbortRun, GiveUpOnOrder
from connector.http import content, shaped

PATH = "/orders/v0/orders"
_GONE = frozenset({requests.codes.not_found, requests.codes.method_not_allowed, requests.codes.gone})
_MOST_PAGES = 50
"""Of one order's items; more would be a token that never ends."""


class OrdersV0:
    """See ``orders.OrdersApi``."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._restricted = RestrictedTokens(access)

    @shaped(SYSTEM)
    def search_orders(
        self, marketplace_id: str, after: datetime, before: datetime, token: str | None
    ) -> Page:
        parameters = {
            "MarketplaceIds": marketplace_id,  # with a page token too
            "LastUpdatedAfter": iso(after),
            "LastUpdatedBefore": iso(before),
            "MaxResultsPerPage": str(PAGE),
        }
        if token is not None:
            parameters["NextToken"] = token
        try:
            payload = self._payload(PATH, parameters)
        except GiveUpOnOrder as refusal:
            if refusal.status in _GONE:
                raise _removed(refusal.message) from None
            if token is None:
                raise
            raise TokenRefused(refusal.message, status=refusal.status) from None
        return Page([of_v0(_object(order)) for order in payload["Orders"]], payload.get("NextToken") or None)

    @shaped(SYSTEM)
    def get_order(self, amazon_order_id: str) -> Document | None:
        try:
            payload = self._payload(f"{PATH}/{quote(amazon_order_id, safe='')}", {})
        except GiveUpOnOrder as refusal:
            if refusal.status == requests.codes.not_found:
                return None
            raise
        return of_v0(payload) if payload else None  # Amazon has an empty answer for an order it does not know

    @shaped(SYSTEM)
    def with_details(self, document: Document) -> Document | None:
        number = order_id(document)
        fresh = document if "order" in document else self.get_order(number)
        return None if fresh is None else with_items(fresh, self._items(number))

    def _items(self, amazon_order_id: str) -> list[Any]:
        path = f"{PATH}/{quote(amazon_order_id, safe='')}/orderItems"
        items: list[Any] = []
        token: str | None = None
        for _ in range(_MOST_PAGES):
            payload = self._payload(path, {"NextToken": token} if token else {})
            items += [_object(item) for item in payload.get("OrderItems", ())]
            token = payload.get("NextToken")
            if not token:
                return items
        raise ValueError("the items do not end")

    def _payload(self, path: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        return _object(content(self._read(path, parameters), SYSTEM)["payload"])

    def _read(self, path: str, parameters: Mapping[str, str]) -> requests.Response:
        """Read with personal data as long as Amazon grants it; a token it refuses is renewed once."""
        for _ in range(2):
            token = self._restricted.token()
            if token is None:
                break
            answer = self._access.ask("GET", path, token, params=parameters)
            if answer.status_code not in REFUSED:
                return accepted(answer)
            self._restricted.forget()
        try:
            return self._access.call("GET", path, params=parameters)
        except AccessRefused as refusal:
            marketplace_ids(self._access)  # raises if it is the seller's access that is refused
            raise _removed(refusal.words) from None


def _removed(words: str) -> AbortRun:
    return AbortRun(Code.ORDERS_API_REMOVED, words)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value
