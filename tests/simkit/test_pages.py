import re

import pytest
from flask import Flask, abort, redirect, render_template_string, request

from simkit import pages
from simkit.clock import VirtualClock

PAGE = """{% extends "simkit/layout.html" %}
{% block brand %}Shop{% endblock %}{% block title %}Orders{% endblock %}
{% block content %}{{ request.args.name }}<form method="post">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>{% endblock %}"""


@pytest.fixture
def app():
    app = Flask("shop", static_folder=None)
    pages.init_app(app, "shop", VirtualClock())
    bp = pages.blueprint("pages", "shop")
    done = app.extensions["done"] = []
    bp.add_url_rule("/", "home", lambda: render_template_string(PAGE))
    bp.add_url_rule("/gone", "gone", lambda: abort(404, "There is no such order."))

    @bp.post("/")
    def change():
        done.append(request.form.get("what"))
        return redirect("/")

    app.register_blueprint(bp)
    return app


@pytest.fixture
def client(app):
    return app.test_client()


def token(answer):
    return re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]


def test_a_page_has_a_title_and_may_load_nothing_from_elsewhere(client):
    answer = client.get("/")
    assert "<title>Orders · Shop</title>" in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"


def test_its_styles_come_from_the_program_itself(client):
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert len(sheets) == 2
    for sheet in sheets:
        with client.get(sheet) as answer:
            assert answer.status_code == 200


def test_what_comes_from_outside_is_escaped(client):
    assert "&lt;b&gt;" in client.get("/?name=<b>").text


def test_a_form_without_its_token_changes_nothing(app, client):
    answer = client.post("/", data={"what": "cancel"})
    assert (answer.status_code, app.extensions["done"]) == (400, [])
    assert "CSRF" in answer.text


def test_a_form_of_another_session_changes_nothing(app, client):
    foreign = token(app.test_client().get("/"))
    client.get("/")
    assert client.post("/", data={"csrf_token": foreign}).status_code == 400
    assert app.extensions["done"] == []


def test_a_form_with_its_token_is_accepted(app, client):
    data = {"csrf_token": token(client.get("/")), "what": "cancel"}
    assert client.post("/", data=data).status_code == 302
    assert app.extensions["done"] == ["cancel"]


def test_a_problem_is_a_page_too(client):
    answer = client.get("/gone")
    assert (answer.status_code, "There is no such order." in answer.text) == (404, True)
    assert "Content-Security-Policy" in answer.headers


def test_the_footer_tells_the_virtual_time(client):
    assert "2026-03-01 09:00:00 UTC" in client.get("/").text


def test_programs_on_one_host_do_not_share_a_cookie(client):
    assert client.get("/").headers["Set-Cookie"].startswith("shop_session=")
