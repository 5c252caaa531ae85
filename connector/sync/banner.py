"""The system message: which stores have orders that cannot be imported (M-01 to M-07)."""

from __future__ import annotations

from sqlalchemy import exists, select

from connector.commerce.client import CommerceClient
from connector.database import db
from connector.domain.statuses import Phase
from connector.errors import ConnectorError
from connector.models import Banner, OrderRow, Store

TEXT = (
    "Your Amazon store(s) has orders that cannot be imported into Commerce. "
    "See Recent Orders in the store dashboard(s): {stores}"
)
_BLOCKED = exists().where(OrderRow.store_id == Store.id, OrderRow.phase == Phase.BLOCKED)
_STORES = select(Store).where(Store.state == "active", _BLOCKED).order_by(Store.id)
_SHOWN = select(Banner.text).where(Banner.id == 1)


def blocked_stores() -> list[Store]:
    """The stores that the message names now: active, importing, with a blocked order (M-07)."""
    return [store for store in db.session.scalars(_STORES) if store.settings.imports]


def current_text() -> str:
    """The message as it should be now; empty where no order is blocked."""
    names = [store.name for store in blocked_stores()]
    return TEXT.format(stores=", ".join(names)) if names else ""


def shown_text() -> str:
    """The message as Commerce shows it."""
    return db.session.scalar(_SHOWN) or ""


def show(commerce: CommerceClient) -> None:
    """Let Commerce show the current message; a failure is made good by the next run."""
    text = current_text()
    if text == shown_text():
        return
    try:
        commerce.system_message(text)
    except ConnectorError:
        return  # perhaps the module is not there; the connector's own pages show it in any case
    db.session.merge(Banner(id=1, text=text))
    db.session.commit()
