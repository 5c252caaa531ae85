"""The page of a running world, and its control calls: run the connector now, or at its next cron times."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from simkit import jsons
from simkit.control import BadControl, body, guarded_blueprint, only
from simulator.demo import Demo

_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_MOST_RUNS = 10_000


def create_app(demo: Demo, control_token: str | None) -> Flask:
    """The console's app. Its control calls are guarded as the mocks' are."""
    app = Flask("simulator.console")
    app.json = jsons.Provider(app)
    app.config["CONTROL_TOKEN"] = control_token
    app.jinja_options = {"autoescape": True, "trim_blocks": True}
    app.after_request(_careful)
    app.add_url_rule("/", "page", lambda: render_template("console.html", world=demo.overview()))
    app.register_blueprint(_control(demo))
    return app


def _control(demo: Demo) -> Blueprint:
    bp = guarded_blueprint()

    @bp.get("/health")
    def health() -> ResponseReturnValue:
        return jsonify(status="ok", system="console")

    @bp.post("/sync")
    def sync() -> ResponseReturnValue:
        only(body())
        return jsonify(demo.sync())

    @bp.post("/cron")
    def cron() -> ResponseReturnValue:
        return jsonify(demo.cron(_times(only(body(), "n").get("n", 1))))

    return bp


def _times(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_RUNS:
        raise BadControl(f"field 'n': {value!r} is not a whole number from 1 to {_MOST_RUNS}")
    return value


def _careful(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
