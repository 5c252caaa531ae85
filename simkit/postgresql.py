"""PostgreSQL by URL: each program has a schema of its own, so that all of them share one database.

``?world=NAME`` in a URL puts NAME_ before the names of the schemas: worlds beside each other in one database.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, String, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

DRIVER = "postgresql+psycopg"
NAMES = frozenset({"postgres", "postgresql", DRIVER})
_WORLD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PATIENCE = 10_000
"""Milliseconds for which a lock is waited for, as with SQLite."""


class DatabaseUnusable(Exception):
    """The database cannot be used; the message says why and holds no password."""


def parsed(url: str) -> URL:
    """The parts of a URL.

    Raises DatabaseUnusable, whose message does not quote what may hold a password.
    """
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        scheme = url.partition("://")[0]
        raise DatabaseUnusable(
            f"{scheme}://… is not a database's address: write {scheme}://USER:PASSWORD@HOST:PORT/DATABASE,"
            " with %40 for an @ in the password"
        ) from None


def is_postgresql(url: str) -> bool:
    return url.partition("://")[0] in NAMES


def schema_of(url: URL, program: str) -> str:
    """The name of a program's schema in the world that the URL names.

    Raises DatabaseUnusable for a world that cannot be part of a name.
    """
    world = url.query.get("world")
    if world is None:
        return program
    if not isinstance(world, str) or not _WORLD.fullmatch(world):
        raise DatabaseUnusable(
            f"world={world!r} in the database's address: a letter, then up to 39 of a-z, 0-9, _ are allowed"
        )
    return f"{world}_{program}"


def program_url(url: str, program: str) -> str:
    """The URL for a program's engine: psycopg as the driver, and the program's schema as the only one.

    Raises DatabaseUnusable.
    """
    given = parsed(url)
    settings = f"-c search_path={schema_of(given, program)} -c lock_timeout={_PATIENCE}"
    need_driver()
    address = given.set(drivername=DRIVER).difference_update_query(["world"])
    own = address.query.get("options", "")
    address = address.update_query_dict({"options": f"{own} {settings}".strip()})
    return address.render_as_string(hide_password=False)


def in_world(url: str, world: str) -> str:
    """The same database, another world."""
    return parsed(url).update_query_dict({"world": world}).render_as_string(hide_password=False)


def shown(url: str) -> str:
    """The URL as it may be told: no password, and of the parameters the world only."""
    given = parsed(url)
    kept: Mapping[str, str | tuple[str, ...]] = {
        name: value for name, value in given.query.items() if name == "world"
    }
    return given.set(query=kept).render_as_string(hide_password=True)


def reason(error: SQLAlchemyError, url: str) -> str:
    """What the database said, in one line without the password."""
    said = " ".join(str(getattr(error, "orig", None) or error.__cause__ or error).split())
    password = parsed(url).password
    return said.replace(str(password), "***") if password else said


@contextlib.contextmanager
def made(engine: Engine, metadata: MetaData) -> Iterator[None]:
    """Make what is missing of the schema and the tables; inside, no other program does the same."""
    with engine.connect() as connection:
        schema = connection.scalar(text("SELECT current_setting('search_path')"))
        lock = {"name": f"channelsim {schema}"}
        connection.execute(text("SELECT pg_advisory_lock(hashtext(:name))"), lock)
        try:
            _make(connection, str(schema), metadata)
            connection.commit()
            yield
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(hashtext(:name))"), lock)
            connection.commit()


def replace_nul(engine: Engine) -> None:
    """Keep texts with a NUL, which PostgreSQL refuses, with U+FFFD in its place, and look for them so."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _replace(
        _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
    ) -> tuple[str, Any]:
        # Many rows come as a list, or with all their values in one mapping.
        several = isinstance(parameters, list)
        return statement, [_kept(row) for row in parameters] if several else _kept(parameters)


def _kept(parameters: Any) -> Any:
    if not isinstance(parameters, Mapping):
        return parameters
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in parameters.items()
    }


def drop(url: str, schemas: list[str]) -> None:
    """Remove the schemas and all that is in them."""
    engine = create_engine(program_url(url, "none"))
    with engine.begin() as connection:
        for schema in schemas:
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'))
    engine.dispose()


def _make(connection: Connection, schema: str, metadata: MetaData) -> None:
    there = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
    if connection.scalar(there, {"name": schema}) is None:  # who may not make one may use one that is there
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    _unlimited(metadata).create_all(connection)


def _unlimited(metadata: MetaData) -> MetaData:
    """The same tables without the lengths of texts, which SQLite takes for remarks: one behaviour on both."""
    copy = MetaData()
    for table in metadata.tables.values():
        for column in table.to_metadata(copy).columns:
            if isinstance(column.type, String):
                column.type = column.type.copy()
                column.type.length = None
    return copy


def need_driver() -> None:
    """Raises DatabaseUnusable where the package is missing."""
    try:
        import psycopg  # noqa: F401, PLC0415 - an extra: only PostgreSQL needs it
    except ImportError as error:
        raise DatabaseUnusable(
            "PostgreSQL needs the package psycopg: pip install 'channelsim[postgresql]'"
        ) from error
