"""PostgreSQL by URL: the connector's tables stand in a schema of their own, ``connector``.

``?world=NAME`` in the URL makes it ``NAME_connector``: several connectors may share one database.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from sqlalchemy import URL, Connection, Engine, MetaData, String, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

SCHEMA = "connector"
DRIVER = "postgresql+psycopg"
_NAMES = frozenset({"postgres", "postgresql", DRIVER})
_WORLD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PATIENCE = 10_000
"""Milliseconds for which a lock is waited for."""


class DatabaseUnusable(Exception):
    """The database cannot be used; the message says why and holds no password."""


def engine_url(url: str) -> str:
    """The URL for the engine: on PostgreSQL psycopg is the driver and our schema the only one.

    Raises DatabaseUnusable.
    """
    given = _parsed(url)
    if given.drivername not in _NAMES:
        if given.get_backend_name() != "sqlite":
            raise DatabaseUnusable(f"{given.drivername}:// cannot be used: sqlite and postgresql can")
        return url
    _need_driver()
    settings = f"{given.query.get('options', '')} -c search_path={_schema(given)} -c lock_timeout={_PATIENCE}"
    address = given.set(drivername=DRIVER).difference_update_query(["world"])
    return address.update_query_dict({"options": settings.strip()}).render_as_string(hide_password=False)


@contextlib.contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn what the database says into DatabaseUnusable: one line without the password."""
    try:
        yield
    except SQLAlchemyError as error:
        given = _parsed(url)
        said = " ".join(str(getattr(error, "orig", None) or error).split())
        said = said.replace(str(given.password), "***") if given.password else said
        place = given.set(query={}).render_as_string(hide_password=True)
        raise DatabaseUnusable(f"cannot use the database {place}: {said}") from None


def make_tables(engine: Engine, metadata: MetaData) -> None:
    """Make what is missing of the tables, and of the schema; one process at a time."""
    if engine.dialect.name != "postgresql":
        metadata.create_all(engine)
        return
    with engine.begin() as connection:
        schema = connection.scalar(text("SELECT current_setting('search_path')"))
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"make {schema}"})
        _make_schema(connection, str(schema))
        _unlimited(metadata).create_all(connection)


def _make_schema(connection: Connection, schema: str) -> None:
    there = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
    if connection.scalar(there, {"name": schema}) is None:  # who may not make one may use one that is there
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))


def _unlimited(metadata: MetaData) -> MetaData:
    """The same tables without the lengths of texts, which SQLite takes for remarks: one behaviour on both."""
    copy = MetaData()
    for table in metadata.tables.values():
        for column in table.to_metadata(copy).columns:
            if isinstance(column.type, String):
                column.type = column.type.copy()
                column.type.length = None
    return copy


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # The URL is not quoted: it may hold a password.
        raise DatabaseUnusable(
            "the database's address cannot be read: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE,"
            " with %40 for an @ in the password"
        ) from None


def _schema(url: URL) -> str:
    world = url.query.get("world")
    if world is None:
        return SCHEMA
    if not isinstance(world, str) or not _WORLD.fullmatch(world):
        raise DatabaseUnusable(
            f"world={world!r} in the database's address: a letter, then up to 39 of a-z, 0-9, _ are allowed"
        )
    return f"{world}_{SCHEMA}"


def _need_driver() -> None:
    try:
        import psycopg  # noqa: F401, PLC0415 - an extra: only PostgreSQL needs it
    except ImportError as error:
        raise DatabaseUnusable(
            "PostgreSQL needs the package psycopg: pip install 'channelsim[postgresql]'"
        ) from error
