"""The consent page, where a seller authorises an application that sent the browser here.

Source: Amazon's page "Website authorization workflow". Addresses lead back only where the application is
registered to; on anything else the browser stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import BadRequest, NotFound

from mock_amazon.access import authorizations
from mock_amazon.access.applications import by_app_id
from mock_amazon.models import Application, Seller, db
from simkit.pages import let_forms_lead_to

_ADDRESS = "/apps/authorize/consent"


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule(_ADDRESS, "consent", _consent)
    bp.add_url_rule(_ADDRESS, "give_consent", _give_consent, methods=["POST"])


def _consent() -> str:
    application, uri = _asked(request.args)
    let_forms_lead_to(uri)
    return render_template(
        "seller_central/consent.html",
        application=application,
        redirect_uri=uri,
        state=request.args.get("state"),
        sellers=db.session.scalars(select(Seller.id).order_by(Seller.id)).all(),
    )


def _give_consent() -> ResponseReturnValue:
    application, uri = _asked(request.form)
    sellers = {seller.id: seller for seller in db.session.scalars(select(Seller))}
    seller = sellers.get(request.form.get("seller", ""))
    if seller is None:
        raise BadRequest("There is no such seller.")
    let_forms_lead_to(uri)
    code = authorizations.give_code(application, seller, uri)
    db.session.commit()
    told = {"spapi_oauth_code": code, "selling_partner_id": seller.id}
    if state := request.form.get("state"):
        told = {"state": state, **told}
    return redirect(_with_query(uri, told))


def _asked(values: Mapping[str, str]) -> tuple[Application, str]:
    """The application that asks, and where the browser goes afterwards.

    Raises NotFound or BadRequest.
    """
    application = by_app_id(values.get("application_id", ""))
    if application is None:
        raise NotFound(f"There is no application {values.get('application_id', '')!r}.")
    known = application.redirect_uris
    uri = values.get("redirect_uri") or (known[0] if known else "")
    if uri not in known:
        raise BadRequest(f"{uri!r} is not an OAuth redirect URI of {application.app_id}.")
    return application, uri


def _with_query(uri: str, more: Mapping[str, str]) -> str:
    parts = urlsplit(uri)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query))
