"""Customers' passwords: what a good one is, changing it, and the way back for those who forgot it."""

from __future__ import annotations

import hmac
import re

from mock_commerce import mails
from mock_commerce.access.auth import password_hash
from mock_commerce.errors import CommerceError, InvalidValue, NotThisPassword
from mock_commerce.models import Customer
from simkit.simulation import simulation

LEAST, MOST, CLASSES = 8, 256, 3
_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
TEMPLATES = ("email_reminder", "email_reset")


def check(password: str, email: str) -> None:
    """Raises CommerceError for a password that is too weak."""
    if len(password) > MOST:
        raise CommerceError("Please enter a password with at most %1 characters.", [MOST])
    if len(password) < LEAST:
        raise CommerceError(
            "The password needs at least %1 characters. Create a new password and try again.", [LEAST]
        )
    if password != password.strip():
        raise CommerceError(
            "The password can't begin or end with a space. Verify the password and try again."
        )
    if password.casefold() == email.casefold():
        raise CommerceError(
            "The password can't be the same as the email address. Create a new password and try again."
        )
    if sum(bool(re.search(kind, password)) for kind in _CLASSES) < CLASSES:
        raise CommerceError(
            "Minimum of different classes of characters in password is %1. "
            "Classes of characters: Lower Case, Upper Case, Digits, Special Characters.",
            [CLASSES],
        )


def change(customer: Customer, old: str, new: str) -> None:
    """Raises NotThisPassword, CommerceError. The caller commits."""
    if customer.password_hash is None or not hmac.compare_digest(customer.password_hash, password_hash(old)):
        raise NotThisPassword
    check(new, customer.email)
    customer.password_hash = password_hash(new)


def remind(customer: Customer, template: str) -> None:
    """Write the mail with the token that opens the account again. The caller commits.

    Raises CommerceError for a mail that there is not.
    """
    if template not in TEMPLATES:
        raise InvalidValue(template, "email type")
    customer.reset_token = simulation().ids.token("rp_token")
    mails.write(template, customer_id=customer.entity_id, token=customer.reset_token)


def check_token(customer: Customer, token: str) -> None:
    """Raises CommerceError."""
    if customer.reset_token is None or not hmac.compare_digest(customer.reset_token, token):
        raise CommerceError("The password token is mismatched. Reset and try again.")


def reset(customer: Customer, token: str, new: str) -> None:
    """Set another password; the token is used up. The caller commits.

    Raises CommerceError.
    """
    check_token(customer, token)
    check(new, customer.email)
    customer.password_hash, customer.reset_token = password_hash(new), None
