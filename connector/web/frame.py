"""What all pages share: one layout, headers, tokens of forms, and pages for what went wrong.

Bootstrap comes from the package Bootstrap-Flask, the tokens from Flask-WTF; nothing is loaded from the
network, and no script runs.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Response, render_template
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from connector.database import db
from connector.models import Store
from connector.sync import banner
from connector.web import formats

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""``data:`` is for Bootstrap's own little pictures."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def init_app(app: Flask, secret_key: str) -> None:
    """Make the app able to show pages."""
    app.config.update(
        SECRET_KEY=secret_key or secrets.token_urlsafe(),
        SESSION_COOKIE_NAME="connector_session",  # cookies of one host are shared by all its ports
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page may stand open overnight
        WTF_CSRF_SSL_STRICT=False,  # it would ask for the referrer, which our own policy withholds
        BOOTSTRAP_SERVE_LOCAL=True,
        BOOTSTRAP_BTN_STYLE="primary",
    )
    Bootstrap5(app)
    CSRFProtect(app)
    formats.init_app(app)
    app.after_request(_careful)
    app.register_error_handler(HTTPException, _problem)
    app.context_processor(_notices)


def _careful(response: Response) -> Response:
    """Let the page load nothing from elsewhere, run no script, and be kept by nobody."""
    response.headers.update(HEADERS)
    return response


def _problem(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    return render_template("problem.html", status=status, error=error), status


def _notices() -> dict[str, Any]:
    """What the top of each page tells; asked for by the template, so that error pages need no database."""
    return {"blocked_stores": banner.blocked_stores, "troubled_stores": _troubled_stores}


def _troubled_stores() -> list[Store]:
    """Stores with a problem of their own, shown once each (F37)."""
    return list(db.session.scalars(select(Store).where(Store.problem.is_not(None)).order_by(Store.id)))
