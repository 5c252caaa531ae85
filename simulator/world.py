"""The three programs and one clock, in this process or over sockets.

All is made once. Between scenarios the mocks are reset; the connector starts again on its one database.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import Self

import requests
from flask import Flask
from requests.adapters import BaseAdapter, HTTPAdapter

import mock_amazon
import mock_commerce
from connector.config import ConnectorConfig
from connector.program import Connector
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simkit.serving import LiveServer
from simulator.control import Control
from simulator.places import place
from simulator.process import Process, connector_config
from simulator.stage import RunResult
from simulator.wire import Ear, HeardAdapter, KillAt, Killed, Line
from simulator.wsgi import WsgiAdapter

AMAZON_URL = "http://amazon.localhost"
COMMERCE_URL = "http://commerce.localhost"
_COPY = "simulator-copy"


class World:
    """Amazon, Commerce and the connector's present process. A context manager."""

    def __init__(self, *, over_http: bool = False, database: str | None = None) -> None:
        """``database``: a PostgreSQL server instead of memory, by its URL.

        Raises DatabaseUnusable, and SQLAlchemyError for a server that does not answer.
        """
        self.over_http = over_http
        self.clock = VirtualClock()
        self.ear = Ear()
        self._place = place(database)
        config = ServerConfig(self._place.url, self.clock)
        apps = {
            AMAZON_URL: mock_amazon.create_app(config),
            COMMERCE_URL: mock_commerce.create_app(config),
        }
        self._apps = tuple(apps.values())
        self._servers: list[LiveServer] = []
        self._adapters: dict[str, Callable[[], BaseAdapter]] = (
            self._serve(apps) if over_http else {url: _calling(app) for url, app in apps.items()}
        )
        amazon_url, commerce_url = self._adapters
        self._session = self._control_session()
        self.amazon = Control(self._session, amazon_url)
        self.commerce = Control(self._session, commerce_url)
        self._database = self._place.connector()
        self._processes: list[Process] = []

    @cached_property
    def process(self) -> Process:
        """The connector's present process."""
        return self._new_process()

    @cached_property
    def _other(self) -> Process:
        """Another process, for runs that are tried at the same time."""
        return self._new_process()

    @property
    def connector(self) -> Connector:
        return self.process.connector

    def restart(self) -> None:
        """The next look or run is made by a new process on the same database."""
        self.process.close()
        self.process.start_again()

    def reset(self, moment: datetime, seed: int) -> None:
        """An empty world at that time, in which ids begin anew."""
        self.clock.freeze()
        self.clock.set(moment)
        for mock in (self.amazon, self.commerce):
            mock.post("/reset", {"seed": seed})
        self.wipe_connector()

    def wipe_connector(self) -> None:
        """An empty database, and a process that remembers nothing."""
        self._database.wipe()
        self.process.start_again()

    def sync(self, store: str | None = None, *, kill: KillAt | None = None, parallel: int = 1) -> RunResult:
        """One run of each active store, or of one. A killed process is replaced."""
        process = self.process
        line = process.line
        line.begin(kill, (lambda: self._others(store, parallel - 1)) if parallel > 1 else None)
        errors: Mapping[str, str] = {}
        with contextlib.suppress(Killed):
            errors = process.connector.sync(store=store)
        result = RunResult(line.calls, line.dead, errors)
        line.begin()  # what was to happen in this run does not happen in a later one
        if line.dead:
            self.restart()
        return result

    @contextlib.contextmanager
    def copied(self) -> Iterator[None]:
        """Whatever happens inside happens to a copy: afterwards all is as it was."""
        moment = self.clock.now()
        copy = self._database.copy()
        for mock in (self.amazon, self.commerce):
            mock.post("/snapshots", {"name": _COPY})
        try:
            yield
        finally:
            for mock in (self.amazon, self.commerce):
                mock.post(f"/snapshots/{_COPY}/restore")
            self._database.load(copy)
            copy.close()
            self.process.start_again()
            self.clock.set(moment)

    def close(self) -> None:
        for process in self._processes:
            process.close()
        self._session.close()
        for server in self._servers:
            server.stop()
        self._database.close()
        for app in self._apps:
            app.extensions["simulation"].close()
        self._place.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _others(self, store: str | None, count: int) -> None:
        """Other processes try the same run while the first one is at its first call."""
        for _ in range(count):
            self._other.start_again()
            try:
                self._other.connector.sync(store=store)
            finally:
                self._other.close()

    def _new_process(self) -> Process:
        process = Process(self._heard_adapters, self._config)
        self._processes.append(process)
        return process

    def _serve(self, apps: dict[str, Flask]) -> dict[str, Callable[[], BaseAdapter]]:
        self._servers = [LiveServer(app).start() for app in apps.values()]
        return {server.url: HTTPAdapter for server in self._servers}

    def _new_adapters(self) -> dict[str, BaseAdapter]:
        return {url: make() for url, make in self._adapters.items()}

    def _heard_adapters(self) -> dict[str, BaseAdapter]:
        """For the connector: its calls are heard, those of the control API are not."""
        return {
            url: HeardAdapter(adapter, system, self.ear)
            for (url, adapter), system in zip(
                self._new_adapters().items(), ("amazon", "commerce"), strict=True
            )
        }

    def _control_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        for url, adapter in self._new_adapters().items():
            session.mount(url, adapter)
        return session

    def _config(self, line: Line, new_session: Callable[[], requests.Session]) -> ConnectorConfig:
        return connector_config(
            self.amazon.url,
            self.commerce.url,
            self.clock,
            database=self._database.url,
            engine_options=self._database.engine_options(line),
            new_session=new_session,
        )


def _calling(app: Flask) -> Callable[[], BaseAdapter]:
    return lambda: WsgiAdapter(app)
