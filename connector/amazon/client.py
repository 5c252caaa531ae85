"""The calls to Amazon that the connector makes: Login with Amazon, Orders, shipment confirmation, sellers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import requests

from connector.clock import Clock
from connector.domain.blockers import Code
from connector.errors import AbortRun, GiveUpOnOrder
from connector.http import Http, content, shaped

SYSTEM = "Amazon"
INCLUDED = "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT"
"""Everything at once: a page of orders then needs no call per order."""
PAGE = 100
RENEW_BEFORE = timedelta(seconds=60)


class TokenRefused(GiveUpOnOrder):
    """The page token of a window is no longer accepted."""


@dataclass(frozen=True)
class Page:
    """One page of documents; ``next_token`` is None on the last."""

    documents: list[dict[str, Any]]
    next_token: str | None


@dataclass(frozen=True)
class Credentials:
    """One seller's grant to one application."""

    client_id: str
    client_secret: str
    refresh_token: str


class AmazonClient:
    """The Selling Partner API for one seller account. Tokens are renewed once, then the run is aborted."""

    def __init__(self, api: Http, lwa: Http, credentials: Credentials, clock: Clock) -> None:
        self._api = api
        self._lwa = lwa
        self._credentials = credentials
        self._clock = clock
        self._token = ""
        self._valid_until = datetime.min.replace(tzinfo=UTC)

    @shaped(SYSTEM)
    def marketplace_ids(self) -> list[str]:
        """The marketplaces in which this seller takes part."""
        answer = self._call("GET", "/sellers/v1/marketplaceParticipations")
        payload = content(answer, SYSTEM)["payload"]
        return [entry["marketplace"]["id"] for entry in payload if entry["participation"]["isParticipating"]]

    @shaped(SYSTEM)
    def search_orders(
        self, marketplace_id: str, after: datetime, before: datetime, token: str | None
    ) -> Page:
        """One page of the orders that changed in a window, both bounds included.

        Raises TokenRefused, RetryLater, AbortRun.
        """
        parameters = {
            "marketplaceIds": marketplace_id,
            "lastUpdatedAfter": _iso(after),
            "lastUpdatedBefore": _iso(before),
            "maxResultsPerPage": str(PAGE),
            "includedData": INCLUDED,
        }
        if token is not None:
            parameters["paginationToken"] = token
        try:
            answer = self._call("GET", "/orders/2026-01-01/orders", params=parameters)
        except GiveUpOnOrder as refusal:
            if token is None:
                raise
            raise TokenRefused(refusal.message, status=refusal.status) from None
        body = content(answer, SYSTEM)
        if not isinstance(body["orders"], list):
            raise TypeError("orders is no list")
        return Page(body["orders"], (body.get("pagination") or {}).get("nextToken"))

    @shaped(SYSTEM)
    def get_order(self, amazon_order_id: str) -> dict[str, Any] | None:
        """One order's document, None where Amazon does not know it."""
        path = f"/orders/2026-01-01/orders/{quote(amazon_order_id, safe='')}"
        try:
            answer = self._call("GET", path, params={"includedData": INCLUDED})
        except GiveUpOnOrder as refusal:
            if refusal.status == requests.codes.not_found:
                return None
            raise
        order: dict[str, Any] | None = content(answer, SYSTEM).get("order")
        return order

    def confirm_shipment(self, amazon_order_id: str, body: Mapping[str, Any]) -> None:
        """Tell Amazon of a package.

        Raises GiveUpOnOrder with Amazon's own words, RetryLater, AbortRun.
        """
        path = f"/orders/v0/orders/{quote(amazon_order_id, safe='')}/shipmentConfirmation"
        self._call("POST", path, json=body)

    def _call(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        answer = self._api.call(method, path, headers=self._headers(), **kwargs)
        if answer.status_code in {requests.codes.unauthorized, requests.codes.forbidden}:
            self._token = ""
            answer = self._api.call(method, path, headers=self._headers(), **kwargs)
        if answer.status_code in {requests.codes.unauthorized, requests.codes.forbidden}:
            raise AbortRun(Code.AUTH_FAILED, f"Amazon refuses access: {_reason(answer)}")
        if not answer.ok:
            raise GiveUpOnOrder(_reason(answer), status=answer.status_code)
        return answer

    def _headers(self) -> dict[str, str]:
        if not self._token or self._clock.now() >= self._valid_until:
            self._renew()
        return {"x-amz-access-token": self._token, "Accept": "application/json"}

    @shaped(SYSTEM)
    def _renew(self) -> None:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._credentials.refresh_token,
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
        }
        answer = self._lwa.call("POST", "/auth/o2/token", data=form)
        body = content(answer, "Login with Amazon")
        if not answer.ok:
            raise AbortRun(Code.AUTH_FAILED, f"Login with Amazon refuses: {body.get('error', 'no reason')}")
        self._token = str(body["access_token"])
        self._valid_until = self._clock.now() + timedelta(seconds=int(body["expires_in"])) - RENEW_BEFORE


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _reason(answer: requests.Response) -> str:
    try:
        errors: Iterable[dict[str, Any]] = answer.json()["errors"]
        texts = [" ".join(filter(None, (error.get("message"), error.get("details")))) for error in errors]
        return "; ".join(texts)
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
