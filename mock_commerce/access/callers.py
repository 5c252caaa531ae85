"""Who makes the current request, and what they may: by bearer token or OAuth 1.0a signature.

Unknown and expired tokens make a guest; whoever lacks a resource is told its name, with status 401.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, request
from sqlalchemy import bindparam, select

from mock_commerce import kept
from mock_commerce.access import guests, oauth, tokens
from mock_commerce.access.auth import ANONYMOUS, EVERYTHING, SELF
from mock_commerce.config.settings import current
from mock_commerce.errors import NotAuthorized
from mock_commerce.models import AdminRole, AdminUser, Customer, Integration, db

GUEST = 4
_admins, _roles = AdminUser.__table__.c, AdminRole.__table__.c
_RESOURCES = select(_roles.resources).where(
    _roles.role_id == _admins.role_id, _admins.user_id == bindparam("user_id"), _admins.is_active
)
"""Asked for with nearly every call."""


@dataclass(frozen=True)
class Caller:
    """A user of Commerce: type (``tokens.ADMIN`` …), id and the ACL resources of the role."""

    user_type: int
    user_id: int = 0
    resources: Sequence[str] = ()

    def may(self, resource: str) -> bool:
        if resource == SELF:
            return self.user_type == tokens.CUSTOMER
        return resource == ANONYMOUS or EVERYTHING in self.resources or resource in self.resources


def caller() -> Caller:
    """The maker of the current request, found out once.

    Raises OauthRefused and InputErrors for a request that is signed and cannot be verified.
    """
    if "caller" not in g:
        g.caller = _caller()
    found = g.caller
    assert isinstance(found, Caller)  # noqa: S101 - narrows the type of Flask's g
    return found


def customer_id() -> int:
    """The id of the customer who calls; for routes with ``@serves(SELF)`` only."""
    found = caller()
    assert found.user_type == tokens.CUSTOMER  # noqa: S101 - such routes let nobody else in
    return found.user_id


def authorise(resource: str) -> None:
    """Raises NotAuthorized where the caller lacks that resource; what ``caller`` raises."""
    if not caller().may(resource) and not guests.may_read():
        raise NotAuthorized(resource)


def _caller() -> Caller:
    header = request.headers.get("Authorization", "")
    if header[:5].lower() == "oauth":
        return _integration(Integration.integration_id == oauth.verified(header))
    parts = header.split(" ")
    if len(parts) != 2 or parts[0].lower() != "bearer":  # noqa: PLR2004 - scheme and token
        return Caller(GUEST)
    known = tokens.owner(parts[1])
    if known is not None:
        return _customer(known[1]) if known[0] == tokens.CUSTOMER else _administrator(known[1])
    if current().has("integration_bearer"):
        return _integration(Integration.token == parts[1])
    return Caller(GUEST)


def _administrator(user_id: int) -> Caller:
    resources = kept.kept().once(("resources", user_id), lambda: _resources(user_id))
    return Caller(GUEST) if resources is None else Caller(tokens.ADMIN, user_id, resources)


def _resources(user_id: int) -> Sequence[str] | None:
    found: Sequence[str] | None = db.session.scalar(_RESOURCES, {"user_id": user_id})
    return found


def _customer(entity_id: int) -> Caller:
    query = select(Customer.is_active).where(Customer.entity_id == entity_id)
    return Caller(tokens.CUSTOMER, entity_id) if db.session.scalar(query) else Caller(GUEST)


def _integration(condition: object) -> Caller:
    query = select(Integration.integration_id, AdminRole.resources).join(Integration.role)
    row = db.session.execute(query.where(condition, Integration.is_active)).one_or_none()  # type: ignore[arg-type] # a condition
    return Caller(GUEST) if row is None else Caller(tokens.INTEGRATION, row[0], row[1])
