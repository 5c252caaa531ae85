"""Signing in: passwords, the lock after failures, tokens for administrators and customers."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import select

from mock_commerce.access import tokens, two_factor
from mock_commerce.errors import InputErrors, InputRequired, LoginRefused
from mock_commerce.models import AdminUser, Customer, LoginFailure, db
from simkit.simulation import simulation

ANONYMOUS = "anonymous"
"""The resource of routes that everybody may call."""
SELF = "self"
"""The resource of routes that are about the calling customer."""
EVERYTHING = "Magento_Backend::all"
"""The resource of a role that may do all."""
FAILURES_BEFORE_LOCK = 6
LOCK = timedelta(seconds=1800)


def password_hash(password: str) -> str:
    return hashlib.sha256(f"mock_commerce/{password}".encode()).hexdigest()


def sign_in(username: str | None, password: str | None) -> str:
    """A new token of an administrator.

    Raises InputErrors, LoginRefused, SecondFactorNeeded.
    """
    user_id = administrator(username, password)
    two_factor.refuse_plain_sign_in()
    return _new_token(tokens.ADMIN, user_id)


def sign_in_with_code(username: str | None, password: str | None, code: str | None) -> str:
    """A new token of an administrator who has a second factor.

    Raises InputErrors, LoginRefused, CodeRefused, NoRoute.
    """
    two_factor.require_module()
    user_id = administrator(username, password, otp=code or "")
    two_factor.check(code or "")
    return _new_token(tokens.ADMIN, user_id)


def customer_sign_in(username: str | None, password: str | None, website_id: int) -> str:
    """A new token of a customer of that website.

    Raises InputErrors, LoginRefused.
    """
    name, word = _both(username=username, password=password)
    query = select(Customer).where(Customer.email == name.lower(), Customer.website_id == website_id)
    row = db.session.scalar(query)
    stored = row.password_hash if row is not None and row.is_active else None
    _check(tokens.CUSTOMER, name.lower(), word, stored)
    assert row is not None  # noqa: S101 - said by _check
    return _new_token(tokens.CUSTOMER, row.entity_id)


def administrator(username: str | None, password: str | None, **more: str) -> int:
    """The id of the administrator whose password that is.

    Raises InputErrors, LoginRefused. Failures are counted by user name, whether it exists or not.
    """
    name, word = _both(username=username, password=password, **more)
    user = db.session.scalar(select(AdminUser).where(AdminUser.username == name))
    stored = user.password_hash if user is not None and user.is_active else None
    _check(tokens.ADMIN, name, word, stored)
    assert user is not None  # noqa: S101 - said by _check
    return user.user_id


def _both(*, username: str | None, password: str | None, **more: str) -> tuple[str, str]:
    given = {"username": username, "password": password, **more}
    if missing := [InputRequired(field) for field, value in given.items() if not value]:
        raise InputErrors(list(missing))
    assert username is not None and password is not None  # noqa: S101, PT018 - said above
    return username, password


def _new_token(user_type: int, user_id: int) -> str:
    token = tokens.issue(user_type, user_id)
    db.session.commit()
    return token


def _check(user_type: int, username: str, password: str, stored: str | None) -> None:
    """Count a failure, or forget those before.

    Raises LoginRefused.
    """
    failures = _failures(user_type, username)
    if failures is not None and failures.failures >= FAILURES_BEFORE_LOCK:
        raise LoginRefused
    if stored is None or not hmac.compare_digest(stored, password_hash(password)):
        _count_failure(user_type, username, failures)
        raise LoginRefused
    if failures is not None:
        db.session.delete(failures)
        db.session.commit()


def _failures(user_type: int, username: str) -> LoginFailure | None:
    row = db.session.get(LoginFailure, (username, user_type))
    if row is not None and row.expires_at <= simulation().clock.now():
        db.session.delete(row)
        db.session.flush()
        return None
    return row


def _count_failure(user_type: int, username: str, failures: LoginFailure | None) -> None:
    expires_at = simulation().clock.now() + LOCK
    if failures is None:
        row = LoginFailure(username=username, user_type=user_type, failures=1, expires_at=expires_at)
        db.session.add(row)
    else:
        failures.failures += 1
        failures.expires_at = expires_at
    db.session.commit()
