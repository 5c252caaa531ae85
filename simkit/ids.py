"""Ids that look like the vendors' and repeat: the same seed and the same steps give the same ids.

Counters live in the database, so that a snapshot, a restart or a reset takes them along.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.sql.dml import ReturningInsert


def counter_table(metadata: MetaData) -> Table:
    """Declare the table of counters in a program's own metadata."""
    return Table(
        "sim_counter",
        metadata,
        Column("name", String(100), primary_key=True),
        Column("value", Integer, nullable=False),
    )


def _counting(insert: sqlite.Insert | postgresql.Insert, counters: Table) -> ReturningInsert[int]:
    """Count up in one statement: two that count at the same time get two numbers."""
    first = insert.values(name=bindparam("name"), value=1)
    further = first.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    return further.returning(counters.c.value)


class Ids:
    """Deterministic ids from a seed and counters."""

    def __init__(self, session: scoped_session[Session], counters: Table, seed: int = 1) -> None:
        self._session = session
        self._statements = {
            "sqlite": _counting(sqlite.insert(counters), counters),
            "postgresql": _counting(postgresql.insert(counters), counters),
        }
        self.seed = seed

    def next(self, name: str) -> int:
        """Count up and answer 1, 2, 3 … of that name; part of the caller's transaction."""
        statement = self._statements[self._session.get_bind().dialect.name]
        return int(self._session.execute(statement, {"name": name}).scalar_one())

    def amazon_order_id(self) -> str:
        """An order number in Amazon's 3-7-7 form; later ones are greater."""
        count = self.next("amazon_order_id")
        start = 10_000_000_000_000 + self._number("amazon_order_id", 0) % 10_000_000_000_000
        digits = f"{start + count * 9_973 + self._number('amazon_order_id', count) % 9_000:014d}"
        return f"112-{digits[:7]}-{digits[7:]}"

    def digits(self, name: str, length: int) -> str:
        """A growing number with that many digits (order item ids, document numbers)."""
        count = self.next(name)
        start = 10 ** (length - 1) + self._number(name, 0) % (10 ** (length - 1))
        return str(start + count * 97 + self._number(name, count) % 89)

    def token(self, name: str, length: int = 32) -> str:
        """Hexadecimal text that looks random; never the same twice."""
        text = ""
        count = self.next(name)
        while len(text) < length:
            text += self._digest(name, f"{count}.{len(text)}")
        return text[:length]

    def _number(self, name: str, count: int) -> int:
        return int(self._digest(name, str(count))[:15], 16)

    def _digest(self, name: str, tail: str) -> str:
        return hashlib.sha256(f"{self.seed}/{name}/{tail}".encode()).hexdigest()
