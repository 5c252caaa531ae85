import threading
from datetime import timedelta

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase

from simkit.agenda import agenda_table
from simkit.clock import DEFAULT_START, VirtualClock
from simkit.control import control_blueprint
from simkit.ids import counter_table
from simkit.serving import LiveServer
from simkit.simulation import Simulation, Vendor, simulation


class Diary:
    """A mock that writes down what it did, and when it thought it was."""

    def __init__(self):
        class Base(DeclarativeBase):
            pass

        self.lines = []
        self.threads = set()
        self.written = threading.Event()
        self.clock = VirtualClock()
        self.app = Flask("diary")
        self.app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        db = SQLAlchemy(model_class=Base)
        counters, agenda = counter_table(Base.metadata), agenda_table(Base.metadata)
        db.init_app(self.app)
        self.db, self.agenda = db, agenda
        vendor = Vendor(
            "diary",
            lambda: None,
            dict,
            None,
            list,
            timed={"write": self._write, "fail": self._fail, "busy": self._busy},
        )
        Simulation(vendor, self.clock).init_app(self.app, db, Base.metadata, counters, agenda)
        self.app.register_blueprint(control_blueprint())
        self.client = self.app.test_client()

    def plan(self, minutes, text, kind="write", **data):
        with self.app.app_context():
            due = DEFAULT_START + timedelta(minutes=minutes)
            simulation().agenda.plan(kind, due, text, text=text, **data)
            self.db.session.commit()

    def call_off(self, subject):
        with self.app.app_context():
            simulation().agenda.call_off("write", subject)
            self.db.session.commit()

    def sim(self, path, body=None):
        assert self.client.post(f"/_sim/{path}", json=body or {}).status_code < 300

    def _write(self, data):
        self.lines.append((data["text"], round((simulation().now() - DEFAULT_START).total_seconds() / 60)))
        self.threads.add(threading.current_thread().name)
        if len(self.lines) == 3:
            self.written.set()
        if again := data.get("again"):
            due = simulation().now() + timedelta(minutes=again)
            simulation().agenda.plan("write", due, data["text"], text=data["text"] + "'")

    def _fail(self, data):
        raise ValueError(data["text"])

    def _busy(self, data):
        self._write(data)
        if len(self.lines) == 1:
            raise OperationalError("UPDATE", {}, Exception("database is locked"))


@pytest.fixture
def diary():
    made = Diary()
    yield made
    made.app.extensions["simulation"].close()


def test_work_is_done_in_the_order_of_its_moments_and_sees_each_as_now(diary):
    diary.plan(20, "second"), diary.plan(10, "first"), diary.plan(90, "later")
    diary.sim("clock", {"advance": "1h"})
    assert diary.lines == [("first", 10), ("second", 20)]
    with diary.app.app_context():
        assert simulation().now() == diary.clock.now()


def test_nothing_is_done_before_its_time(diary):
    diary.plan(10, "first")
    diary.sim("clock", {"advance": "9m"})
    assert diary.lines == []
    diary.clock.advance(timedelta(minutes=1))  # another program moves the clock that all share
    diary.client.get("/_sim/health")
    assert diary.lines == [("first", 10)]


def test_work_that_work_plans_is_done_in_the_same_go(diary):
    diary.plan(10, "first", again=15)
    diary.plan(20, "between")
    diary.sim("clock", {"advance": "1h"})
    assert diary.lines == [("first", 10), ("between", 20), ("first'", 25)]


def test_work_that_is_called_off_is_not_done(diary):
    diary.plan(10, "first"), diary.plan(10, "second")
    diary.call_off("first")
    diary.sim("clock", {"advance": "1h"})
    assert diary.lines == [("second", 10)]


def test_work_that_fails_is_told_and_stops_nothing(diary, caplog):
    diary.plan(10, "broken", kind="fail"), diary.plan(20, "next")
    diary.sim("clock", {"advance": "1h"})
    assert diary.lines == [("next", 20)]
    assert "broken" in caplog.text


def test_work_that_the_database_is_too_busy_for_is_done_later(diary, caplog):
    diary.plan(10, "patient", kind="busy")
    diary.sim("clock", {"advance": "10m"})
    diary.sim("clock", {"advance": "30s"})
    assert diary.lines == [("patient", 10)]
    diary.sim("clock", {"advance": "30s"})
    assert diary.lines == [("patient", 10), ("patient", 11)]
    diary.sim("clock", {"advance": "1h"})
    assert len(diary.lines) == 2
    assert "the database was busy" in caplog.text


def test_work_that_another_process_planned_is_found_within_a_minute(diary):
    diary.sim("clock", {"advance": "1s"})
    with diary.app.app_context():
        row = {"due": DEFAULT_START, "kind": "write", "subject": "x", "data": {"text": "x"}}
        diary.db.session.execute(insert(diary.agenda), row)
        diary.db.session.commit()
    diary.sim("clock", {"advance": "1s"})
    assert diary.lines == []
    diary.sim("clock", {"advance": "1m"})
    assert diary.lines == [("x", 0)]


def test_a_snapshot_brings_planned_work_back_and_a_reset_forgets_it(diary):
    diary.plan(10, "first")
    diary.sim("snapshots", {"name": "before"})
    diary.sim("clock", {"advance": "1h"})
    diary.sim("snapshots/before/restore")
    diary.client.get("/_sim/health")
    assert diary.lines == [("first", 10)] * 2
    diary.plan(70, "second")
    diary.sim("reset")
    diary.sim("clock", {"advance": "1h"})
    assert diary.lines == [("first", 10)] * 2


@pytest.mark.sockets
def test_a_server_whose_clock_runs_does_not_wait_for_a_request(diary):
    diary.plan(10, "first"), diary.plan(20, "second", again=15)
    diary.clock.set_speed(100_000)
    diary.clock.run()
    with LiveServer(diary.app, tick=diary.app.extensions["simulation"].tick, every=0.01):
        assert diary.written.wait(timeout=10)
    assert diary.lines == [("first", 10), ("second", 20), ("second'", 35)]
    assert diary.threads == {"waitress-0"}  # beside no request
    before = threading.active_count()
    diary.plan(40, "nobody does it")
    assert threading.active_count() == before
    assert len(diary.lines) == 3


@pytest.mark.sockets
def test_a_tick_that_fails_is_not_the_last_one(caplog):
    ticks = []
    enough = threading.Event()

    def tick():
        ticks.append(1)
        if len(ticks) == 3:
            enough.set()
        raise ValueError("no")

    with LiveServer(lambda *_: [], tick=tick, every=0.01):
        assert enough.wait(timeout=10)
    assert "Exception when servicing" in caplog.text


def test_only_known_work_can_be_planned(diary):
    with pytest.raises(KeyError, match="no handler does 'paint': known are write, fail"):
        diary.plan(1, "wall", kind="paint")
