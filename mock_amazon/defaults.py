"""What an empty Amazon has: one application and one seller. Inventions that open nothing but this mock."""

from __future__ import annotations

from sqlalchemy import select

from mock_amazon.marketplaces import BY_CODE
from mock_amazon.models import Application, Authorization, Participation, Seller, db

CLIENT_ID = "amzn1.application-oa2-client.sim"
APP_ID = "amzn1.sp.solution.sim"
REDIRECT_URI = "http://localhost:8000/amazon/callback"
CLIENT_SECRET = "sim-secret"  # noqa: S105 - the mock's own
SELLER_ID = "SELLER-1"
REFRESH_TOKEN = "Atzr|sim-main-us"  # noqa: S105 - the mock's own


def populate() -> None:
    """Write the defaults, unless they are there."""
    if db.session.scalar(select(Application.client_id)) is not None:
        return
    application = Application(
        client_id=CLIENT_ID, client_secret=CLIENT_SECRET, app_id=APP_ID, redirect_uris=[REDIRECT_URI]
    )
    db.session.add(application)
    seller = Seller(id=SELLER_ID, store_name=SELLER_ID)
    seller.participations.append(Participation(marketplace_id=BY_CODE["US"].id))
    db.session.add(seller)
    db.session.flush()
    grant = Authorization(client_id=CLIENT_ID, seller_id=SELLER_ID, refresh_token=REFRESH_TOKEN)
    db.session.add(grant)
    db.session.commit()


def refresh_token(seller_id: str) -> str:
    return REFRESH_TOKEN if seller_id == SELLER_ID else f"Atzr|sim-{seller_id.lower()}"
