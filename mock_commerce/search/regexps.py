"""Regular expressions that callers send: in linear time, since one that goes back would stop the server."""

from __future__ import annotations

import re2
from sqlalchemy import Engine, event

_OPTIONS = re2.Options()
_OPTIONS.case_sensitive = False  # as the collation of Commerce's database
_OPTIONS.log_errors = False


class Unusable(ValueError):
    """What was sent is no regular expression."""


def check(pattern: str) -> None:
    """Raises Unusable."""
    try:
        re2.compile(pattern, _OPTIONS)
    except re2.error:
        raise Unusable from None


def install(engine: Engine) -> None:
    """Let SQLite, which has none itself, match with these; before the engine's first connection."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _teach)


def _teach(connection: object, _record: object) -> None:
    connection.create_function("regexp", 2, _found, deterministic=True)  # type: ignore[attr-defined] # sqlite3's


def _found(pattern: str, text: object) -> bool | None:
    """re2 keeps what it compiled."""
    return None if text is None else re2.search(pattern, str(text), _OPTIONS) is not None
