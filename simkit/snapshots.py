"""Copies of a server's whole database: an image of memory, PostgreSQL's own, or every table as plain rows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, MetaData, insert, select

from simkit import pgrows

Rows = dict[str, list[dict[str, Any]]]
Content = bytes | Rows | pgrows.Copies
"""An image of an SQLite database in memory, or the rows of each table."""


@dataclass(frozen=True)
class Snapshot:
    """The database, and what parts outside it gave along."""

    content: Content
    volatile: dict[str, Any]


def dump(engine: Engine, metadata: MetaData) -> Content:
    """The database as it is now; no transaction may be open."""
    if _in_memory(engine):
        with engine.connect() as connection:
            image: bytes = connection.connection.driver_connection.serialize()  # type: ignore[union-attr] # sqlite3's
            return image
    if engine.dialect.name == "postgresql":
        return pgrows.dump(engine, metadata)
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def load(engine: Engine, metadata: MetaData, content: Content) -> None:
    """Replace the whole database; no transaction may be open."""
    if isinstance(content, bytes):
        with engine.connect() as connection:
            connection.connection.driver_connection.deserialize(content)  # type: ignore[union-attr] # sqlite3's
    elif engine.dialect.name == "postgresql":
        pgrows.load(engine, metadata, content if isinstance(content, pgrows.Copies) else pgrows.Copies())
    elif isinstance(content, dict):
        _load_rows(engine, metadata, content)


def written(engine: Engine) -> int | None:
    """How many rows were ever written, to tell whether any was; None where others may write too.

    No transaction may be open. What ``load`` replaces is not counted.
    """
    if not _in_memory(engine):
        return None
    with engine.connect() as connection:
        changes: int = connection.connection.driver_connection.total_changes  # type: ignore[union-attr] # sqlite3's
        return changes


def _in_memory(engine: Engine) -> bool:
    """Whether the driver can copy the database as one piece: 20 times faster than row by row."""
    memory = engine.dialect.name == "sqlite" and engine.url.database in {None, "", ":memory:"}
    return memory and hasattr(sqlite3.Connection, "deserialize")


def _load_rows(engine: Engine, metadata: MetaData, rows: Rows) -> None:
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for table in metadata.sorted_tables:
            if some := rows.get(table.name):
                connection.execute(insert(table), some)
