"""Who is signed in to the Admin. The cookie holds the user's id and the end of the session, nothing else."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from mock_commerce.models import AdminUser, db
from simkit.simulation import simulation

LIFE = timedelta(days=365)
"""The longest that Commerce allows: worlds run at hundreds of times wall speed, people read at one."""
HOME = "/admin"
_USER, _UNTIL = "user", "until"


def start(user_id: int) -> None:
    """Begin a session: what the browser had before is forgotten."""
    session.clear()
    session[_USER] = user_id
    _prolong()


def end() -> None:
    session.clear()


def _prolong() -> None:
    session[_UNTIL] = int((simulation().clock.now() + LIFE).timestamp())


def current_user() -> AdminUser | None:
    """The active administrator whose session it is; None where there is none any more."""
    if simulation().clock.now().timestamp() >= session.get(_UNTIL, 0):
        return None
    user = db.session.get(AdminUser, session.get(_USER, 0))
    return user if user is not None and user.is_active else None


def require_user() -> Response | None:
    """Let nobody pass who is not signed in; the way back is kept where it can be asked for again."""
    g.admin = current_user()
    if g.admin is not None:
        _prolong()
        return None
    wanted = request.full_path.removesuffix("?") if request.method == "GET" else None
    return redirect(url_for("admin.login", next=wanted), 303)


def refuse_nul() -> None:
    """Raises werkzeug's BadRequest for the one character that PostgreSQL cannot keep."""
    for name, values in request.values.lists():
        if any("\0" in value for value in values):
            abort(400, f"field '{name}': a text may not contain the character NUL.")


def own_path(text: str) -> str:
    """That address if it is a page of this Admin, else its first page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return HOME
    is_own = not parts.scheme and not parts.netloc and text.startswith(f"{HOME}/")
    return text if is_own and text.isprintable() and ".." not in parts.path.split("/") else HOME
