"""Turns: several processes at one PostgreSQL database change things one after the other.

What Commerce itself loses between calls at the same time is the quirk ``lost_updates``.
"""

from __future__ import annotations

from flask import g, has_app_context, has_request_context, request
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session, SessionTransaction

from mock_commerce.models import db

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '/turns'))")


def take() -> None:
    """Wait until nobody else changes anything; the turn ends with the transaction."""
    _lock(db.session.connection())


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)


@event.listens_for(db.session, "after_begin")
def _begin(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """What is going to change something reads nothing before its turn."""
    if has_app_context() and (g.get("agenda_works") or _is_changing()):
        _lock(connection)


def _is_changing() -> bool:
    return has_request_context() and request.method not in _READS
