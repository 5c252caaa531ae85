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
    type_coerce,
)
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
    """Make the tables that are missing; inside, no other program makes any in the same place."""
    if engine.dialect.name == "postgresql":
        with postgresql.made(engine, metadata):
            yield
    else:
        metadata.create_all(engine)
        yield
