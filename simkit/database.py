"""Column types and connection settings that both mocks share."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    event,
    inspect,
    type_coerce,
)
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from simkit import postgresql

MONEY_SCALE = 10_000
"""Magento keeps four decimals; so do we."""


class UTCDateTime(TypeDecorator[datetime]):
    """Stores naive UTC (SQLite knows no zones), answers aware UTC; a naive value is refused."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class MoneyType(TypeDecorator[Decimal]):
    """Amount with four decimals as a whole number: exact, and it sorts, on every database."""

    impl = BigInteger
    cache_ok = True

    @property
    def python_type(self) -> type[Decimal]:
        return Decimal

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        del dialect
        return None if value is None else int((value * MONEY_SCALE).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        del dialect
        return None if value is None else Decimal(value) / MONEY_SCALE


def as_stored(column: ColumnElement[datetime]) -> ColumnElement[datetime]:
    """A column of UTCDateTime as the database gives it: naive UTC. For lists that need few of their times."""
    return type_coerce(column, DateTime())


Utc = Annotated[datetime, mapped_column(UTCDateTime)]
Money = Annotated[Decimal, mapped_column(MoneyType)]
"""An amount in the currency of its row."""

WHOLE_NUMBERS = BigInteger().with_variant(Integer, "sqlite")
"""For ``int``: as large on PostgreSQL as on SQLite, where INTEGER has 64 bits and counts up by itself."""


def tune(engine: Engine) -> None:
    """Let every connection behave as a server needs it, and the same on both databases."""
    if engine.dialect.name == "postgresql":
        postgresql.replace_nul(engine)
    else:
        _tune_sqlite(engine)


def _tune_sqlite(engine: Engine) -> None:
    """Set the pragmas that a server needs: WAL and a busy timeout (ms), foreign keys on."""

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@contextlib.contextmanager
def tables_made(engine: Engine, metadata: MetaData) -> Iterator[None]:
    """Make the tables that are missing; inside, no other program makes any in the same place.

    Raises DatabaseUnusable for an SQLite file whose tables have not the columns that they need.
    """
    if engine.dialect.name == "postgresql":
        with postgresql.made(engine, metadata):
            yield
    else:
        _refuse_other_versions(engine, metadata)
        metadata.create_all(engine)
        yield


def _refuse_other_versions(engine: Engine, metadata: MetaData) -> None:
    """A table that another version of the program made would fail at some later request."""
    if engine.url.database in {None, "", ":memory:"}:
        return
    seen = inspect(engine)
    for name in sorted(set(seen.get_table_names()) & metadata.tables.keys()):
        there = {column["name"]: column for column in seen.get_columns(name)}
        known = metadata.tables[name].columns.keys()
        lacking = sorted(set(known) - there.keys())
        foreign = [key for key in there.keys() - set(known) if _must_be_filled(there[key])]
        if lacking or foreign:
            what = f"lacks {', '.join(lacking)}" if lacking else f"wants {', '.join(sorted(foreign))}"
            raise postgresql.DatabaseUnusable(
                f"the database {engine.url.database} is of another version of this program "
                f"(its table {name} {what}): name another, or remove the file to begin anew"
            )


def _must_be_filled(column: ReflectedColumn) -> bool:
    return not column["nullable"] and column["default"] is None
