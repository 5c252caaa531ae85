"""Pages of a mock, for people: one layout, one content security policy, forms that no other site can send.

Bootstrap comes from the package Bootstrap-Flask, the tokens of forms from Flask-WTF; nothing is loaded
from the network.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Flask, Response, current_app, g, render_template
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, HTTPException

from simkit.clock import VirtualClock
from simkit.control import from_elsewhere

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No scripts at all. ``data:`` is for Bootstrap's own little pictures."""
_CSRF = "simkit_csrf"


def init_app(app: Flask, name: str, clock: VirtualClock) -> None:
    """Make the app able to show pages; ``name`` keeps its cookie apart from those of other programs."""
    app.config.update(
        SECRET_KEY=secrets.token_urlsafe(),  # sessions end with the process
        SESSION_COOKIE_NAME=f"{name}_session",  # cookies of one host are shared by all its ports
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # the vendor's API knows no such tokens
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a demo may stand still overnight
        WTF_CSRF_SSL_STRICT=False,  # behind TLS it would ask for the referrer, which these pages never send
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.static_url_path = "/_pages/static"  # Bootstrap-Flask hangs its files below the app's own
    Bootstrap5(app)
    app.extensions[_CSRF] = CSRFProtect(app)
    shared = Blueprint("simkit", __name__, template_folder="templates", static_folder="static")
    app.register_blueprint(shared, url_prefix="/_pages")
    app.jinja_env.globals["virtual_now"] = lambda: clock.now().strftime("%Y-%m-%d %H:%M:%S UTC")


def blueprint(name: str, import_name: str, **options: Any) -> Blueprint:
    """A blueprint whose every answer is protected and whose every change needs a form's token."""
    bp = Blueprint(name, import_name, **options)
    bp.before_request(_check_token)
    bp.after_request(careful)
    bp.register_error_handler(HTTPException, _problem)
    return bp


def careful(response: Response) -> Response:
    """Let the page load nothing from elsewhere, run no script, and be kept by nobody."""
    targets = " ".join(["form-action 'self'", *g.get("form_targets", ())])
    response.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", targets)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def let_forms_lead_to(url: str) -> None:
    """Let the forms of this answer end in a redirect to another site, whose address is known to be good."""
    parts = urlsplit(url)
    g.form_targets = [f"{parts.scheme}://{quote(parts.netloc, safe=':[]')}"]


def local_only() -> None:
    """For pages that steer a simulation and ask for no password.

    Raises werkzeug's Forbidden where the request does not come from this machine.
    """
    if reason := from_elsewhere():
        raise Forbidden(f"{reason}: these pages answer this machine only")


def _check_token() -> None:
    """Raises werkzeug's BadRequest (CSRFError) for a POST without the token of its session."""
    current_app.extensions[_CSRF].protect()


def _problem(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    status = error.code or 500
    # What the status needs to make sense: WWW-Authenticate, Allow, Retry-After.
    needed = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return render_template("simkit/problem.html", status=status, error=error), status, needed
