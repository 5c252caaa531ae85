"""The lease that keeps two runs of one store apart (F57, R-11). A crash leaves it; it ends by itself."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import Update, bindparam, or_, update

from connector.clock import Clock
from connector.database import db
from connector.models import Store

LIFE = timedelta(minutes=4)
"""Less than one cron interval: the run after a crash takes it over."""

AGAIN = timedelta(seconds=20)
"""Renewing more often would only cost writes: nobody else can take a lease that is so young."""

_MINE = update(Store.__table__).where(Store.id == bindparam("store"))  # type: ignore[arg-type] # it is a table
_WRITTEN = _MINE.values(lease_owner=bindparam("owner"), lease_until=bindparam("until"))
_TAKE = _WRITTEN.where(or_(Store.lease_until.is_(None), Store.lease_until <= bindparam("now")))
_KEEP = _WRITTEN.where(Store.lease_owner == bindparam("mine"))


class LeaseLost(Exception):
    """Another run took the lease over: this one was away for too long and must not write any more."""


class Lease:
    """The right to work on one store, until LIFE after its last renewal."""

    def __init__(self, store_id: int, clock: Clock) -> None:
        self._store_id = store_id
        self._clock = clock
        self._owner = secrets.token_hex(16)
        self._renewed = clock.now()

    def take(self) -> bool:
        """Whether the lease was free (or ran out) and is ours now."""
        return self._write(_TAKE, now=self._clock.now(), owner=self._owner)

    def renew(self) -> None:
        """Go on for another LIFE, unless that was said a moment ago.

        Raises LeaseLost.
        """
        if self._clock.now() - self._renewed < AGAIN:
            return
        if not self._write(_KEEP, mine=self._owner, owner=self._owner):
            raise LeaseLost

    def give_back(self) -> None:
        self._write(_KEEP, mine=self._owner, owner=None)

    def _write(self, statement: Update, *, owner: str | None, **condition: object) -> bool:
        self._renewed = self._clock.now()
        until = None if owner is None else self._renewed + LIFE
        values = {"store": self._store_id, "owner": owner, "until": until, **condition}
        changed: int = db.session.execute(statement, values).rowcount  # type: ignore[attr-defined] # a CursorResult
        db.session.commit()
        return changed == 1
