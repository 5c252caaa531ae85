"""Who calls: the access token decides the application and the seller, before anything else is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request
from sqlalchemy import bindparam, select

from mock_amazon.errors import AccessDenied, InvalidInput, QuotaExceeded
from mock_amazon.models import AccessToken, Seller, db
from mock_amazon.restricted import NOTHING, elements_for
from mock_amazon.sandbox.mode import vendor_path
from mock_amazon.switches import Switches, switches_of
from mock_amazon.throttle import LIMITS, Buckets, Limit
from simkit.simulation import simulation

USER_AGENT_LIMIT = 500
_TOKEN = (
    select(
        AccessToken.client_id,
        AccessToken.seller_id,
        AccessToken.expires,
        AccessToken.restricted,
        Seller.switched,
    )
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


def caller() -> Caller:
    """The caller of the current request, once it is known."""
    known = g.caller
    assert isinstance(known, Caller)  # noqa: S101 - narrows the type of Flask's g
    return known


def admit() -> None:
    """Let the request in: user agent, token, quota, in this order. Host and SigV4 mean nothing."""
    identify()
    spend()


def identify() -> None:
    """Find out who calls; admission without the quota."""
    if len(request.headers.get("User-Agent", "")) > USER_AGENT_LIMIT:
        raise InvalidInput(
            "The User-Agent header is not valid.", f"It has more than {USER_AGENT_LIMIT} characters."
        )
    g.caller = _caller_of(request.headers.get("x-amz-access-token"))


def spend(limit: Limit | None = None) -> None:
    """Take the call out of its operation's quota, or out of a given one, unless the account has none."""
    who, kit, limit = caller(), simulation(), limit or LIMITS[g.operation]
    if who.account.throttling == "on":
        buckets = kit.vendor.volatile["buckets"]
        assert isinstance(buckets, Buckets)  # noqa: S101 - narrows the kit's protocol
        if not buckets.take((who.client_id, who.seller_id, g.operation), limit, kit.clock.now()):
            raise QuotaExceeded
    g.rate_limit = str(limit.rate)


def _caller_of(token: str | None) -> Caller:
    if not token:
        raise AccessDenied("Access token is missing in the request header.")
    row = db.session.execute(_TOKEN, {"token": token}).one_or_none()
    if row is None:
        raise AccessDenied("The access token you provided is revoked, malformed or invalid.")
    client_id, seller_id, expires, restricted, switched = row
    if expires <= simulation().clock.now():
        # Clients look for these very words before they ask for a new token.
        raise AccessDenied("The access token you provided has expired.")
    if seller_id is None:
        raise AccessDenied("The access token you provided is not of a selling partner.")
    account = switches_of(switched)
    elements = NOTHING if restricted is None else _opened_by(restricted)
    return Caller(client_id, seller_id, account, elements if account.pii == "granted" else NOTHING)


def _opened_by(resources: list[dict[str, Any]]) -> frozenset[str]:
    elements = elements_for(resources, request.method, vendor_path())
    if elements is None:
        raise AccessDenied("The restricted data token you provided is not for this resource.")
    return elements
