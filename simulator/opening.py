"""Opening a world for a command: where it is kept, and in one line what keeps it from coming up."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

import connector.postgresql
from connector.errors import ConnectorError
from simkit.postgresql import DatabaseUnusable, is_postgresql
from simkit.program import CannotBegin, told
from simkit.serving import PortInUse
from simulator.live import NotPlayed
from simulator.up import FolderUnusable, NotEmpty
from simulator.world import World

_EXPECTED = (
    *(PortInUse, FolderUnusable, NotEmpty, NotPlayed, ConnectorError),
    *(DatabaseUnusable, connector.postgresql.DatabaseUnusable),
)


class Unusable(CannotBegin):
    """Exit status 2: nothing was done; 1 means that a scenario failed."""


def open_world(db: str | None, *, over_http: bool) -> World:
    """A new world in memory, or at a PostgreSQL server."""
    with explained(db):
        return World(over_http=over_http, database=db)


def place_of(db: str | None) -> tuple[Path | None, str | None]:
    """The folder or the server that ``--db`` names.

    Raises DatabaseUnusable.
    """
    if db is None or "://" not in db:
        return (None if db is None else Path(db)), None
    if not is_postgresql(db):
        raise DatabaseUnusable("a world is kept in a folder, or in a database at postgresql://…")
    return None, db


@contextlib.contextmanager
def explained(db: str | None) -> Iterator[None]:
    """What may keep a world from coming up, as one line and status 2."""
    try:
        yield
    except _EXPECTED as error:
        raise Unusable(str(error)) from error
    except SQLAlchemyError as error:
        if db is not None and is_postgresql(db):
            raise Unusable(told(error, db)) from None
        raise Unusable(f"cannot use the databases in {db}: {error.__cause__ or error}") from error
