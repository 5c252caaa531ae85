"""Sellers authorise applications, and take that back. The caller commits.

Codes live five minutes and are used once; authorising anew leaves older refresh tokens good; where access is
withdrawn, refresh tokens, codes and living access tokens end at once.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update

from mock_amazon.models import (
    AccessToken,
    Application,
    Authorization,
    AuthorizationCode,
    Seller,
    db,
)
from simkit.simulation import simulation

CODE_LIFE = timedelta(minutes=5)
_AUTHORIZED = select(Authorization.client_id).where(
    Authorization.seller_id == bindparam("seller"), Authorization.withdrawn.is_(False)
)


def authorize(client_id: str, seller_id: str, refresh_token: str | None = None) -> Authorization:
    """A new grant with a refresh token of its own."""
    value = refresh_token or f"Atzr|{simulation().ids.token('refresh_token', 64)}"
    grant = Authorization(client_id=client_id, seller_id=seller_id, refresh_token=value)
    db.session.add(grant)
    return grant


def give_code(application: Application, seller: Seller, redirect_uri: str) -> str:
    kit = simulation()
    db.session.execute(delete(AuthorizationCode).where(AuthorizationCode.expires <= kit.now()))
    code = AuthorizationCode(
        value=f"RH{kit.ids.token('authorization_code', 18)}",
        client_id=application.client_id,
        seller_id=seller.id,
        redirect_uri=redirect_uri,
        expires=kit.now() + CODE_LIFE,
    )
    db.session.add(code)
    return code.value


def grant_of(refresh_token: str, client_id: str) -> Authorization | None:
    """The application's grant with that refresh token, unless it was withdrawn."""
    return db.session.scalar(
        select(Authorization).where(
            Authorization.refresh_token == refresh_token,
            Authorization.client_id == client_id,
            Authorization.withdrawn.is_(False),
        )
    )


def first_grant(client_id: str, seller_id: str) -> Authorization | None:
    """The oldest grant of the pair, withdrawn or not."""
    pair = (Authorization.client_id == client_id, Authorization.seller_id == seller_id)
    return db.session.scalar(select(Authorization).where(*pair).order_by(Authorization.id).limit(1))


def authorized(seller_id: str) -> set[str]:
    """The applications that may act for the seller."""
    return set(db.session.scalars(_AUTHORIZED, {"seller": seller_id}))


def withdraw(seller_id: str, client_id: str | None = None) -> None:
    """End the access of one application, or of all of them."""
    for table in (AccessToken, AuthorizationCode):
        gone = delete(table).where(table.seller_id == seller_id)
        db.session.execute(gone if client_id is None else gone.where(table.client_id == client_id))
    ended = update(Authorization).where(Authorization.seller_id == seller_id).values(withdrawn=True)
    db.session.execute(ended if client_id is None else ended.where(Authorization.client_id == client_id))


def restore(seller_id: str) -> None:
    """Make every grant of the seller good again, with the refresh tokens that there were."""
    mine = Authorization.seller_id == seller_id
    db.session.execute(update(Authorization).where(mine).values(withdrawn=False))


def expire_tokens(seller_id: str) -> None:
    """Let all access tokens that act for the seller end now."""
    now = simulation().now()
    living = (AccessToken.seller_id == seller_id, AccessToken.expires > now)
    db.session.execute(update(AccessToken).where(*living).values(expires=now))
