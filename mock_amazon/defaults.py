"""What an empty Amazon has: one application and one seller. Inventions that open nothing but this mock."""

from __future__ import annotations

from sqlalchemy import select

from mock_amazon.marketplaces import BY_CODE
from mock_amazon.models import Application, Participation, Seller, db

CLIENT_ID = "amzn1.application-oa2-client.sim"
CLIENT_SECRET = "sim-secret"  # noqa: S105 - the mock's own
SELLER_ID = "SELLER-1"
REFRESH_TOKEN = "Atzr|sim-main-us"  # noqa: S105 - the mock's own


def populate() -> None:
    """Write the defaults, unless they are there."""
    if db.session.scalar(select(Application.client_id)) is not None:
        return
    db.session.add(Application(client_id=CLIENT_ID, client_secret=CLIENT_SECRET))
    seller = Seller(id=SELLER_ID, refresh_token=REFRESH_TOKEN)
    seller.participations.append(Participation(marketplace_id=BY_CODE["US"].id))
    db.session.add(seller)
    db.session.commit()


def refresh_token(seller_id: str) -> str:
    return REFRESH_TOKEN if seller_id == SELLER_ID else f"Atzr|sim-{seller_id.lower()}"
