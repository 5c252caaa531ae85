"""The connector's database in a world: it outlives the connector's processes; each has its own connection.

A connection of a dead process commits nothing more. Copies are whole: every table, taken between runs.
"""

from __future__ import annotations

import itertools
import sqlite3
from typing import Any, Protocol

from sqlalchemy import StaticPool

from simulator.wire import Line

_NUMBERS = itertools.count(1)


class Copy(Protocol):
    """The state of a database, for ``load`` and to be closed."""

    def close(self) -> None: ...


class ConnectorDatabase(Protocol):
    """What a world needs of the connector's database, wherever it is."""

    @property
    def url(self) -> str: ...
    def engine_options(self, line: Line) -> dict[str, Any]:
        """What makes an engine use connections of its own to this database."""

    def copy(self) -> Any:
        """A copy of the present state, for ``load`` and to be closed."""

    def load(self, copy: Any) -> None: ...
    def wipe(self) -> None:
        """Remove all rows; the tables stay for the process that made them."""

    def close(self) -> None: ...


class _Connection(sqlite3.Connection):
    """A connection that dies with its process."""

    line: Line | None = None

    def commit(self) -> None:
        if self.line is not None:
            self.line.check()
        super().commit()


class MemoryDatabase:
    """One SQLite database in the memory of this process. It lives until ``close``."""

    url = "sqlite://"

    def __init__(self) -> None:
        self._name = f"file:/connector-{next(_NUMBERS)}?vfs=memdb"
        self._anchor = self._connect()

    def engine_options(self, line: Line) -> dict[str, Any]:
        def creator() -> sqlite3.Connection:
            connection = self._connect()
            connection.line = line
            return connection

        return {"creator": creator, "poolclass": StaticPool}

    def copy(self) -> sqlite3.Connection:
        copy = sqlite3.connect(":memory:")
        self._anchor.backup(copy)
        return copy

    def load(self, copy: sqlite3.Connection) -> None:
        copy.backup(self._anchor)

    def wipe(self) -> None:
        names = self._anchor.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        with self._anchor:
            for (name,) in names:
                self._anchor.execute(f'DELETE FROM "{name}"')  # noqa: S608 - our own tables

    def close(self) -> None:
        self._anchor.close()

    def _connect(self) -> _Connection:
        return sqlite3.connect(self._name, uri=True, factory=_Connection, check_same_thread=False)
