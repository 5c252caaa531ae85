"""Tokens of administrators and customers: JWTs as since 2.4.4, opaque ones of 32 characters before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt
from sqlalchemy import delete, select

from mock_commerce.config.settings import current
from mock_commerce.cron import schedule
from mock_commerce.models import OpaqueToken, RevokedTokens, db
from mock_commerce.models.base import LARGEST_ID
from simkit.simulation import simulation

INTEGRATION, ADMIN, CUSTOMER = 1, 2, 3
"""Commerce's types of users."""
LENGTH = 32
JWT_MINUTES = {ADMIN: 60, CUSTOMER: 60}
OPAQUE_MINUTES = {ADMIN: 240, CUSTOMER: 60}

Owner = tuple[int, int]
"""Type and id of a user."""


def issue(user_type: int, user_id: int) -> str:
    """A new token of that user; the caller commits."""
    if not current().has("opaque_tokens"):
        return _jwt(user_type, user_id)
    token = simulation().ids.token("oauth_token", LENGTH)
    row = OpaqueToken(token=token, user_type=user_type, user_id=user_id, created_at=_now())
    db.session.add(row)
    schedule.want(schedule.TOKENS)
    return token


def owner(token: str) -> Owner | None:
    """Whose token that is; None where it is unknown, expired or revoked."""
    if token.count(".") == 2:  # noqa: PLR2004 - header, claims, signature
        return _owner_of_jwt(token)
    row = db.session.get(OpaqueToken, token) if len(token) == LENGTH else None
    if row is None or row.created_at + _life(row.user_type, OPAQUE_MINUTES) <= _now():
        return None
    return row.user_type, row.user_id


def revoke(user_type: int, user_id: int) -> None:
    """Make all tokens void that the user has; the caller commits."""
    theirs = (OpaqueToken.user_type == user_type, OpaqueToken.user_id == user_id)
    db.session.execute(delete(OpaqueToken).where(*theirs))
    now = int(_now().timestamp())
    db.session.merge(RevokedTokens(user_type=user_type, user_id=user_id, revoke_before=now))


def delete_expired() -> int:
    """Forget opaque tokens that are void; answers how many. The caller commits."""
    count = 0
    for user_type in OPAQUE_MINUTES:
        end = _now() - _life(user_type, OPAQUE_MINUTES)
        theirs = (OpaqueToken.user_type == user_type, OpaqueToken.created_at <= end)
        rows = db.session.scalars(select(OpaqueToken).where(*theirs)).all()
        for row in rows:
            db.session.delete(row)
        count += len(rows)
    return count


def _life(user_type: int, defaults: dict[int, int]) -> timedelta:
    config = current()
    wanted = config.admin_token_minutes if user_type == ADMIN else config.customer_token_minutes
    return timedelta(minutes=wanted or defaults[user_type])


def _now() -> datetime:
    return simulation().now()


def _secret() -> str:
    return hashlib.sha256(f"{simulation().seed}/crypt-key".encode()).hexdigest()


def _jwt(user_type: int, user_id: int) -> str:
    now = _now()
    claims = {
        "uid": user_id,
        "utypid": user_type,
        "iat": int(now.timestamp()),
        "exp": int((now + _life(user_type, JWT_MINUTES)).timestamp()),
    }
    return jwt.encode(claims, _secret(), algorithm="HS256", headers={"kid": "1", "typ": None})


def _owner_of_jwt(token: str) -> Owner | None:
    claims = _claims(token, _secret())
    if claims is None:
        return None
    user_type, user_id = _number(claims, "utypid"), _number(claims, "uid")
    issued, expires = _number(claims, "iat"), _number(claims, "exp")
    if user_type not in JWT_MINUTES or not issued or expires <= _now().timestamp():
        return None
    return None if _is_revoked(user_type, user_id, issued) else (user_type, user_id)


def _number(claims: Mapping[str, Any], name: str) -> int:
    """0 for what this shop does not write there: whoever knows the seed can sign."""
    value = claims.get(name)
    return value if type(value) is int and 0 < value <= LARGEST_ID else 0


@lru_cache(maxsize=256)
def _claims(token: str, secret: str) -> Mapping[str, Any] | None:
    """What a token of ours says; the virtual clock decides whether it still holds, not the library's."""
    options = {"verify_exp": False, "verify_iat": False}
    try:
        return jwt.decode(token, secret, algorithms=["HS256"], options=options)  # type: ignore[arg-type] # its own TypedDict
    except jwt.InvalidTokenError:
        return None


def _is_revoked(user_type: int, user_id: int, issued: int) -> bool:
    """Only customers can give their tokens back."""
    row = db.session.get(RevokedTokens, (user_type, user_id)) if user_type == CUSTOMER else None
    return row is not None and issued <= row.revoke_before
