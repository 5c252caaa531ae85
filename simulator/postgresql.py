"""A world in a PostgreSQL database: it has schemas of its own, and takes them away when it ends."""

from __future__ import annotations

import secrets
from typing import Any

import psycopg
from sqlalchemy import create_engine, make_url

import connector.models  # noqa: F401 - the tables that are copied
from connector.database import Base
from connector.postgresql import make_tables
from simkit import pgrows, postgresql
from simulator.wire import Line

PROGRAMS = ("amazon", "commerce", "connector")


class _Connection(psycopg.Connection[Any]):
    """A connection that dies with its process."""

    line: Line | None = None

    def commit(self) -> None:
        if self.line is not None:
            self.line.check()
        super().commit()


class Rows:
    """A copy of the connector's tables."""

    def __init__(self, copies: pgrows.Copies) -> None:
        self.copies = copies

    def close(self) -> None:
        """Nothing is held open."""


class PostgresqlDatabase:
    """The connector's schema in one world."""

    def __init__(self, url: str) -> None:
        self.url = url
        address = make_url(postgresql.program_url(url, "connector"))
        self._arguments = address.get_dialect()().create_connect_args(address)[1]
        self._engine = create_engine(address, hide_parameters=True)
        make_tables(self._engine, Base.metadata)

    def engine_options(self, line: Line) -> dict[str, Any]:
        def creator() -> _Connection:
            connection = _Connection.connect(**self._arguments)
            connection.line = line
            return connection

        return {"creator": creator, "hide_parameters": True}

    def copy(self) -> Rows:
        return Rows(pgrows.dump(self._engine, Base.metadata))

    def load(self, copy: Rows) -> None:
        pgrows.load(self._engine, Base.metadata, copy.copies)

    def wipe(self) -> None:
        pgrows.load(self._engine, Base.metadata, pgrows.Copies())

    def close(self) -> None:
        self._engine.dispose()


def new_world(url: str) -> str:
    """The address of a world that nobody else has.

    Raises DatabaseUnusable where the address names a world already: its rows would be lost.
    """
    if "world" in postgresql.parsed(url).query:
        raise postgresql.DatabaseUnusable("scenarios are played in a world of their own: leave world=… out")
    return postgresql.in_world(url, f"run_{secrets.token_hex(6)}")


def remove(url: str) -> None:
    """Take a world away: the schemas of its programs."""
    given = postgresql.parsed(url)
    postgresql.drop(url, [postgresql.schema_of(given, program) for program in PROGRAMS])
