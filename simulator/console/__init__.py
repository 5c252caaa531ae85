"""The page of a running world, and its control calls: move the clock, run the connector, see every order."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue

from simkit import jsons, pages
from simkit.control import BadControl, body, guarded_blueprint, only
from simulator.console.page import page_blueprint
from simulator.demo import Demo

_MOST_RUNS = 10_000


def create_app(demo: Demo, control_token: str | None) -> Flask:
    """The console's app. Its control calls are guarded as the mocks' are."""
    app = Flask("simulator.console")
    app.json = jsons.Provider(app)
    app.config["CONTROL_TOKEN"] = control_token
    pages.init_app(app, "console", demo.clock)
    app.register_blueprint(page_blueprint(demo))
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
