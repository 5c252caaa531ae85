"""The database session, whose commits can be put off: several of them become one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_sqlalchemy.session import Session
from sqlalchemy.orm import SessionTransaction


class OneInTheEnd(Session):
    """A session as any other, but inside ``put_off``."""

    _point: SessionTransaction | None = None

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """Inside, a commit sets a point that a rollback comes back to; who opened it commits in the end.

        Something has to be written before: SQLite would take the first point for the transaction.
        """
        self._point = self.begin_nested()
        try:
            yield
        finally:
            point, self._point = self._point, None
            point.rollback() if not point.is_active else point.commit()

    def commit(self) -> None:
        if self._point is None:
            super().commit()
        else:
            self._point.commit()
            self._point = self.begin_nested()

    def rollback(self) -> None:
        if self._point is None:
            super().rollback()
        else:
            self._point.rollback()
            self._point = self.begin_nested()
