"""Puts the connector together, and is what other programs hold of it: one object is one process."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from connector import overview, stores
from connector.amazon.client import AmazonClient, Credentials
from connector.app import create_app
from connector.clock import Clock
from connector.commerce.client import CommerceClient
from connector.config import ConnectorConfig
from connector.database import db
from connector.http import Http
from connector.links import Links
from connector.models import Run, Store
from connector.sync import banner
from connector.sync.context import Context
from connector.sync.lease import Lease, LeaseLost
from connector.sync.run import run_store
from connector.web.access import EXTENSION

_LAST_SYNC = select(func.max(Run.sync))


class Connector:
    """The sales channel on its database, with both sides at their addresses."""

    def __init__(self, config: ConnectorConfig, app: Flask | None = None) -> None:
        """``app``: one that was made for the same database before, to save the time of making it."""
        self._config = config
        self.app = app or create_app(config)
        self.app.extensions[EXTENSION] = self
        self._running = Lock()
        self._session = config.new_session()
        self._commerce = CommerceClient(
            Http(self._session, config.commerce_url, "Commerce"),
            config.commerce_username,
            config.commerce_password,
        )
        self._amazon: dict[str, AmazonClient] = {}

    def add_store(
        self, name: str, marketplace: str = "US", seller: str = "SELLER-1", website: str = "base"
    ) -> None:
        """Add a store; StoreError says why it cannot be added."""
        with self.app.app_context():
            stores.add(name, marketplace, seller, website)

    def connect_store(self, name: str, refresh_token: str, connected_at: datetime | None = None) -> None:
        """Connect a store after trying both sides.

        Raises StoreError, AbortRun (access), RetryLater (no answer), GiveUpOnOrder (a refusal).
        """
        with self.app.app_context():
            store = stores.get(name)
            moment = connected_at or self._config.clock.now()
            stores.connect(store, refresh_token, self._client(refresh_token), self._commerce, moment)

    def change_settings(self, changes: Mapping[str, object], store: str | None = None) -> None:
        """Change order settings of one store, or of all; InvalidSetting or StoreError otherwise."""
        with self.app.app_context():
            stores.change_settings(changes, stores.some(store))

    def match(self, seller_sku: str, sku: str, store: str | None = None) -> None:
        """Tie a seller SKU to a catalog product, in one store or in all."""
        with self.app.app_context():
            stores.match(seller_sku, sku, stores.some(store))

    def check_product(self, sku: str) -> None:
        """Look whether Commerce has that product; StoreError if not."""
        with self.app.app_context():
            stores.check_product(sku, self._commerce)

    def unmatch(self, seller_sku: str, store: str | None = None) -> list[str]:
        """Remove a match, in one store or in all; answers the stores that had it."""
        with self.app.app_context():
            return stores.unmatch(seller_sku, stores.some(store))

    def matches(self, store: str | None = None) -> list[tuple[str, str, str]]:
        """Store, seller SKU and catalog SKU of each match by hand."""
        with self.app.app_context():
            return stores.matches(stores.some(store))

    def settings(self, store: str | None = None) -> dict[str, dict[str, str]]:
        """The order settings of one store, or of all, by store name."""
        with self.app.app_context():
            return {one.name: one.settings.as_dict() for one in stores.some(store)}

    def cron_intervals(self) -> dict[str, timedelta]:
        """How often each connected store is due."""
        with self.app.app_context():
            active = [one for one in stores.some(None) if one.state == "active"]
            return {one.name: one.settings.duration("cron_interval") for one in active}

    def last_run(self) -> dict[str, int] | None:
        """The counts of the last sync, all its stores together."""
        with self.app.app_context():
            return overview.last_run()

    @property
    def clock(self) -> Clock:
        return self._config.clock

    def sync(self, store: str | Collection[str] | None = None) -> dict[str, str]:
        """Run once over each active store, or over those named; answers the errors by store name.

        A store whose lease another run holds is left out. Raises StoreError for an unknown store.
        """
        errors = {}
        with self._running, self.app.app_context():  # a page and the cron may ask at the same time
            number = (db.session.scalar(_LAST_SYNC) or 0) + 1
            wanted = [store] if isinstance(store, str) else store
            for one in stores.some(None) if wanted is None else map(stores.get, wanted):
                if one.state == "active" and (error := self._run(one, number)):
                    errors[one.name] = error
            banner.show(self._commerce)
        return errors

    @property
    def commerce(self) -> CommerceClient:
        return self._commerce

    @property
    def links(self) -> Links:
        return self._config.links

    def state(self) -> dict[str, Any]:
        """Orders, outbox, runs, stores and system message as plain data."""
        with self.app.app_context():
            return overview.state()

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        self._session.close()

    def _run(self, store: Store, number: int) -> str | None:
        clock = self._config.clock
        lease = Lease(store.id, clock)
        if not lease.take():
            return None
        run = Run(
            store_id=store.id, sync=number, started_at=clock.now(), seen=0, imported=0, blocked=0, failed=0
        )
        db.session.add(run)
        db.session.commit()
        amazon = self._client(store.refresh_token)
        try:
            run_store(Context(store, run, lease, amazon, self._commerce, clock, self._config.links))
        except LeaseLost:
            db.session.rollback()
            return "another run took over"
        return run.error

    def _client(self, refresh_token: str) -> AmazonClient:
        """One client for each grant, so that its access token serves several runs."""
        if refresh_token not in self._amazon:
            config = self._config
            self._amazon[refresh_token] = AmazonClient(
                Http(self._session, config.amazon_url, "Amazon"),
                Http(self._session, config.lwa_url, "Login with Amazon"),
                Credentials(config.lwa_client_id, config.lwa_client_secret, refresh_token),
                config.clock,
            )
        return self._amazon[refresh_token]
