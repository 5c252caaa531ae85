"""Copies of a server's whole state: every table, as plain rows. Works on every database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, MetaData, insert, select, text


@dataclass(frozen=True)
class Snapshot:
    """The rows of each table, and what parts outside the database gave along."""

    tables: dict[str, list[dict[str, Any]]]
    volatile: dict[str, Any]


def dump_tables(engine: Engine, metadata: MetaData) -> dict[str, list[dict[str, Any]]]:
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def load_tables(engine: Engine, metadata: MetaData, tables: dict[str, list[dict[str, Any]]]) -> None:
    """Replace all rows, in one transaction."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for table in metadata.sorted_tables:
            if rows := tables.get(table.name):
                connection.execute(insert(table), rows)
        if engine.dialect.name == "postgresql":
            _restart_sequences(connection, metadata, tables)


def _restart_sequences(connection: Any, metadata: MetaData, tables: dict[str, list[dict[str, Any]]]) -> None:
    """PostgreSQL counts ids apart from the rows: go on after the greatest one (SQLite does by itself)."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        top = max((row[column.name] for row in tables.get(table.name, [])), default=0)
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:t, :c), :v, :used)"),
            {"t": table.name, "c": column.name, "v": max(top, 1), "used": top > 0},
        )
