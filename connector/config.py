"""Everything a connector is made from. Nothing in here is ever printed or logged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from connector.clock import Clock, SystemClock
from connector.links import Links

LWA_URL = "https://api.amazon.com"
AMAZON_URL = "https://sellingpartnerapi-na.amazon.com"


@dataclass(frozen=True)
class ConnectorConfig:
    """Addresses and credentials of both sides, and the connector's own database (an SQLAlchemy URL)."""

    commerce_url: str
    amazon_url: str = AMAZON_URL
    lwa_url: str = LWA_URL
    lwa_client_id: str = ""
    lwa_client_secret: str = field(default="", repr=False)
    commerce_username: str = ""
    commerce_password: str = field(default="", repr=False)
    commerce_admin_url: str = ""
    """Where Commerce's Admin lives; empty: ``/admin`` of the shop's address."""
    seller_central_url: str = ""
    """Where Seller Central lives; empty: the page of each store's marketplace."""
    secret_key: str = field(default="", repr=False)
    """Signs the cookies of the pages; empty: a new one for each process."""
    database: str = "sqlite://"
    clock: Clock = field(default_factory=SystemClock)
    new_session: Callable[[], requests.Session] = requests.Session
    """One HTTP session for each side."""
    engine_options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def links(self) -> Links:
        return Links(
            self.commerce_admin_url or f"{self.commerce_url.rstrip('/')}/admin", self.seller_central_url
        )
