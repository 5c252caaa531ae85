"""OAuth 1.0a signatures of integrations: HMAC-SHA256, and HMAC-SHA1 in the versions that take it."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qsl, unquote, urlsplit

from flask import request
from oauthlib.oauth1.rfc5849 import signature
from sqlalchemy import delete, select

from mock_commerce import turns
from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, InputErrors, InputRequired, OauthRefused
from mock_commerce.models import Integration, OauthNonce, db
from simkit.simulation import simulation

RAW_URI = "mock_commerce.raw_uri"
"""Key of the environment under which the address stands as it was sent, without scheme and host."""
DEVIATION = 600
"""Seconds that a caller's clock may be ahead."""
KEPT = 7200
"""Seconds that a nonce is kept."""
_REQUIRED = (
    "oauth_consumer_key",
    "oauth_signature",
    "oauth_signature_method",
    "oauth_nonce",
    "oauth_timestamp",
    "oauth_token",
)
_VERIFY = {"HMAC-SHA1": signature.verify_hmac_sha1, "HMAC-SHA256": signature.verify_hmac_sha256}


def verified(header: str) -> int:
    """The id of the integration that signed the current request.

    Raises InputErrors, CommerceError for parameters that cannot be used; OauthRefused.
    """
    sent = _parameters(header)
    given = {name: value for name, value in sent if name.startswith("oauth_")}
    _check_form(given)
    consumer = _consumer(given["oauth_consumer_key"])
    _use_nonce(consumer.integration_id, given)
    if consumer.token != given["oauth_token"]:
        known = db.session.scalar(select(Integration).where(Integration.token == given["oauth_token"]))
        text = "Token is not associated with the specified consumer" if known else _NO_TOKEN
        raise OauthRefused(text)
    if not _is_signed(sent, given, consumer):
        raise OauthRefused("The signature is invalid. Verify and try again.")
    return consumer.integration_id


_NO_TOKEN = "Specified token does not exist"  # noqa: S105 - an error's text


def _parameters(header: str) -> list[tuple[str, str]]:
    """Those of the header, but for the realm."""
    headers = {"Authorization": f"OAuth {header[5:].strip()}"}
    try:
        return signature.collect_parameters(headers=headers, exclude_oauth_signature=False)
    except ValueError:
        return []


def _check_form(given: dict[str, str]) -> None:
    version = given.get("oauth_version", "1.0")
    if version != "1.0":
        raise CommerceError('The "%1" Oauth version isn\'t supported.', [version])
    if missing := [InputRequired(name) for name in _REQUIRED if name not in given]:
        raise InputErrors(list(missing))
    method = given["oauth_signature_method"]
    if method not in _VERIFY or (method == "HMAC-SHA1" and not current().has("oauth_sha1")):
        raise CommerceError("Signature method %1 is not supported", [method])


def _consumer(key: str) -> Integration:
    consumer = db.session.scalar(select(Integration).where(Integration.consumer_key == key))
    if consumer is None:
        raise OauthRefused("A consumer having the specified key does not exist")
    return consumer


def _use_nonce(consumer_id: int, given: dict[str, str]) -> None:
    """Remember the nonce, whatever becomes of the request."""
    now = int(simulation().clock.now().timestamp())
    text = given["oauth_timestamp"]
    timestamp = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0  # noqa: PLR2004 - what a column holds
    too_late = current().oauth_timestamps == "checked" and timestamp > now + DEVIATION
    if timestamp <= 0 or too_late:
        raise OauthRefused("The timestamp value in the oauth_timestamp parameter is invalid.")
    nonce = given["oauth_nonce"][:255]
    turns.take()
    if db.session.get(OauthNonce, (nonce, consumer_id)) is not None:
        raise OauthRefused("The nonce is already being used by the consumer with ID %1", [consumer_id])
    db.session.execute(delete(OauthNonce).where(OauthNonce.timestamp < min(now, timestamp) - KEPT))
    db.session.add(OauthNonce(nonce=nonce, consumer_id=consumer_id, timestamp=timestamp))
    db.session.commit()


def _is_signed(sent: list[tuple[str, str]], given: dict[str, str], consumer: Integration) -> bool:
    raw = urlsplit(str(request.environ[RAW_URI]))
    path = unquote(raw.path) if current().has("oauth_decoded_path") else raw.path
    in_header = [pair for pair in sent if pair[0] != "oauth_signature"]
    signed = SimpleNamespace(
        http_method=request.method,
        uri=f"{request.scheme}://{request.host}{path}",
        params=[*in_header, *parse_qsl(raw.query, keep_blank_values=True)],
        signature=given["oauth_signature"],
    )
    check = _VERIFY[given["oauth_signature_method"]]
    return bool(check(signed, consumer.consumer_secret, consumer.token_secret))
