"""What the sections of the Admin share: sign-in, permissions, frame, system messages, 404 for unknown ids."""

from __future__ import annotations

from functools import partial
from typing import Any, NoReturn

from flask import Blueprint, Flask, abort, flash, g

from mock_commerce.errors import CommerceError
from mock_commerce.models import db
from mock_commerce.web import menu, rights
from mock_commerce.web.access import HOME, refuse_nul, require_user
from mock_commerce.web.messages import system_messages
from simkit import pages

LAYOUT = "admin/layout.html"


def section(name: str) -> Blueprint:
    """A blueprint whose pages need a signed-in user."""
    bp = pages.blueprint(name, __name__, url_prefix=HOME)
    bp.before_request(require_user)
    bp.before_request(rights.require_right)
    bp.before_request(refuse_nul)
    bp.context_processor(_frame)
    return bp


def _frame() -> dict[str, Any]:
    user = g.get("admin")
    return {
        "layout": LAYOUT,
        "admin": user,
        "menu": menu.shown(user),
        "here": menu.here(),
        "may": partial(rights.may, user),
        "system_messages": system_messages(),
    }


def gone(text: str) -> NoReturn:
    """Raises werkzeug's NotFound, as a page of the Admin."""
    abort(404, text)


def told(error: CommerceError) -> str:
    """What the Admin shows of a refusal: the reason where the REST API names its log only."""
    return str(error.__cause__) if error.__cause__ is not None else error.text


def refuse(error: CommerceError) -> str:
    """Take back what was begun; answers the text to show."""
    text = told(error)
    db.session.rollback()
    return text


def take_back(_app: Flask, **_: Any) -> None:
    """After a failure of the program itself: its own page reads the database too."""
    db.session.rollback()


def succeed(text: str) -> None:
    db.session.commit()
    flash(text, "success")
