"""How a mock is configured, and the command line that both share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from simkit import postgresql
from simkit.clock import VirtualClock, wall_time
from simkit.postgresql import DatabaseUnusable
from simkit.serving import LiveServer, PortInUse
from simkit.times import UnreadableTime, parse_time

MEMORY = "sqlite://"
_Command = Callable[..., None]


@dataclass(frozen=True)
class ServerConfig:
    """Everything a mock is made from; nothing is read from the environment."""

    database: str = MEMORY
    """An SQLAlchemy URL."""
    clock: VirtualClock = field(default_factory=VirtualClock)
    seed: int = 1
    control: bool = True
    """Whether the control API is there."""
    control_token: str | None = None
    """With a token the control API answers any address that knows it; without one, loopback only."""
    engine_options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Switches that the mock starts with, and has again after a reset."""

    def flask_config(self, program: str) -> dict[str, Any]:
        """Settings for Flask and its extensions; on PostgreSQL the program's name is its schema's.

        Raises DatabaseUnusable.
        """
        return {
            "SQLALCHEMY_DATABASE_URI": postgresql.program_url(self.database, program)
            if postgresql.is_postgresql(self.database)
            else self.database,
            "SQLALCHEMY_ENGINE_OPTIONS": dict(self.engine_options),
            "CONTROL_TOKEN": self.control_token,
            "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
        }


def database_url(db: str | None) -> str:
    """What ``--db`` means: nothing is memory, an URL is itself, anything else is an SQLite file.

    Raises DatabaseUnusable for other databases.
    """
    if db is None:
        return MEMORY
    if "://" not in db:
        return f"sqlite:///{Path(db).resolve()}"
    scheme = db.partition("://")[0]
    if not postgresql.is_postgresql(db) and scheme != "sqlite":
        raise DatabaseUnusable(f"{scheme}:// is not a database that can be used: sqlite and postgresql are")
    postgresql.parsed(db)
    return db


def told(error: SQLAlchemyError, url: str) -> str:
    """One line about a database that cannot be used."""
    return f"cannot use the database {postgresql.shown(url)}: {postgresql.reason(error, url)}"


class CannotBegin(click.ClickException):
    """Nothing was done; the message says why."""

    exit_code = 2


class UnusableSetting(ValueError):
    """A switch of a command line that does not exist, or a position that it does not have."""


def settings_option(
    flag: str, parse: Callable[[Sequence[str]], Mapping[str, Any]]
) -> Callable[[_Command], _Command]:
    """An option ``name=value``, repeatable, for the switches that a mock starts with, as ``settings``.

    ``parse`` raises UnusableSetting.
    """

    def read(_context: click.Context, _option: click.Parameter, words: Sequence[str]) -> Mapping[str, Any]:
        try:
            return parse(words)
        except UnusableSetting as error:
            raise click.BadParameter(str(error)) from None

    text = "A switch that the shop starts with: any key of /_sim/config or quirk; repeatable."
    return click.option(flag, "settings", multiple=True, metavar="NAME=VALUE", callback=read, help=text)


def server_command(
    name: str, port: int, create_app: Callable[..., Flask], *options: Callable[[_Command], _Command]
) -> click.Command:
    """The command ``python -m mock_…``: serves one mock with a clock of its own.

    A mock's own options are given to ``create_app`` by their names.
    """

    def own(command: _Command) -> _Command:
        for option in options:
            command = option(command)
        return command

    @click.command(name, help=f"Serve {name} on this machine.")
    @click.option("--host", default="127.0.0.1", show_default=True)
    @click.option("--port", default=port, show_default=True, type=click.IntRange(0, 65535))
    @click.option(
        "--db",
        metavar="FILE|URL",
        help="Where the state is kept: an SQLite file, or postgresql://…; memory by default.",
    )
    @click.option(
        "--clock", "start", metavar="TIME", default="now", help="Start of the clock; now by default."
    )
    @click.option("--frozen", is_flag=True, help="The clock stands still until it is moved.")
    @click.option("--seed", default=1, show_default=True, help="Seed of all generated ids.")
    @click.option("--no-control", is_flag=True, help="Leave the control API /_sim out.")
    @click.option("--control-token", envvar="CHANNELSIM_CONTROL_TOKEN", help="Token of the control API.")
    @own
    def command(  # noqa: PLR0917 - click gives them by name
        host: str,
        port: int,
        db: str | None,
        start: str,
        frozen: bool,
        seed: int,
        no_control: bool,
        control_token: str | None,
        **rest: Any,
    ) -> None:
        url = MEMORY
        try:
            clock = clock_from(start, frozen=frozen)
            url = database_url(db)
            app = create_app(ServerConfig(url, clock, seed, not no_control, control_token), **rest)
            server = LiveServer(app, host, port, tick=app.extensions["simulation"].tick)
        except (UnreadableTime, PortInUse, DatabaseUnusable) as error:
            raise CannotBegin(str(error)) from None
        except SQLAlchemyError as error:
            raise CannotBegin(told(error, url)) from None
        click.echo(f"{name} on {server.url}")
        sys.stdout.flush()
        try:
            server.run()
        finally:
            server.stop()

    return command


def clock_from(start: str, *, frozen: bool) -> VirtualClock:
    """A clock from command line words.

    Raises UnreadableTime.
    """
    clock = VirtualClock(wall_time(), mode="frozen")
    clock.set(parse_time(start, clock.now()))
    if not frozen:
        clock.run()
    return clock
