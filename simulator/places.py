"""Where a world keeps what its programs store: in memory, or in a PostgreSQL database while it lasts."""

from __future__ import annotations

from typing import Protocol

from simkit.postgresql import DatabaseUnusable, is_postgresql, need_driver
from simkit.program import MEMORY
from simulator.database import ConnectorDatabase, MemoryDatabase


class Place(Protocol):
    """The databases of one world."""

    url: str
    """For each of the mocks."""

    def connector(self) -> ConnectorDatabase: ...
    def close(self) -> None:
        """Nothing of the world stays."""


class _Memory:
    url = MEMORY

    def connector(self) -> ConnectorDatabase:
        return MemoryDatabase()

    def close(self) -> None:
        """Memory goes by itself."""


class _Postgresql:
    def __init__(self, url: str) -> None:
        need_driver()
        from simulator import postgresql  # noqa: PLC0415 - its driver is an extra

        self._postgresql = postgresql
        self.url = postgresql.new_world(url)

    def connector(self) -> ConnectorDatabase:
        return self._postgresql.PostgresqlDatabase(self.url)

    def close(self) -> None:
        self._postgresql.remove(self.url)


def place(database: str | None) -> Place:
    """A new place for a world.

    Raises DatabaseUnusable.
    """
    if database is None:
        return _Memory()
    if not is_postgresql(database):
        raise DatabaseUnusable("scenarios are played in memory, or in a database at postgresql://…")
    return _Postgresql(database)
