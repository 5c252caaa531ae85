"""Restricted data tokens: without one, Orders v0 leaves out what is personal.

Source: Amazon's model tokens_2021-03-01.
"""

from __future__ import annotations

from datetime import timedelta

from connector.amazon.access import LONG_AGO, RENEW_BEFORE, SYSTEM, Access, AccessRefused
from connector.errors import GiveUpOnOrder
from connector.http import content, shaped

PATH = "/tokens/2021-03-01/restrictedDataToken"
ORDERS = "/orders/v0/orders"
RESOURCES = {
    # one token for all reads, by the operations' own paths
    ORDERS: ("buyerInfo", "shippingAddress"),
    f"{ORDERS}/{{orderId}}": ("buyerInfo", "shippingAddress"),
    f"{ORDERS}/{{orderId}}/orderItems": ("buyerInfo",),
}
REFUSAL_LASTS = timedelta(minutes=1)
"""The application may have got its role in the meantime: every run asks again, but not every call."""


class RestrictedTokens:
    """The restricted token of one seller's grant, cached until it ends."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._token: str | None = None
        self._valid_until = LONG_AGO

    def token(self) -> str | None:
        """A token, None where the application may not read personal data.

        Raises RetryLater, AbortRun.
        """
        if self._access.clock.now() >= self._valid_until:
            self._ask()
        return self._token

    def forget(self) -> None:
        """A token that Amazon does not accept."""
        self._valid_until = LONG_AGO

    @shaped(SYSTEM)
    def _ask(self) -> None:
        now = self._access.clock.now()
        resources = [
            {"method": "GET", "path": path, "dataElements": list(elements)}
            for path, elements in RESOURCES.items()
        ]
        try:
            answer = self._access.call("POST", PATH, json={"restrictedResources": resources})
        except (GiveUpOnOrder, AccessRefused):
            self._token, self._valid_until = None, now + REFUSAL_LASTS
            return
        body = content(answer, SYSTEM)
        self._token = str(body["restrictedDataToken"])
        self._valid_until = now + timedelta(seconds=int(body["expiresIn"])) - RENEW_BEFORE
