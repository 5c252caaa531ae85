"""What the phases of one run share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from connector.amazon.client import AmazonClient
from connector.amazon.marketplaces import MARKETPLACES, Marketplace
from connector.amazon.orders import OrdersApi
from connector.clock import Clock
from connector.commerce.client import CommerceClient
from connector.domain.assessment import Shop
from connector.links import Links
from connector.models import Run, Store
from connector.sync.lease import Lease


@dataclass
class Context:
    """One run of one store. Everything here lives as long as the run."""

    store: Store
    run: Run
    lease: Lease
    amazon: AmazonClient
    commerce: CommerceClient
    clock: Clock
    links: Links
    completable: frozenset[int] = frozenset()
    """Rows whose table status was Shipped, with nothing in the outbox, when the run began."""
    placed_now: set[int] = field(default_factory=set)
    """Rows whose Commerce order was linked in this run."""

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def orders(self) -> OrdersApi:
        """Amazon's Orders API in the version that the store reads."""
        return self.amazon.orders(self.store.settings["orders_api_version"])

    @property
    def marketplace(self) -> Marketplace:
        return MARKETPLACES[self.store.marketplace]

    @property
    def shop(self) -> Shop:
        return Shop(self.store.website, self.store.website_id or 0)

    @property
    def connected_at(self) -> datetime:
        """The moment of integration; only connected stores have runs."""
        assert self.store.connected_at is not None  # noqa: S101 - narrows the type
        return self.store.connected_at
