"""``channelsim up``: all programs of one world in this process, on one clock, each on a port of its own."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests
from flask import Flask, jsonify

import mock_amazon
import mock_commerce
from connector.program import Connector
from mock_amazon.sandbox.reading import SandboxModels
from simkit.clock import VirtualClock
from simkit.postgresql import shown
from simkit.program import MEMORY, ServerConfig, database_url
from simkit.serving import LiveServer
from simulator import console, defaults
from simulator.control import Control
from simulator.demo import Demo, Urls
from simulator.live import LiveStage, perform
from simulator.process import connector_config
from simulator.scenario.model import Scenario

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROGRAMS = ("console", "amazon", "commerce", "connector")
"""In the order of their ports."""


class NotEmpty(Exception):
    """A scenario is to be played in a world that holds something already."""


class FolderUnusable(OSError):
    """The folder for the databases cannot be written; the message names it."""


@dataclass(frozen=True)
class Wish:
    """What the command line asked for. Port 0 takes free ports."""

    clock: VirtualClock
    port: int = 8080
    folder: Path | None = None
    control_token: str | None = None
    cron: bool = False
    """The connector runs at its cron times by itself."""
    scenario: Scenario | None = None
    """Played in the new world before it is handed over."""
    tell: Callable[[str], None] = print
    """Where the scenario's narration goes."""
    database: str | None = None
    """A PostgreSQL database by its URL, instead of files in a folder."""
    sandbox: SandboxModels | None = None
    """Models whose static cases Amazon answers too."""
    commerce_config: Mapping[str, Any] = field(default_factory=dict)
    """Switches that the shop starts with."""

    @property
    def kept(self) -> str | None:
        """Where the world is found again, as it may be told."""
        if self.database is not None:
            return shown(self.database)
        return None if self.folder is None else str(self.folder)


def _not_yet(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"starting"]


def _nothing() -> None:
    """What happens by itself where there is no app yet."""


class _Door:
    """A port that is taken before there is an app behind it."""

    def __init__(self, port: int) -> None:
        self.app: WSGIApplication = _not_yet
        self.tick: Callable[[], None] = _nothing
        self.server = LiveServer(self._answer, port=port, tick=self._tick).start()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)

    def _tick(self) -> None:
        self.tick()


@contextlib.contextmanager
def running(wish: Wish) -> Iterator[dict[str, str]]:
    """The world, healthy; answers the addresses by program. Everything is stopped at the end.

    Raises PortInUse, FolderUnusable, DatabaseUnusable, and SQLAlchemyError for databases that cannot be read.
    """
    with contextlib.ExitStack() as at_last, contextlib.ExitStack() as stack:
        doors = {}
        for offset, name in enumerate(PROGRAMS):
            doors[name] = _Door(wish.port and wish.port + offset)
            stack.callback(doors[name].server.stop)
        databases = _databases(wish, stack)
        urls = {name: door.server.url for name, door in doors.items()}
        for name, app in _mocks(wish, databases):
            at_last.callback(app.extensions["simulation"].close)
            doors[name].app = app
            doors[name].tick = app.extensions["simulation"].tick
        connector = stack.enter_context(_connector(wish.clock, databases["connector"], urls))
        doors["connector"].app = connector.app
        session = stack.enter_context(requests.Session())
        session.trust_env = False
        amazon, commerce = (Control(session, urls[name], wish.control_token) for name in PROGRAMS[1:3])
        _furnish(wish, LiveStage(amazon, commerce, wish.clock, connector))
        demo = Demo(connector, amazon, commerce, wish.clock, Urls(**urls))
        doors["console"].app = console.create_app(demo, wish.control_token)
        if wish.cron:
            stack.callback(demo.start_cron().stop)
        yield urls


def _databases(wish: Wish, stack: contextlib.ExitStack) -> dict[str, str]:
    """The URLs of the databases by program.

    Raises FolderUnusable.
    """
    if wish.database is not None:
        return dict.fromkeys(PROGRAMS[1:], wish.database)
    folder = wish.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="channelsim-")))
    _check(folder)
    files = {name: database_url(str(folder / f"{name}.db")) for name in PROGRAMS[1:]}
    return files if wish.folder else {**files, "amazon": MEMORY, "commerce": MEMORY}


def _check(folder: Path) -> None:
    """Make the folder, try to write into it, and look at the databases that are there.

    Raises FolderUnusable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        for file in sorted(folder.glob("*.db")):
            with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
                database.execute("PRAGMA schema_version").fetchone()
    except OSError as error:
        raise FolderUnusable(f"cannot keep databases in {folder}: {error.strerror or error}") from error
    except sqlite3.DatabaseError as error:
        raise FolderUnusable(f"cannot use the database {file}: {error}") from error


def _mocks(wish: Wish, databases: dict[str, str]) -> Iterator[tuple[str, Flask]]:
    def config(name: str, settings: Mapping[str, Any] | None = None) -> ServerConfig:
        return ServerConfig(
            databases[name], wish.clock, control_token=wish.control_token, settings=settings or {}
        )

    yield "amazon", mock_amazon.create_app(config("amazon"), wish.sandbox)
    yield "commerce", mock_commerce.create_app(config("commerce", wish.commerce_config))


@contextlib.contextmanager
def _connector(clock: VirtualClock, database: str, urls: dict[str, str]) -> Iterator[Connector]:
    connector = Connector(
        connector_config(
            urls["amazon"],
            urls["commerce"],
            clock,
            seller_central_url=urls["amazon"],
            database=database,
            new_session=_direct_session,
        )
    )
    try:
        _add_health(connector.app)
        yield connector
    finally:
        connector.close()


def _furnish(wish: Wish, stage: LiveStage) -> None:
    """Play the scenario in the new world, or connect the default store.

    Raises NotEmpty, NotPlayed.
    """
    if wish.scenario is None:
        _connect_default_store(stage.connector)
        return
    if stage.connector.state()["stores"] or stage.amazon.get("/state")["orders"]:
        raise NotEmpty("a scenario is played in an empty world only, and this one has stores or orders")
    perform(stage, wish.scenario, wish.tell)


def _direct_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


def _add_health(app: Flask) -> None:
    """The same question as at the mocks: the connector itself knows nothing of ``/_sim``."""
    app.add_url_rule("/_sim/health", "sim_health", lambda: jsonify(status="ok", system="connector"))


def _connect_default_store(connector: Connector) -> None:
    """A new world has one store; a start that was broken off before it was connected is made good."""
    stores = connector.state()["stores"]
    if not stores:
        connector.add_store(
            defaults.STORE,
            marketplace=defaults.MARKETPLACE,
            seller=defaults.SELLER,
            website=defaults.WEBSITE,
        )
    if not stores or stores.get(defaults.STORE, {}).get("connected_at", "") is None:
        connector.connect_store(defaults.STORE, defaults.REFRESH_TOKEN)
