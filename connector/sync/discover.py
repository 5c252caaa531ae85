"""Finding orders: a window over Amazon's last updates, and a look by id at orders unseen for long.

The window's bounds are fixed before the first call (F03); everything seen is stored before the
watermark moves (F16); a window that is not finished goes on where it stopped.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from connector.amazon.orders import TokenRefused
from connector.database import db
from connector.domain.statuses import ENDED, AmazonStatus
from connector.errors import RetryLater
from connector.models import OrderRow
from connector.sync.context import Context
from connector.sync.rows import receive

SHORTEST_WINDOW = timedelta(seconds=2)
RECHECKED_PER_RUN = 25
"""getOrder allows 30 at once and one more every two seconds."""
_UNSEEN = (
    select(OrderRow)
    .where(
        OrderRow.store_id == bindparam("store"),
        OrderRow.phase.not_in(ENDED),
        OrderRow.amazon_status.not_in((AmazonStatus.SHIPPED, AmazonStatus.CANCELED)),
        OrderRow.seen_at <= bindparam("limit"),
    )
    .order_by(OrderRow.seen_at, OrderRow.id)
    .limit(RECHECKED_PER_RUN)
)


def discover(context: Context) -> None:
    """Read all changes up to now less the safety lag, page by page.

    Raises RetryLater (the rest is read in the next run), AbortRun.
    """
    end = context.now - context.store.settings.duration("safety_lag")
    while _open_window(context, end):
        _read_window(context)


def _open_window(context: Context, end: datetime) -> bool:
    """Fix the bounds of the next window, unless one is open; False when there is nothing left to read."""
    store = context.store
    if store.window_to is not None:
        return True
    if end < context.connected_at or (store.watermark is not None and end <= store.watermark):
        return False
    start = context.connected_at
    if store.watermark is not None:
        start = max(store.watermark - store.settings.duration("overlap"), start)
    store.window_from, store.window_to, store.window_token = start, end, None
    db.session.commit()
    return True


def _read_window(context: Context) -> None:
    store = context.store
    while True:
        assert store.window_from is not None and store.window_to is not None  # noqa: S101, PT018 - open
        try:
            page = context.orders.search_orders(
                context.marketplace.id, store.window_from, store.window_to, store.window_token
            )
        except TokenRefused:
            _halve(context)
            return
        news = [receive(context, document) for document in page.documents]
        context.run.seen += len(news)
        stuck = page.next_token is not None and page.next_token == store.window_token  # F06
        store.window_token = page.next_token
        if page.next_token is None:
            store.watermark = store.window_to
            store.window_from = store.window_to = None
        db.session.commit()
        if stuck:
            _halve(context)
            return
        if page.next_token is None:
            return
        context.lease.renew()


def _halve(context: Context) -> None:
    """A refused token: go on with half the window, whose pages are fewer; never start it again whole.

    Raises RetryLater when the window cannot get shorter.
    """
    store = context.store
    assert store.window_from is not None and store.window_to is not None  # noqa: S101, PT018 - open
    length = store.window_to - store.window_from
    store.window_token = None
    if length > SHORTEST_WINDOW:
        store.window_to = store.window_from + length / 2
    db.session.commit()
    if length <= SHORTEST_WINDOW:
        raise RetryLater("Amazon does not accept its own page tokens")


def recheck(context: Context) -> None:
    """Read orders by id that were not seen for a while: lists miss some, a cancel may not show (F04, F12).

    Raises RetryLater, AbortRun.
    """
    limit = context.now - context.store.settings.duration("recheck_after")
    for row in db.session.scalars(_UNSEEN, {"store": context.store.id, "limit": limit}).all():
        document = context.orders.get_order(row.amazon_order_id)
        if document is None:
            row.seen_at = context.now
        else:
            receive(context, document)
        db.session.commit()
        context.lease.renew()
