"""Timed work: what a mock does by itself once its clock gets there.

It is done in the order of its moments, before the next request is looked at (a server on a socket does not
wait for one), and each piece of it sees the
moment it was planned for as now. Nothing is planned unless somebody asked for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from flask import g
from sqlalchemy import JSON, Column, MetaData, Row, String, Table, delete, insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, scoped_session

from simkit.clock import VirtualClock
from simkit.database import WHOLE_NUMBERS, UTCDateTime

Handler = Callable[[Mapping[str, Any]], None]
"""Does a piece of work that is due, from the data that it was planned with. The agenda commits."""

_TRUST = timedelta(minutes=1)
"""After that much virtual time it is looked again: other processes plan work as well, and may be gone."""
_LATER = timedelta(minutes=1)
"""When work is tried again that another process kept from the database."""
_log = logging.getLogger(__name__)


def agenda_table(metadata: MetaData) -> Table:
    """Declare the table of planned work in a program's own metadata."""
    return Table(
        "sim_agenda",
        metadata,
        Column("id", WHOLE_NUMBERS, primary_key=True),
        Column("due", UTCDateTime, nullable=False, index=True),
        Column("kind", String(100), nullable=False),
        Column("subject", String(200), nullable=False),
        Column("data", JSON, nullable=False),
    )


class Agenda:
    """The planned work of one mock; ``subject`` names what it is about, for those who call it off."""

    def __init__(
        self,
        session: scoped_session[Session],
        table: Table,
        clock: VirtualClock,
        handlers: Mapping[str, Handler],
    ) -> None:
        self._session = session
        self._columns = table.c
        self._clock = clock
        self._handlers = handlers
        self._insert, self._update, self._delete = insert(table), update(table), delete(table)
        self._select = select(table).order_by(table.c.due, table.c.id).limit(1)
        self._next: datetime | None = None
        self._known = False
        self._looked = clock.now()

    def now(self) -> datetime:
        """The clock's time; inside a piece of timed work, the moment that it was planned for."""
        moment: datetime | None = g.get("agenda_moment") if g else None
        return moment or self._clock.now()

    def plan(self, kind: str, due: datetime, subject: str, **data: Any) -> None:
        """Have the handler of that kind called at that moment; part of the caller's transaction."""
        if kind not in self._handlers:
            raise KeyError(f"no handler does {kind!r}: known are {', '.join(self._handlers)}")
        row = {"due": due, "kind": kind, "subject": subject, "data": data}
        self._session.execute(self._insert, row)
        self._known = False

    def call_off(self, kind: str, subject: str) -> None:
        """Forget work of that kind about that subject; part of the caller's transaction."""
        about = (self._columns.kind == kind, self._columns.subject == subject)
        self._session.execute(self._delete.where(*about))
        self._known = False

    def forget(self) -> None:
        """The database was replaced: look again what is planned."""
        self._known = False

    def run_due(self) -> None:
        """Do what is due by now, oldest first; work that it plans may be due as well."""
        now = self._clock.now()
        if (
            self._known
            and self._looked <= now < self._looked + _TRUST
            and (not self._next or self._next > now)
        ):
            return
        with _working():
            while (row := self._session.execute(self._select).one_or_none()) and row.due <= now:
                self._do(row)
                self._session.expunge_all()  # another process may change things before the next piece
            self._session.remove()
        self._next, self._known, self._looked = (row.due if row else None), True, now

    def _do(self, row: Row[Any]) -> None:
        """Take the row and do its work in one transaction, so that neither is done without the other."""
        taken = self._session.execute(self._delete.where(self._columns.id == row.id))
        if not taken.rowcount:  # type: ignore[attr-defined] # a result of DELETE has it
            self._session.rollback()  # another process was faster
            return
        try:
            with _at(row.due):
                self._handlers[row.kind](row.data)
            self._session.commit()
        except OperationalError:
            _log.warning("timed work %s of %s comes later: the database was busy", row.kind, row.subject)
            self._session.rollback()
            later = {"due": self._clock.now() + _LATER}
            self._session.execute(self._update.where(self._columns.id == row.id).values(later))
            self._session.commit()
        except Exception:  # noqa: BLE001 - else it would stop every request from now on
            _log.exception("timed work %s of %s failed", row.kind, row.subject)
            self._session.rollback()
            self._session.execute(self._delete.where(self._columns.id == row.id))
            self._session.commit()


@contextmanager
def _working() -> Iterator[None]:
    """Mark in ``g`` that timed work is looked for and done."""
    g.agenda_works = True
    try:
        yield
    finally:
        del g.agenda_works


@contextmanager
def _at(moment: datetime) -> Iterator[None]:
    g.agenda_moment = moment
    try:
        yield
    finally:
        del g.agenda_moment
