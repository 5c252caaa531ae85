"""Bodies of the control calls about applications and their authorisation."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from mock_amazon.access.roles import ROLES
from mock_amazon.defaults import CLIENT_ID
from simkit.checking import word

_ID = validate.Regexp(r"[!-~]{1,200}\Z", error="write up to 200 letters, digits and signs without blanks")
_URI = validate.And(
    validate.Length(1, 2000),
    validate.URL(schemes={"http", "https"}, require_tld=False, absolute=True),
    validate.Regexp(r"[^@#]*\Z", error="leave name, password and fragment out of the URI"),
)
GRANT_TYPES = ("refresh_token", "authorization_code", "client_credentials")


def _words(*allowed: str) -> fields.List[str]:
    return fields.List(word(*allowed), allow_none=True)


class ApplicationWish(Schema):
    client_id = fields.String(validate=_ID)
    client_secret = fields.String(load_only=True, validate=_ID)
    app_id = fields.String(validate=_ID)
    redirect_uris = fields.List(fields.String(validate=_URI), validate=validate.Length(0, 50))
    roles = _words(*ROLES)
    grants = _words(*GRANT_TYPES)
    without_role = word("omitted", "forbidden")


class AuthorizationWish(Schema):
    """Which application, which seller."""

    client_id = fields.String(load_default=CLIENT_ID, validate=_ID)
    seller = fields.String(load_default="SELLER-1", validate=_ID)


class CodeWish(AuthorizationWish):
    redirect_uri = fields.String(validate=validate.Length(1, 2000))
