"""The console's page: the three systems side by side, the clock, and the buttons that move the world."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from simkit import pages
from simkit.clock import ClockGoesForward
from simkit.times import UnreadableTime, parse_duration
from simulator.demo import Demo

SPEEDS = (1, 10, 60, 300)
STEPS = ("5m", "1h", "1d")
REFRESH = 5
"""Wall seconds between two looks at a running world."""


def page_blueprint(demo: Demo) -> Blueprint:
    """The page of one running world."""
    bp = pages.blueprint("page", __name__)
    bp.before_request(pages.local_only)

    @bp.get("/")
    def home() -> str:
        return render_template(
            "console.html", world=demo.overview(), speeds=SPEEDS, steps=STEPS, refresh=REFRESH
        )

    @bp.post("/run")
    def run() -> Response:
        """Run the connector now."""
        _tell(demo.sync())
        return _back()

    @bp.post("/cron")
    def cron() -> Response:
        """Go on to the next cron time and run."""
        _tell(demo.cron(1))
        return _back()

    @bp.post("/clock")
    def clock() -> Response:
        """Stop, start, speed up or move the clock."""
        _move(demo)
        return _back()

    return bp


def _back() -> Response:
    return redirect(url_for("page.home"), 303)


def _tell(result: dict[str, object]) -> None:
    """What a run did; an empty result: nothing was due."""
    last = result.get("last")
    if isinstance(last, dict):
        counts = ", ".join(f"{number} {what}" for what, number in last.items())
        flash(f"The connector ran: {counts}", "success")
    errors = result.get("errors")
    for store, error in errors.items() if isinstance(errors, dict) else ():
        flash(f"{store}: {error}", "danger")


def _move(demo: Demo) -> None:
    """Raises BadRequest for a wish that is none of the page's."""
    wish = request.form
    try:
        if "advance" in wish:
            demo.clock.advance(parse_duration(wish["advance"]))
        elif "speed" in wish:
            demo.clock.set_speed(float(wish["speed"]))
            demo.clock.run()
        elif wish.get("mode") == "frozen":
            demo.clock.freeze()
        elif wish.get("mode") == "running":
            demo.clock.run()
        else:
            raise BadRequest("The clock can be stopped, started, sped up or moved on.")
    except (ValueError, UnreadableTime, ClockGoesForward, OverflowError) as error:
        raise BadRequest(str(error)) from None
