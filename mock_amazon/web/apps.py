"""Manage your apps: which applications a seller lets in. A new refresh token is shown once, as at Amazon."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from mock_amazon.access import authorizations
from mock_amazon.models import Application, Seller, db


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/apps/manage", "apps", _apps)
    bp.add_url_rule("/apps/manage/authorize", "authorize_app", _authorize, methods=["POST"])
    bp.add_url_rule("/apps/manage/remove", "remove_app", _remove, methods=["POST"])


def _apps(refresh_token: str | None = None, told: tuple[str, str] | None = None) -> str:
    sellers = db.session.scalars(select(Seller).order_by(Seller.id)).all()
    applications = db.session.scalars(select(Application).order_by(Application.client_id)).all()
    return render_template(
        "seller_central/apps.html",
        applications=applications,
        authorized={seller.id: authorizations.authorized(seller.id) for seller in sellers},
        refresh_token=refresh_token,
        told=told,
    )


def _authorize() -> ResponseReturnValue:
    client_id, seller_id = _pair()
    grant = authorizations.authorize(client_id, seller_id)
    db.session.commit()
    return _apps(grant.refresh_token, (client_id, seller_id))


def _remove() -> ResponseReturnValue:
    client_id, seller_id = _pair()
    authorizations.withdraw(seller_id, client_id)
    db.session.commit()
    flash(f"Access of {client_id} to {seller_id} was removed.", "success")
    return redirect(url_for(".apps"))


def _pair() -> tuple[str, str]:
    """Raises NotFound."""
    client_id, seller_id = request.form.get("client_id", ""), request.form.get("seller", "")
    clients = db.session.scalars(select(Application.client_id)).all()
    sellers = db.session.scalars(select(Seller.id)).all()
    if client_id not in clients or seller_id not in sellers:
        raise NotFound(f"There is no application {client_id!r} or no seller {seller_id!r}.")
    return client_id, seller_id
