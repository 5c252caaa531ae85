"""Who may see the pages, which show buyers and change orders: this machine, or who has the control token."""

from __future__ import annotations

import hmac

from flask import current_app, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from simkit import pages

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({"seller_central.new"})
"""Pages that are for changing something only."""


def check() -> None:
    """Raises Unauthorized where a token is asked for, Forbidden where the pages only show."""
    token = current_app.config.get("CONTROL_TOKEN")
    if token:
        _ask(str(token))
    else:
        pages.local_only()
    changes = request.method not in _SAFE or request.endpoint in _FORMS
    if changes and "sim" not in current_app.blueprints:
        raise Forbidden("This server was started with --no-control: its pages show orders, but change none.")


def _ask(token: str) -> None:
    given = request.authorization.password if request.authorization else None
    if not hmac.compare_digest((given or "").encode(), token.encode()):
        challenge = WWWAuthenticate("basic", {"realm": "Simulated Seller Central"})
        text = "Any user name will do; the password is the control token of this server."
        raise Unauthorized(text, www_authenticate=challenge)
