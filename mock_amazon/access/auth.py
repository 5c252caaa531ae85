"""Who calls: the access token decides the application and the seller, before anything else is looked at.

Operations of a seller are admitted by ``admit``; ``admit_grantless`` admits an application alone where the
operation is grantless, and a seller's application everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request
from sqlalchemy import Row, bindparam, select

from mock_amazon.access.grantless import GRANTLESS
from mock_amazon.access.restricted import NOTHING, elements_for
from mock_amazon.access.roles import opened_by
from mock_amazon.access.throttle import LIMITS, Buckets, Limit
from mock_amazon.errors import AccessDenied, InvalidInput, NoToken, QuotaExceeded
from mock_amazon.models import AccessToken, Application, Seller, db
from mock_amazon.sandbox.mode import vendor_path
from mock_amazon.switches import Switches, switches_of
from simkit.simulation import simulation

USER_AGENT_LIMIT = 500
_TOKEN = (
    select(
        AccessToken.client_id,
        AccessToken.seller_id,
        AccessToken.expires,
        AccessToken.restricted,
        AccessToken.scope,
        AccessToken.delegate,
        Application.roles,
        Application.without_role,
        Seller.switched,
    )
    .join(Application, Application.client_id == AccessToken.client_id)
    .outerjoin(Seller, Seller.id == AccessToken.seller_id)
    .where(AccessToken.value == bindparam("token"))
)


@dataclass(frozen=True)
class Caller:
    """An application that acts for a seller, and what it may see in this call."""

    client_id: str
    seller_id: str
    account: Switches
    elements: frozenset[str]
    """The personal data that the token opens here; none with an ordinary one."""
    may: frozenset[str]
    """The personal data for which the application has a role, unless the account withholds it."""
    strict: bool
    """Whether asking for other personal data is refused, not answered with less."""


def caller() -> Caller:
    """The caller of the current request, once it is known."""
    known = g.caller
    assert isinstance(known, Caller)  # noqa: S101 - narrows the type of Flask's g
    return known


def client_id() -> str:
    """The application that makes the current request, whether it acts for a seller or not."""
    known: str = g.client_id
    return known


def admit() -> None:
    """Let the request in: user agent, token, quota, in this order. Host and SigV4 mean nothing."""
    identify()
    spend()


def admit_grantless() -> None:
    """Admit an application alone where the operation needs no seller; else as ``admit`` does."""
    if g.operation not in GRANTLESS:
        admit()
        return
    token = _known_token()
    if token.scope != GRANTLESS[g.operation]:
        raise AccessDenied("The access token you provided is not for this grantless operation.")
    _spend("")


def admit_either(limit: Limit) -> None:
    """Admit an application, whether it acts for a seller or not, out of that quota."""
    if _known_token().seller_id is None:
        _spend("", limit)
    else:
        identify()
        spend(limit)


def identify() -> None:
    """Find out who calls; admission without the quota."""
    token = _known_token()
    if token.seller_id is None:
        raise AccessDenied("The access token you provided is not of a selling partner.")
    account = switches_of(token.switched)
    elements = NOTHING if token.restricted is None else _opened_by(token.restricted)
    # The account's switch goes before the application's roles: it can only close.
    may = opened_by(token.roles) if account.pii == "granted" else NOTHING
    strict = "forbidden" in {account.pii, token.without_role}
    g.caller = Caller(g.client_id, token.seller_id, account, elements & may, may, strict)


def spend(limit: Limit | None = None) -> None:
    """Take the call out of its operation's quota, or out of a given one, unless the account has none."""
    who = caller()
    _spend(who.seller_id, limit, limited=who.account.throttling == "on")


def _spend(seller_id: str, limit: Limit | None = None, *, limited: bool = True) -> None:
    """Calls without a seller come out of one bucket of the application."""
    kit, limit = simulation(), limit or LIMITS[g.operation]
    if limited:
        buckets = kit.vendor.volatile["buckets"]
        assert isinstance(buckets, Buckets)  # noqa: S101 - narrows the kit's protocol
        if not buckets.take((client_id(), seller_id, g.operation), limit, kit.clock.now()):
            raise QuotaExceeded
    g.rate_limit = str(limit.rate)


def _known_token() -> Row[Any]:
    """The living token of the request; its application is noted."""
    if len(request.headers.get("User-Agent", "")) > USER_AGENT_LIMIT:
        raise InvalidInput(
            "The User-Agent header is not valid.", f"It has more than {USER_AGENT_LIMIT} characters."
        )
    token = request.headers.get("x-amz-access-token")
    if not token:
        raise NoToken
    # PostgreSQL does not even look for a NUL.
    row = None if "\0" in token else db.session.execute(_TOKEN, {"token": token}).one_or_none()
    if row is None:
        raise AccessDenied("The access token you provided is revoked, malformed or invalid.")
    if row.expires <= simulation().clock.now():
        # Clients look for these very words before they ask for a new token.
        raise AccessDenied("The access token you provided has expired.")
    g.client_id = row.delegate or row.client_id
    return row


def _opened_by(resources: list[dict[str, Any]]) -> frozenset[str]:
    elements = elements_for(resources, request.method, vendor_path())
    if elements is None:
        raise AccessDenied("The restricted data token you provided is not for this resource.")
    return elements
