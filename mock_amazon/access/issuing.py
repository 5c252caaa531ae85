"""Access tokens, of Login with Amazon and restricted ones: made here, kept until a while after their end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from mock_amazon.models import AccessToken, db
from simkit.simulation import simulation

LIFE = timedelta(seconds=3600)
REMEMBERED = timedelta(days=7)
"""An expired token is known as such for so long; after that it is an unknown one."""


def issue(
    prefix: str,
    client_id: str,
    seller_id: str | None,
    *,
    restricted: list[dict[str, Any]] | None = None,
    scope: str | None = None,
    delegate: str | None = None,
) -> str:
    """A new token that lives an hour; ``restricted`` are the resources that it opens. The caller commits."""
    kit = simulation()
    now = kit.clock.now()
    db.session.execute(delete(AccessToken).where(AccessToken.expires < now - REMEMBERED))
    counter = "access_token" if restricted is None else "restricted_token"
    token = AccessToken(
        value=f"{prefix}|{kit.ids.token(counter, 64)}",
        client_id=client_id,
        seller_id=seller_id,
        expires=now + LIFE,
        restricted=restricted,
        scope=scope,
        delegate=delegate,
    )
    db.session.add(token)
    return token.value
