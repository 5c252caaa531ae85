"""One operating system process of the connector, as far as a world can tell: a Connector and its wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import requests
from requests.adapters import BaseAdapter

from connector.config import ConnectorConfig
from connector.program import Connector
from simkit.clock import VirtualClock
from simulator import defaults
from simulator.wire import Line, WatchedAdapter

NewAdapters = Callable[[], Mapping[str, BaseAdapter]]
"""Makes one adapter for each URL prefix that the connector may call."""


def connector_config(amazon_url: str, commerce_url: str, clock: VirtualClock, **rest: Any) -> ConnectorConfig:
    """A connector with the default credentials of the simulated systems."""
    return ConnectorConfig(
        amazon_url=amazon_url,
        lwa_url=amazon_url,
        commerce_url=commerce_url,
        lwa_client_id=defaults.LWA_CLIENT_ID,
        lwa_client_secret=defaults.LWA_CLIENT_SECRET,
        commerce_username=defaults.COMMERCE_USERNAME,
        commerce_password=defaults.COMMERCE_PASSWORD,
        clock=clock,
        **rest,
    )


class Process:
    """A connector whose calls are watched; it can end, killed or not, and start again as a new one."""

    def __init__(
        self,
        new_adapters: NewAdapters,
        config: Callable[[Line, Callable[[], requests.Session]], ConnectorConfig],
    ) -> None:
        self.line = Line()
        self._new_adapters = new_adapters
        self._sessions: list[requests.Session] = []
        self._config = config(self.line, self._new_session)
        self.connector = Connector(self._config)

    def start_again(self) -> None:
        """Be as a new process, without the time that making its app and its statements takes."""
        self._close_sessions()
        self.line.live_again()
        self.connector = Connector(self._config, app=self.connector.app)

    def close(self) -> None:
        """End: nothing that was not committed stays."""
        self.connector.close()
        self._close_sessions()

    def _close_sessions(self) -> None:
        for session in self._sessions:
            session.close()
        self._sessions.clear()

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # no proxy and no netrc stand between simulated systems
        for prefix, adapter in self._new_adapters().items():
            session.mount(prefix, WatchedAdapter(adapter, self.line))
        self._sessions.append(session)
        return session
