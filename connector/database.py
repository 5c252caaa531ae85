"""The connector's database: session, column types, connection settings."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, Integer, event
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

SCALE = 10_000


class Base(DeclarativeBase):
    registry = registry(type_annotation_map={int: BigInteger().with_variant(Integer, "sqlite")})
    # As large on PostgreSQL as on SQLite, where INTEGER has 64 bits and counts up by itself.


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
# Rows stay loaded after a commit: only the holder of the lease writes a store's rows.


class UTCDateTime(TypeDecorator[datetime]):
    """Stores naive UTC, answers aware UTC; a naive value is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class MoneyType(TypeDecorator[Decimal]):
    """An amount with four decimals as a whole number: exact and sortable on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        del dialect
        return None if value is None else int((value * SCALE).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        del dialect
        return None if value is None else Decimal(value) / SCALE


Utc = Annotated[datetime, mapped_column(UTCDateTime)]
Money = Annotated[Decimal, mapped_column(MoneyType)]


def tune_sqlite(engine: Engine) -> None:
    """WAL, a busy timeout (ms) and foreign keys, where the database is SQLite."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
