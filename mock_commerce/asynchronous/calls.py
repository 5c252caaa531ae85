"""Calling a view without HTTP: once to see whether the input can be read, later to do what it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, has_app_context
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import create_environ

from mock_commerce import exception_log
from mock_commerce.access.callers import Caller
from mock_commerce.asynchronous.status import COMPLETE, FAILED, RETRIABLE
from mock_commerce.errors import (
    ArgumentRequired,
    CommerceError,
    ListTooLong,
    Masked,
    NoAccessor,
    TypeInvalid,
)
from mock_commerce.models import db
from simkit import jsons

UNREADABLE = (ArgumentRequired, TypeInvalid, NoAccessor, ListTooLong)
"""What Commerce finds before it calls a service: the whole call is refused, nothing is accepted."""
_PASSED_ON = ("agenda_moment", "commerce_config")


class _Rehearsed(Exception):
    """A view that is only tried out came to the point where it would keep what it did."""


@dataclass(frozen=True)
class Call:
    """A call of the synchronous API, and who makes it."""

    method: str
    endpoint: str
    address: dict[str, str]
    body: dict[str, Any]
    caller: Caller
    store_id: int
    topic: str


@dataclass(frozen=True)
class Outcome:
    """What became of a call: the status and texts of its operation."""

    status: int
    message: str
    error_code: int | None = None
    result: str | None = None


def rehearse(call: Call) -> None:
    """Try the call out, up to its commit, and take everything back.

    Raises what of it cannot even be read (``UNREADABLE``); other refusals are for the operation's status.
    """
    try:
        with _entered(call):
            g.rehearsal = True
            _view(call)
    except UNREADABLE:
        raise
    except Exception:  # noqa: BLE001, S110 - whatever it is, it will happen again when the consumer calls
        pass
    finally:
        db.session.rollback()


def perform(call: Call, success: str) -> Outcome:
    """Do it. Whatever goes wrong is the outcome, and stands in the exception log."""
    with _entered(call):
        try:
            result = _view(call)
        except OperationalError:
            return _failed(RETRIABLE, "The database was locked.")
        except CommerceError as error:
            return _failed(FAILED, error.reason if isinstance(error, Masked) else error.text, error.__cause__)
        except Exception as error:  # noqa: BLE001 - a failure of the program must not stop the consumer
            return _failed(FAILED, type(error).__name__)
        return Outcome(COMPLETE, f"Service execution success {success}", result=result)


def _failed(status: int, message: str, cause: BaseException | None = None) -> Outcome:
    db.session.rollback()
    exception_log.write(message if cause is None else f"{message}: {cause}")
    return Outcome(status, message, error_code=0)


def _view(call: Call) -> str:
    response = current_app.view_functions[call.endpoint](**call.address)
    assert isinstance(response, Response)  # noqa: S101 - ``serves`` makes one
    return response.get_data(as_text=True)


@contextmanager
def _entered(call: Call) -> Iterator[None]:
    """A request of its own, as if the caller had just made it."""
    environ = create_environ(
        f"/{call.topic}", method=call.method, data=jsons.dump(call.body), content_type="application/json"
    )
    own = vars(g._get_current_object())  # noqa: SLF001 - Werkzeug's documented way behind the proxy
    outer = dict(own)
    with current_app.request_context(environ):
        own.clear()
        own.update({name: outer[name] for name in _PASSED_ON if name in outer})
        g.caller, g.store_id, g.as_xml, g.is_async = call.caller, call.store_id, False, True
        try:
            yield
        finally:
            own.clear()
            own.update(outer)


@event.listens_for(db.session, "before_commit")
def _stop_rehearsal(session: Session) -> None:
    if has_app_context() and g.get("rehearsal") and not session.in_nested_transaction():
        raise _Rehearsed
