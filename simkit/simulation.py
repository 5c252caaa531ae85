"""What makes a Flask app a simulator: clock, ids, journal, faults and snapshots around every call."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy import MetaData, Table
from sqlalchemy.orm import Session, scoped_session

from simkit import jsons
from simkit.agenda import Agenda, Handler
from simkit.clock import VirtualClock
from simkit.database import tables_made, tune
from simkit.faults import FaultBook
from simkit.ids import Ids
from simkit.journal import Journal
from simkit.snapshots import Content, Snapshot, dump, load, written

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask_sqlalchemy import SQLAlchemy

_DROP = "simkit.drop"
"""Key of the environment under which the exception stands that ends the call."""
_SILENCE = "simkit.silence"
"""The same for the seconds that pass before."""
_View = TypeVar("_View", bound=Callable[..., Any])


class ConnectionDropped(Exception):
    """The server breaks the connection off without an answer (a planned fault)."""


class AnswerTooLate(ConnectionDropped):
    """The server is silent for so long that the client gives up; what was asked is done."""


class Volatile(Protocol):
    """State that lives outside the database and has to follow resets and snapshots."""

    def dump(self) -> Any: ...
    def load(self, state: Any) -> None: ...
    def reset(self) -> None: ...


class Forgetful(ABC):
    """A ``Volatile`` of which no snapshot keeps anything: every other world begins without it."""

    def dump(self) -> None:
        return None

    def load(self, state: None) -> None:
        del state
        self.reset()

    @abstractmethod
    def reset(self) -> None: ...


@dataclass(frozen=True)
class Vendor:
    """What a mock tells the kit about itself."""

    name: str
    populate: Callable[[], None]
    """Write the defaults into empty tables (inside an app context; it commits).

    They are the same whatever the clock and the seed, so that a reset may bring back the first ones.
    """
    state: Callable[[], dict[str, Any]]
    """What ``GET /_sim/state`` answers; nothing but the database decides it."""
    error: Callable[[int], Response]
    """The vendor's own error answer of that HTTP status, for faults."""
    orders: Callable[[], Iterable[str]]
    """The order numbers that the current request carries, in path, query or body."""
    volatile: dict[str, Volatile] = field(default_factory=dict)
    settle: Callable[[], None] = field(default=lambda: None)
    """Keep what came from outside since it was called last; before any timed work, and it commits."""
    timed: dict[str, Handler] = field(default_factory=dict)
    """What is done by itself at a planned moment, by its kind."""


def operation(name: str) -> Callable[[_View], _View]:
    """Name the vendor's operation that a view function is, for the journal and for faults."""

    def mark(view: _View) -> _View:
        view.operation = name  # type: ignore[attr-defined] # a mark on a function
        return view

    return mark


