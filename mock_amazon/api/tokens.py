"""Login with Amazon: the token endpoint. Bodies are a form (percent-encoded or raw) or JSON.

Sources: "Authorization code grant" of Login with Amazon, RFC 6749, and error texts seen in threads
(amzn/selling-partner-api-models#921, #4112; saleweaver/python-amazon-sp-api#1757).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from mock_amazon.access.authorizations import authorize, grant_of
from mock_amazon.access.grantless import SCOPES
from mock_amazon.access.issuing import LIFE, issue
from mock_amazon.errors import LwaError
from mock_amazon.models import Application, AuthorizationCode, db
from mock_amazon.wire.lwa_form import Form, read_form, required
from simkit.simulation import operation, simulation

bp = Blueprint("tokens", __name__)

Answer = dict[str, str | int]


@bp.post("/auth/o2/token")
@operation("lwa_token")
def issue_token() -> ResponseReturnValue:
    """lwa_token: exchange a code, a refresh token or client credentials for an access token."""
    form = read_form(request.get_data())
    grant = required(form, "grant_type")
    if grant not in GRANTS:
        raise LwaError("unsupported_grant_type", f"The grant type is not supported : {grant}")
    application = _application(form)
    if application.grants is not None and grant not in application.grants:
        raise LwaError(
            "unauthorized_client", f"The client is not authorized to use this grant type : {grant}"
        )
    answer = GRANTS[grant](form, application)
    db.session.commit()
    return jsonify(answer), {"Cache-Control": "no-store", "Pragma": "no-cache"}


def _application(form: Form) -> Application:
    """The client of the body, or of a Basic header. Other kinds of Authorization mean nothing (SigV4)."""
    header = request.authorization
    if "client_secret" not in form and header is not None and header.type == "basic":
        form = {**form, "client_id": header.username or "", "client_secret": header.password or ""}
    client_id, secret = required(form, "client_id"), required(form, "client_secret")
    application = db.session.get(Application, client_id)
    if application is None or not hmac.compare_digest(application.client_secret.encode(), secret.encode()):
        raise LwaError("invalid_client", "Client authentication failed", 401)
    return application


def _invalid_grant(parameter: str) -> LwaError:
    return LwaError("invalid_grant", f"The request has an invalid grant parameter : {parameter}")


def _refresh(form: Form, application: Application) -> Answer:
    token = required(form, "refresh_token")
    grant = grant_of(token, application.client_id)
    if grant is None:
        raise _invalid_grant("refresh_token. User may have revoked or didn't grant the permission.")
    return {**_issue("Atza", application, grant.seller_id), "refresh_token": token}


def _exchange(form: Form, application: Application) -> Answer:
    value = required(form, "code")
    code = db.session.get(AuthorizationCode, value)
    if code is None or code.client_id != application.client_id or code.expires <= simulation().now():
        raise _invalid_grant("code")
    if form.get("redirect_uri", code.redirect_uri) != code.redirect_uri:
        raise _invalid_grant("redirect_uri")
    db.session.delete(code)
    grant = authorize(application.client_id, code.seller_id)
    return {**_issue("Atza", application, code.seller_id), "refresh_token": grant.refresh_token}


def _credentials(form: Form, application: Application) -> Answer:
    scope = required(form, "scope")
    if scope not in SCOPES:
        raise LwaError("invalid_scope", f"The request has an invalid scope : {scope}")
    return {**_issue("Atc", application, None, scope), "scope": scope}


GRANTS: Mapping[str, Callable[[Form, Application], Answer]] = {
    "refresh_token": _refresh,
    "authorization_code": _exchange,
    "client_credentials": _credentials,
}


def _issue(kind: str, application: Application, seller_id: str | None, scope: str | None = None) -> Answer:
    value = issue(kind, application.client_id, seller_id, scope=scope)
    return {"access_token": value, "token_type": "bearer", "expires_in": int(LIFE.total_seconds())}
