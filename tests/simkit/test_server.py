"""The kit around a small server of its own: a shop of notes that knows nothing of any vendor."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import requests
from flask import Flask, Response, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from simkit.agenda import agenda_table
from simkit.clock import VirtualClock
from simkit.control import control_blueprint
from simkit.database import Money, Utc
from simkit.ids import Ids, counter_table
from simkit.serving import LiveServer, PortInUse
from simkit.simulation import AnswerTooLate, ConnectionDropped, Simulation, Vendor, operation, simulation


def make_app(token=None, database="sqlite://"):
    class Base(DeclarativeBase):
        pass

    class Note(Base):
        __tablename__ = "note"
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str]
        price: Mapped[Money]
        made_at: Mapped[Utc]

    db = SQLAlchemy(model_class=Base)
    counters = counter_table(Base.metadata)

    class Bucket:
        value = 0

        def dump(self):
            return self.value

        def load(self, state):
            self.value = state

        def reset(self):
            self.value = 0

    app = Flask("notes")
    app.config.update(SQLALCHEMY_DATABASE_URI=database, CONTROL_TOKEN=token)
    db.init_app(app)
    app.bucket = Bucket()
    app.states_drawn = 0

    def populate():
        if not db.session.scalar(select(Note)):
            add("first")

    def add(text):
        note = Note(text=text, price=Decimal("19.99"), made_at=simulation().clock.now())
        db.session.add(note)
        db.session.commit()

    def state():
        app.states_drawn += 1
        return {"notes": [note.text for note in db.session.scalars(select(Note))]}

    vendor = Vendor(
        name="notes",
        populate=populate,
        state=state,
        error=lambda status: Response(f"vendor error {status}", status=status),
        orders=lambda: {request.args["order"]} if "order" in request.args else set(),
        volatile={"bucket": app.bucket},
    )

    @app.post("/notes")
    @operation("addNote")
    def add_note():
        add(request.args["text"])
        app.bucket.value += 1
        return jsonify(id=simulation().ids.amazon_order_id()), 201

    @app.get("/price")
    def price():
        note = db.session.scalar(select(Note))
        return jsonify(price=note.price, made_at=note.made_at)

    app.add = add
    Simulation(vendor, VirtualClock()).init_app(app, db, Base.metadata, counters, agenda_table(Base.metadata))
    app.register_blueprint(control_blueprint())
    app.db, app.Note, app.counters = db, Note, counters
    return app


@pytest.fixture
def app():
    return make_app()


@pytest.fixture
def client(app):
    return app.test_client()


def texts(client):
    return client.get("/_sim/state").json["notes"]


def test_health_and_clock(client):
    assert client.get("/_sim/health").json == {"status": "ok", "system": "notes"}
    assert client.get("/_sim/clock").json == {"now": "2026-03-01T09:00:00Z", "mode": "frozen", "speed": 1.0}
    assert client.post("/_sim/clock", json={"advance": "10m"}).json["now"] == "2026-03-01T09:10:00Z"
    assert client.post("/_sim/clock", json={"set": "-10m"}).json["now"] == "2026-03-01T09:00:00Z"
    assert client.post("/_sim/clock", json={"speed": 60}).json["speed"] == 60
    assert client.post("/_sim/clock", json={"mode": "running"}).json["mode"] == "running"


def test_a_body_is_json_whatever_its_content_type(client):
    form = "application/x-www-form-urlencoded"
    assert client.post("/_sim/clock", data='{"advance": "10m"}', content_type=form).status_code == 200
    answer = client.post("/_sim/clock", data="advance=10m", content_type=form)
    assert answer.status_code == 400
    assert "not JSON" in answer.json["error"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "exactly one of"),
        ({"set": "now", "advance": "1m"}, "exactly one of"),
        ({"jump": "1m"}, "unknown field 'jump'"),
        ({"advance": "soon"}, "'soon' is not a duration"),
        ({"set": "noon"}, "'noon' is not a time"),
        ({"mode": "fast"}, "'fast' is not one of frozen, running"),
        ({"speed": "fast"}, "'fast' is not a number"),
        ({"speed": -1}, "not between"),
        ([], "not a JSON object"),
    ],
)
def test_wrong_clock_moves_say_what_is_allowed(client, body, message):
    answer = client.post("/_sim/clock", json=body)
    assert answer.status_code == 400
    assert message in answer.json["error"]
    assert client.get("/_sim/clock").json["now"] == "2026-03-01T09:00:00Z"


@pytest.mark.parametrize("place", ["memory", "file"])
def test_snapshot_restore_and_reset_take_everything_along(place, tmp_path):
    app = make_app(database="sqlite://" if place == "memory" else f"sqlite:///{tmp_path / 'notes.db'}")
    client = app.test_client()
    first = client.post("/notes?text=second").json["id"]
    assert client.post("/_sim/snapshots", json={"name": "two"}).status_code == 201
    again = client.post("/notes?text=third").json["id"]
    assert texts(client) == ["first", "second", "third"]
    assert client.post("/_sim/snapshots/two/restore").status_code == 200
    assert texts(client) == ["first", "second"]
    assert app.bucket.value == 1
    assert client.post("/notes?text=third").json["id"] == again
    client.post("/_sim/reset", json={})
    assert texts(client) == ["first"]
    assert app.bucket.value == 0
    assert client.get("/_sim/snapshots").json == {"snapshots": []}
    assert client.post("/notes?text=second").json["id"] == first


def test_the_state_is_drawn_again_only_where_something_was_written(app, client):
    assert [texts(client), texts(client)] == [["first"], ["first"]]
    assert app.states_drawn == 1
    client.post("/_sim/snapshots", json={"name": "before"})
    client.post("/notes?text=second")
    assert [texts(client), texts(client)] == [["first", "second"]] * 2
    assert app.states_drawn == 2
    client.post("/_sim/snapshots/before/restore")
    assert texts(client) == ["first"]
    client.post("/notes?text=third")
    assert texts(client) == ["first", "third"]
    client.post("/_sim/reset")
    assert texts(client) == ["first"]


def test_in_a_file_others_may_write_so_the_state_is_drawn_each_time(tmp_path):
    one, other = (make_app(database=f"sqlite:///{tmp_path}/notes.sqlite").test_client() for _ in range(2))
    assert texts(one) == ["first"]
    other.post("/notes?text=second")
    assert texts(one) == ["first", "second"]


def test_another_seed_gives_other_ids(client):
    first = client.post("/notes?text=a").json["id"]
    client.post("/_sim/reset", json={"seed": 2})
    assert client.post("/notes?text=a").json["id"] != first


def test_an_unknown_snapshot_names_those_there_are(client):
    answer = client.post("/_sim/snapshots/none/restore")
    assert answer.status_code == 404
    assert "none" in answer.json["error"]


def test_the_journal_counts_beyond_what_it_keeps(client):
    client.post("/notes?text=a&order=A1")
    client.post("/notes?text=b")
    journal = client.get("/_sim/journal?order=A1").json
    assert [(call["operation"], call["status"], call["orders"]) for call in journal["calls"]] == [
        ("addNote", 201, ["A1"])
    ]
    assert journal["counts"] == {"addNote": 2}
    assert "text=a" not in str(journal)
    client.delete("/_sim/journal")
    assert client.get("/_sim/journal").json == {"calls": [], "counts": {}, "dropped": 0}


def test_the_journal_goes_on_after_a_call_that_is_known(client):
    for _ in range(3):
        client.post("/notes?text=a")
    calls = client.get("/_sim/journal?after=1").json["calls"]
    assert [call["number"] for call in calls] == [2, 3]
    assert client.get("/_sim/journal?after=3").json["calls"] == []


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=", "status=²", f"after={'9' * 30}"])
def test_a_journal_query_that_is_no_number_is_refused(client, query):
    answer = client.get(f"/_sim/journal?{query}")
    assert answer.status_code == 400
    assert "is not a number" in answer.json["error"]


def plan(client, **fault):
    answer = client.post("/_sim/faults", json={"at": "addNote", **fault})
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def test_a_status_fault_answers_with_the_vendors_error_and_does_nothing(client):
    fault = plan(client, kind="status", status=503, times=1, after=1)
    assert client.post("/notes?text=a").status_code == 201
    answer = client.post("/notes?text=b")
    assert (answer.status_code, answer.text) == (503, "vendor error 503")
    assert client.post("/notes?text=c").status_code == 201
    assert texts(client) == ["first", "a", "c"]
    assert client.get(f"/_sim/faults/{fault}").json["fired"] == 1


def test_dropped_before_commit_nothing_is_done(client):
    plan(client, kind="drop_before_commit")
    with pytest.raises(ConnectionDropped):
        client.post("/notes?text=a")
    assert texts(client) == ["first"]
    assert client.get("/_sim/journal").json["calls"][0]["status"] == 0


def test_dropped_after_commit_it_is_done(client):
    plan(client, kind="commit_then_drop")
    with pytest.raises(ConnectionDropped):
        client.post("/notes?text=a")
    assert texts(client) == ["first", "a"]


def test_a_delayed_call_is_carried_out_after_its_time(client):
    plan(client, kind="delay", by="90s")
    assert client.post("/notes?text=a").status_code == 201
    assert texts(client) == ["first", "a"]
    assert client.get("/_sim/clock").json["now"] == "2026-03-01T09:01:30Z"
    (call,) = client.get("/_sim/journal").json["calls"]
    assert (call["time"], call["status"], call["fault"]) == ("2026-03-01T09:01:30Z", 201, "fault-1")


def test_a_timeout_does_what_was_asked_and_then_is_silent(client):
    plan(client, kind="timeout", by="2m")
    with pytest.raises(AnswerTooLate):
        client.post("/notes?text=a")
    assert texts(client) == ["first", "a"]
    assert client.get("/_sim/clock").json["now"] == "2026-03-01T09:02:00Z"
    (call,) = client.get("/_sim/journal").json["calls"]
    assert (call["time"], call["status"]) == ("2026-03-01T09:00:00Z", 0)  # done before the silence


@pytest.mark.parametrize("kind", ["delay", "timeout"])
def test_slow_faults_take_half_a_minute_unless_told_otherwise(client, kind):
    fault = plan(client, kind=kind)
    assert client.get(f"/_sim/faults/{fault}").json["by"] == "30s"


def test_a_fault_of_one_order_leaves_the_others_alone(client):
    plan(client, kind="status", order="A2")
    assert client.post("/notes?text=a&order=A1").status_code == 201
    assert client.post("/notes?text=a&order=A2").status_code == 500


def test_a_fault_by_chance_repeats_with_the_seed(client):
    def tosses():
        client.post("/_sim/reset", json={"seed": 5})
        plan(client, kind="status", times=100, probability=0.5)
        return [client.post("/notes?text=a").status_code for _ in range(12)]

    first = tosses()
    assert set(first) == {201, 500}
    assert tosses() == first


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"kind": "status"}, "'at' is missing"),
        ({"at": "addNote"}, "'kind' is missing"),
        ({"at": "addNotes", "kind": "status"}, "'addNotes' is not one of addNote"),
        ({"at": "addNote", "kind": "explode"}, "'explode' is not one of status"),
        ({"at": "addNote", "kind": "status", "status": 200}, "200 is not between 400 and 599"),
        ({"at": "addNote", "kind": "status", "times": 0}, "'times' counts from 1"),
        ({"at": "addNote", "kind": "status", "times": "1"}, "'1' is not int"),
        ({"at": "addNote", "kind": "status", "wish": 1}, "unknown field 'wish'"),
        ({"at": "addNote", "kind": "status", "by": "30s"}, "only a fault of kind delay or timeout"),
        ({"at": "addNote", "kind": "delay", "by": "soon"}, "'soon' is not a duration"),
        ({"at": "addNote", "kind": "delay", "by": "0s"}, "'0s' is not above 0"),
        ({"at": "addNote", "kind": "timeout", "by": "2d"}, "'2d' is not above 0 and up to 1d"),
        ({"at": "addNote", "kind": "delay", "by": 30}, "30 is not str"),
        ({"at": "addNote", "kind": "status", "probability": 2}, "2 is not above 0"),
    ],
)
def test_unusable_faults_say_what_is_allowed(client, fault, message):
    answer = client.post("/_sim/faults", json=fault)
    assert answer.status_code == 400
    assert message in answer.json["error"]
    assert client.get("/_sim/faults").json == {"faults": []}


def test_the_control_api_answers_this_machine_only(client):
    answer = client.get("/_sim/state", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 403


def test_the_control_api_with_a_token():
    client = make_app(token="s3cret").test_client()
    remote = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/_sim/health", environ_base=remote).status_code == 401
    right = {"Authorization": "Bearer s3cret"}
    assert client.get("/_sim/health", headers=right, environ_base=remote).status_code == 200
    wrong = {"Authorization": "Bearer é"}
    assert client.get("/_sim/health", headers=wrong).status_code == 401


def test_a_page_of_another_origin_cannot_steer_the_mock(client):
    answer = client.post("/_sim/reset", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert client.post("/_sim/reset", headers={"Origin": "http://localhost"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("amazon.localhost", 200),
        ("127.0.0.1:8081", 200),
        ("[::1]:8081", 200),
    ],
)
def test_the_control_api_answers_to_names_of_this_machine_only(client, host, status):
    """A foreign name may point here: DNS rebinding."""
    assert client.get("/_sim/state", headers={"Host": host}).status_code == status


def test_money_and_times_survive_the_database(app, client):
    assert client.get("/price").json == {"price": "19.99", "made_at": "2026-03-01T09:00:00Z"}
    with app.app_context():
        app.db.session.add(app.Note(text="x", price=Decimal(1), made_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - refused
        with pytest.raises(StatementError, match="no time zone"):
            app.db.session.commit()


def test_order_numbers_grow_in_amazons_form(app):
    with app.app_context():
        ids = Ids(app.db.session, app.counters, seed=3)
        numbers = [ids.amazon_order_id() for _ in range(300)]
    assert numbers == sorted(set(numbers))
    assert all(len(number) == 19 and number.replace("-", "").isdigit() for number in numbers)


@pytest.mark.sockets
def test_over_a_socket_a_drop_is_a_connection_without_answer(app):
    with LiveServer(app) as server:
        assert requests.get(f"{server.url}/_sim/health", timeout=5).json()["status"] == "ok"
        requests.post(
            f"{server.url}/_sim/faults", json={"at": "addNote", "kind": "commit_then_drop"}, timeout=5
        )
        with pytest.raises(requests.ConnectionError):
            requests.post(f"{server.url}/notes?text=a", timeout=5)
        assert requests.get(f"{server.url}/_sim/state", timeout=5).json()["notes"] == ["first", "a"]
        with pytest.raises(PortInUse, match=f"cannot listen on 127.0.0.1:{server.port}"):
            LiveServer(app, port=server.port)


@pytest.mark.sockets
def test_over_a_socket_a_frozen_server_breaks_off_instead_of_being_silent(app):
    with LiveServer(app) as server:
        fault = {"at": "addNote", "kind": "timeout", "by": "1d"}
        requests.post(f"{server.url}/_sim/faults", json=fault, timeout=5)
        with pytest.raises(requests.ConnectionError):
            requests.post(f"{server.url}/notes?text=a", timeout=5)
        assert requests.get(f"{server.url}/_sim/state", timeout=5).json()["notes"] == ["first", "a"]
        assert requests.get(f"{server.url}/_sim/clock", timeout=5).json()["now"] == "2026-03-02T09:00:00Z"


@pytest.mark.sockets
def test_over_a_socket_a_running_server_is_silent_until_its_client_gives_up(app):
    clock = app.extensions["simulation"].clock
    clock.set_speed(10)
    clock.run()
    with LiveServer(app) as server:
        fault = {"at": "addNote", "kind": "timeout", "by": "10s"}
        requests.post(f"{server.url}/_sim/faults", json=fault, timeout=5)
        with pytest.raises(requests.ReadTimeout):
            requests.post(f"{server.url}/notes?text=a", timeout=0.2)
        assert requests.get(f"{server.url}/_sim/state", timeout=5).json()["notes"] == ["first", "a"]


def test_state_survives_a_restart_on_a_file(tmp_path):
    database = f"sqlite:///{tmp_path / 'notes.db'}"
    make_app(database=database).test_client().post("/notes?text=second")
    assert texts(make_app(database=database).test_client()) == ["first", "second"]


def test_now_is_utc():
    assert VirtualClock().now().tzinfo is UTC
