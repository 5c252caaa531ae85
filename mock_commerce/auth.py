"""Who may call: administrator tokens (JWT, as since 2.4.4), the lock after failed sign-ins, bearers."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

import jwt
from flask import request
from sqlalchemy import select

from mock_commerce.errors import InputErrors, InputRequired, LoginRefused, NotAuthorized
from mock_commerce.models import AdminUser, LoginFailure, db
from mock_commerce.settings import current
from simkit.simulation import simulation

ANONYMOUS = "anonymous"
INTEGRATION_TOKEN = "sim-integration-token"  # noqa: S105 - the documented default of a simulator
ADMIN_TYPE = 2
TOKEN_LIFE = timedelta(minutes=60)
FAILURES_BEFORE_LOCK = 6
LOCK = timedelta(seconds=1800)


def password_hash(password: str) -> str:
    return hashlib.sha256(f"mock_commerce/{password}".encode()).hexdigest()


def sign_in(username: str | None, password: str | None) -> str:
    """A new token. Raises InputErrors, LoginRefused."""
    return _token(administrator(username, password))


def administrator(username: str | None, password: str | None) -> int:
    """The id of the administrator whose password that is.

    Raises InputErrors, LoginRefused. Failures are counted by user name, whether it exists or not.
    """
    given = {"username": username, "password": password}
    if missing := [InputRequired(field) for field, value in given.items() if not value]:
        raise InputErrors(list(missing))
    assert username is not None and password is not None  # noqa: S101, PT018 - said above
    failures = _failures(username)
    if failures is not None and failures.failures >= FAILURES_BEFORE_LOCK:
        raise LoginRefused
    user = db.session.scalar(select(AdminUser).where(AdminUser.username == username))
    if (
        user is None
        or not user.is_active
        or not hmac.compare_digest(user.password_hash, password_hash(password))
    ):
        _count_failure(username, failures)
        raise LoginRefused
    if failures is not None:
        db.session.delete(failures)
        db.session.commit()
    return user.user_id


def _failures(username: str) -> LoginFailure | None:
    row = db.session.get(LoginFailure, username)
    if row is not None and row.expires_at <= simulation().clock.now():
        db.session.delete(row)
        db.session.flush()
        return None
    return row


def _count_failure(username: str, failures: LoginFailure | None) -> None:
    expires_at = simulation().clock.now() + LOCK
    if failures is None:
        db.session.add(LoginFailure(username=username, failures=1, expires_at=expires_at))
    else:
        failures.failures += 1
        failures.expires_at = expires_at
    db.session.commit()


def _secret() -> str:
    return hashlib.sha256(f"{simulation().seed}/crypt-key".encode()).hexdigest()


def _token(user_id: int) -> str:
    now = simulation().clock.now()
    claims = {
        "uid": user_id,
        "utypid": ADMIN_TYPE,
        "iat": int(now.timestamp()),
        "exp": int((now + TOKEN_LIFE).timestamp()),
    }
    return jwt.encode(claims, _secret(), algorithm="HS256", headers={"kid": "1", "typ": None})


def authorise(resource: str) -> None:
    """Let an administrator or a permitted integration pass.

    Raises NotAuthorized: missing, unknown and expired tokens are one answer in Commerce.
    """
    parts = request.headers.get("Authorization", "").split(" ")
    if len(parts) != 2 or parts[0].lower() != "bearer":  # noqa: PLR2004 - scheme and token
        raise NotAuthorized(resource)
    if hmac.compare_digest(parts[1].encode(), INTEGRATION_TOKEN.encode()):
        if not current().has("integration_bearer"):
            raise NotAuthorized(resource)
    elif not _is_administrator(parts[1]):
        raise NotAuthorized(resource)


def _is_administrator(token: str) -> bool:
    try:
        # The virtual clock decides, not the library's.
        options = {"verify_exp": False, "verify_iat": False}
        claims = jwt.decode(token, _secret(), algorithms=["HS256"], options=options)  # type: ignore[arg-type]
    except jwt.InvalidTokenError:
        return False
    if claims.get("utypid") != ADMIN_TYPE or claims.get("exp", 0) <= simulation().clock.now().timestamp():
        return False
    query = select(AdminUser.is_active).where(AdminUser.user_id == claims.get("uid"))
    return bool(db.session.scalar(query))
