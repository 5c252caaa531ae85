"""Login with Amazon: the token endpoint. Bodies are a form (percent-encoded or raw) or JSON."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl

import orjson
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_amazon.errors import LwaError
from mock_amazon.grantless import SCOPES
from mock_amazon.issuing import LIFE, issue
from mock_amazon.models import Application, Seller, db
from simkit.simulation import operation

bp = Blueprint("tokens", __name__)

Form = dict[str, str]


@bp.post("/auth/o2/token")
@operation("lwa_token")
def issue_token() -> ResponseReturnValue:
    """lwa_token: exchange a refresh token or client credentials for an access token."""
    form = _form()
    grant = _required(form, "grant_type")
    if grant not in {"refresh_token", "client_credentials"}:
        raise LwaError("unsupported_grant_type", f"The grant type is not supported : {grant}")
    application = _application(form)
    answer = _for_seller(form, application) if grant == "refresh_token" else _for_client(form, application)
    db.session.commit()
    return jsonify(answer), {"Cache-Control": "no-store", "Pragma": "no-cache"}


def _form() -> Form:
    data = request.get_data()
    if data.lstrip()[:1] != b"{":
        # Clients that do not percent-encode send "Atzr|…" as it is: this reader takes both.
        return dict(parse_qsl(data.decode(errors="replace"), keep_blank_values=True))
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise LwaError("invalid_request", "The request body is not JSON") from None
    return {str(key): str(value) for key, value in content.items() if value is not None}


def _required(form: Form, name: str) -> str:
    value = form.get(name)
    if not value:
        raise LwaError("invalid_request", f"The request is missing a required parameter : {name}")
    return value


def _application(form: Form) -> Application:
    client_id, secret = _required(form, "client_id"), _required(form, "client_secret")
    application = db.session.get(Application, client_id)
    if application is None or not hmac.compare_digest(application.client_secret.encode(), secret.encode()):
        raise LwaError("invalid_client", "Client authentication failed", 401)
    return application


def _for_seller(form: Form, application: Application) -> dict[str, str | int]:
    refresh_token = _required(form, "refresh_token")
    seller = db.session.scalar(select(Seller).where(Seller.refresh_token == refresh_token))
    if seller is None:
        raise LwaError("invalid_grant", "The request has an invalid grant parameter : refresh_token")
    return {**_issue("Atza", application, seller), "refresh_token": refresh_token}


def _for_client(form: Form, application: Application) -> dict[str, str | int]:
    scope = _required(form, "scope")
    if scope not in SCOPES:
        raise LwaError("invalid_scope", f"The request has an invalid scope : {scope}")
    return {**_issue("Atc", application, None, scope), "scope": scope}


def _issue(
    kind: str, application: Application, seller: Seller | None, scope: str | None = None
) -> dict[str, str | int]:
    value = issue(kind, application.client_id, seller.id if seller else None, scope=scope)
    return {"access_token": value, "token_type": "bearer", "expires_in": int(LIFE.total_seconds())}
