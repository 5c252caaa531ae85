"""What the connector asks of Amazon's Orders API, in whatever version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from connector.errors import GiveUpOnOrder

PAGE = 100
Document = dict[str, Any]
"""An order as Amazon sent it, in the form in which it is stored: see ``stored``."""


class TokenRefused(GiveUpOnOrder):
    """The page token of a window is no longer accepted."""


@dataclass(frozen=True)
class Page:
    """One page of documents; ``next_token`` is None on the last."""

    documents: list[Document]
    next_token: str | None


class OrdersApi(Protocol):
    """One version of the Orders API. Each call raises RetryLater, AbortRun, GiveUpOnOrder."""

    def search_orders(
        self, marketplace_id: str, after: datetime, before: datetime, token: str | None
    ) -> Page:
        """One page of the orders that changed in a window, both bounds included; or TokenRefused."""
        ...

    def get_order(self, amazon_order_id: str) -> Document | None:
        """One order, None where Amazon does not know it. Its details may be missing."""
        ...

    def with_details(self, document: Document) -> Document | None:
        """That order with its items, read now; None where Amazon does not know it."""
        ...
