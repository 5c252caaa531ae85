"""Developers' applications, as control calls make and change them. The caller commits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_amazon.models import Application, db
from simkit.control import BadControl
from simkit.simulation import simulation

_KEPT = ("redirect_uris", "roles", "grants", "without_role")


def save_application(wish: dict[str, Any]) -> Application:
    """Register an application, or change one; keys left out stay.

    Raises BadControl.
    """
    client_id = (
        wish.get("client_id") or f"amzn1.application-oa2-client.{simulation().ids.token('client', 32)}"
    )
    application = db.session.get(Application, client_id) or _new_application(client_id, wish.get("app_id"))
    if wish.get("app_id", application.app_id) != application.app_id:
        raise BadControl(f"field 'app_id': the application has {application.app_id!r}, which stays")
    application.client_secret = wish.get("client_secret") or application.client_secret
    for key in _KEPT:
        if key in wish:
            setattr(application, key, wish[key])
    return application


def _new_application(client_id: str, app_id: str | None) -> Application:
    ids = simulation().ids
    app_id = app_id or f"amzn1.sp.solution.{ids.token('application', 32)}"
    if by_app_id(app_id) is not None:
        raise BadControl(f"field 'app_id': {app_id!r} is the one of another application")
    secret = f"amzn1.oa2-cs.v1.{ids.token('client_secret', 64)}"
    application = Application(
        client_id=client_id, client_secret=secret, app_id=app_id, redirect_uris=[], without_role="omitted"
    )
    db.session.add(application)
    return application


def by_app_id(app_id: str) -> Application | None:
    if "\0" in app_id:  # PostgreSQL knows no text with a NUL
        return None
    return db.session.scalar(select(Application).where(Application.app_id == app_id))


def application_of(wish: dict[str, Any]) -> Application:
    """The application that a wish names.

    Raises BadControl.
    """
    application = db.session.get(Application, wish["client_id"])
    if application is None:
        known = ", ".join(db.session.scalars(select(Application.client_id).order_by(Application.client_id)))
        raise BadControl(f"field 'client_id': {wish['client_id']!r} is not one of {known}")
    return application


def application_json(application: Application) -> dict[str, Any]:
    """Everything but the secret."""
    return {
        "client_id": application.client_id,
        "app_id": application.app_id,
        **{key: getattr(application, key) for key in _KEPT},
    }