class Simulation:
    """The kit around one mock. ``simulation()`` answers the one of the current app."""

    def __init__(self, vendor: Vendor, clock: VirtualClock, seed: int = 1) -> None:
        self.vendor = vendor
        self.clock = clock
        self.seed = seed
        self.journal = Journal()
        self.faults = FaultBook(seed)
        self.snapshots: dict[str, Snapshot] = {}
        self._pristine: Content | None = None
        self._state: tuple[int, bytes] | None = None
        self._app: Flask
        self._db: SQLAlchemy
        self._metadata: MetaData
        self.ids: Ids
        self.agenda: Agenda

    def init_app(
        self, app: Flask, db: SQLAlchemy, metadata: MetaData, counters: Table, agenda: Table
    ) -> None:
        """Hook into the app, create missing tables, and write the defaults into a new database."""
        self._app, self._db, self._metadata = app, db, metadata
        session: scoped_session[Session] = db.session  # type: ignore[assignment] # its own subclass of Session
        self.ids = Ids(session, counters, self.seed)
        self.agenda = Agenda(session, agenda, self.clock, self.vendor.timed)
        app.extensions["simulation"] = self
        app.json = jsons.Provider(app)
        app.before_request(self._before)
        app.after_request(self._after)
        app.wsgi_app = _Dropping(app.wsgi_app, self.clock)  # type: ignore[method-assign] # Flask's documented way
        with app.app_context():
            tune(db.engine)
            with tables_made(db.engine, metadata):
                self.vendor.populate()
                db.session.remove()

    def now(self) -> datetime:
        """The time of whatever is being done: the clock's, or that of the timed work."""
        return self.agenda.now()

    def tick(self) -> None:
        """Do the timed work that is due, though nobody asks for anything."""
        with self._app.app_context():
            self.vendor.settle()
            self.agenda.run_due()

    def state(self) -> bytes:
        """The vendor's state as JSON, drawn again where something was written since the last time."""
        mark = written(self._db.engine)
        if self._state is not None and self._state[0] == mark:
            return self._state[1]
        drawn = jsons.dump(self.vendor.state())
        self._state = None if mark is None else (mark, drawn)
        return drawn

    def reset(self, seed: int | None = None) -> None:
        """Back to the defaults: empty tables, no faults, no snapshots, an empty journal. The clock stays."""
        self.seed = self.ids.seed = self.seed if seed is None else seed
        self._db.session.remove()
        if self._pristine is None:
            load(self._db.engine, self._metadata, {})
            self.vendor.populate()
            self._db.session.remove()
            self._pristine = dump(self._db.engine, self._metadata)
        else:
            load(self._db.engine, self._metadata, self._pristine)
        self._replaced()
        self.journal.clear()
        self.faults.clear(self.seed)
        self.snapshots.clear()
        for part in self.vendor.volatile.values():
            part.reset()

    def close(self) -> None:
        """Give the connections to the database back."""
        with self._app.app_context():
            self._db.session.remove()
            self._db.engine.dispose()

    def snapshot(self, name: str) -> None:
        self._db.session.remove()
        volatile = {key: part.dump() for key, part in self.vendor.volatile.items()}
        self.snapshots[name] = Snapshot(dump(self._db.engine, self._metadata), volatile)

    def restore(self, name: str) -> None:
        """Bring back the state of that name; KeyError where there is none."""
        snapshot = self.snapshots[name]
        self._db.session.remove()
        load(self._db.engine, self._metadata, snapshot.content)
        self._replaced()
        for key, part in self.vendor.volatile.items():
            part.load(snapshot.volatile[key])

    def _replaced(self) -> None:
        """What was known of the database is no longer true."""
        self.agenda.forget()
        self._state = None

    def _before(self) -> Response | None:
        self.vendor.settle()
        self.agenda.run_due()
        view = self._app.view_functions.get(request.endpoint or "")
        name: str | None = getattr(view, "operation", None)
        if name is None:
            return None
        g.operation = name
        g.fault = self.faults.fires(name, set(self.vendor.orders()) if self.faults.all() else set())
        if g.fault is None:
            return None
        if g.fault.kind == "status":
            return self.vendor.error(g.fault.status)
        if g.fault.kind == "delay":
            self.clock.pass_by(g.fault.seconds)
            self.agenda.run_due()
        if g.fault.kind == "drop_before_commit":
            request.environ[_DROP] = ConnectionDropped()
            return Response(status=503)
        return None

    def _after(self, response: Response) -> Response:
        name = g.get("operation")
        if name is None:
            return response
        fault = g.get("fault")
        if fault is not None and fault.kind == "commit_then_drop":
            request.environ[_DROP] = ConnectionDropped()
        if fault is not None and fault.kind == "timeout":
            request.environ[_DROP] = AnswerTooLate()
            request.environ[_SILENCE] = fault.seconds
        status = 0 if request.environ.get(_DROP) else response.status_code
        orders = sorted(self.vendor.orders())
        self.journal.add(
            self.clock.now(), request.method, request.path, name, status, orders, fault and fault.name
        )
        return response


class _Dropping:
    """WSGI middleware: breaks the connection off where a fault asked for it, perhaps after a silence."""

    def __init__(self, inner: WSGIApplication, clock: VirtualClock) -> None:
        self._inner = inner
        self._clock = clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = self._inner(environ, start_response)
        end: ConnectionDropped | None = environ.get(_DROP)
        if end is None:
            return body
        if close := getattr(body, "close", None):
            close()
        self._clock.pass_by(environ.get(_SILENCE, 0.0))
        raise end


def simulation() -> Simulation:
    """The kit of the current app."""
    kit = current_app.extensions["simulation"]
    assert isinstance(kit, Simulation)  # noqa: S101 - narrows the type of Flask's dict
    return kit
