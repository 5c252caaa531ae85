"""The adapter hands a request over as a server would."""

import pytest
import requests
from flask import Flask, request

from simkit.simulation import AnswerTooLate, ConnectionDropped
from simulator.wire import KillAt, Killed, Line, WatchedAdapter
from simulator.wsgi import WsgiAdapter

app = Flask("echo")


@app.route("/echo/<path:rest>", methods=["GET", "POST"])
def echo(rest):
    return {
        "path": rest,
        "raw": request.environ["REQUEST_URI"],
        "query": request.args.to_dict(flat=False),
        "body": request.get_data(as_text=True),
        "type": request.content_type,
        "header": request.headers.get("X-Thing"),
        "from": request.remote_addr,
        "host": request.host,
    }, {"X-Answer": "yes"}


@app.get("/gone")
def gone():
    raise ConnectionDropped


@app.get("/late")
def late():
    raise AnswerTooLate


app.config["PROPAGATE_EXCEPTIONS"] = True


@pytest.fixture
def session():
    with requests.Session() as session:
        session.mount("http://echo.sim", WsgiAdapter(app))
        yield session


def test_path_query_body_and_headers_arrive(session):
    answer = session.post(
        "http://echo.sim/echo/a%2Fb%20c?x=1&x=%C3%A4", json={"n": 1}, headers={"X-Thing": "t"}, timeout=1
    )
    assert answer.json() == {
        "path": "a/b c",
        "raw": "/echo/a%2Fb%20c?x=1&x=%C3%A4",
        "query": {"x": ["1", "ä"]},
        "body": '{"n": 1}',
        "type": "application/json",
        "header": "t",
        "from": "127.0.0.1",
        "host": "echo.sim",
    }
    assert (answer.status_code, answer.reason, answer.headers["x-answer"]) == (200, "OK", "yes")


def test_an_unknown_path_is_the_apps_own_404(session):
    assert session.get("http://echo.sim/nothing", timeout=1).status_code == 404


def test_a_dropped_connection_is_a_connection_error(session):
    with pytest.raises(requests.ConnectionError):
        session.get("http://echo.sim/gone", timeout=1)


def test_an_answer_that_comes_too_late_is_a_read_timeout(session):
    with pytest.raises(requests.ReadTimeout):
        session.get("http://echo.sim/late", timeout=1)


def calls_until_killed(line):
    with requests.Session() as session:
        session.mount("http://echo.sim", WatchedAdapter(WsgiAdapter(app), line))
        for _ in range(3):
            session.get("http://echo.sim/echo/x", timeout=1)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_is_killed_at_its_call_and_stays_dead(when):
    line = Line()
    line.begin(KillAt(2, when))
    with pytest.raises(Killed):
        calls_until_killed(line)
    assert (line.calls, line.dead) == (2, True)
    with pytest.raises(Killed):
        calls_until_killed(line)
    assert line.calls == 2


def test_calls_are_counted_anew_in_each_run():
    line = Line()
    line.begin()
    calls_until_killed(line)
    line.begin()
    assert line.calls == 0


def test_others_run_at_the_first_call_only():
    line, seen = Line(), []
    line.begin(others=lambda: seen.append(line.calls))
    calls_until_killed(line)
    assert seen == [1]
