"""Details: the items of orders whose list has none, and the address of orders that came without.

A list of Orders v0 has no items; they are read order by order, as far as Amazon's rate limit goes. What
does not fit waits for the next run, and is not imported before. An order of 2026-01-01 has everything.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, case, select

from connector.amazon import stored
from connector.amazon.loose import UnreadableOrder
from connector.amazon.orders import Document
from connector.amazon.reading import read_order
from connector.database import db
from connector.domain.blockers import Blocker, Code
from connector.domain.order import Order
from connector.domain.statuses import ENDED, AmazonStatus, Phase, processable
from connector.domain.totals import expected_total
from connector.errors import GiveUpOnOrder, RetryLater, Throttled
from connector.models import OrderRow
from connector.sync.backoff import failed, succeeded
from connector.sync.context import Context
from connector.sync.rows import block, receive

WAITS = "Its items are not read yet: Amazon asks for fewer calls. The next run goes on."
_NOT_NOW = (*ENDED, Phase.PLACING, Phase.NEEDS_ATTENTION)
"""Nothing is done with the items of such an order, or not before it is known whether it was placed (F58)."""
_HERE = OrderRow.store_id == bindparam("store")
_LAST = case((OrderRow.phase == Phase.WAITING, 1), else_=0)  # F10: they have time
_WANTING = (
    select(OrderRow)
    .where(
        _HERE,
        OrderRow.phase.not_in(_NOT_NOW),
        OrderRow.amazon_status != AmazonStatus.CANCELED,
        OrderRow.document.startswith(stored.WANTS_DETAILS, autoescape=True),
    )
    .order_by(_LAST, OrderRow.purchased_at, OrderRow.id)
)
_BLOCKED = (
    select(OrderRow)
    .where(_HERE, OrderRow.phase == Phase.BLOCKED)
    .order_by(OrderRow.purchased_at, OrderRow.id)
)


def read_details(context: Context) -> None:
    """Read what is missing, orders that can be imported or followed first.

    Raises RetryLater (Amazon does not answer), AbortRun.
    """
    _read_items(context)
    _read_withheld(context)


def _read_items(context: Context) -> None:
    rows = _wanting(context)
    in_a_row = 0
    for place, row in enumerate(rows):
        try:
            _read(context, row)
            in_a_row = 0
        except Throttled:
            _postpone(context, rows[place:])
            return
        except (RetryLater, GiveUpOnOrder) as error:
            in_a_row += 1
            failed(row, str(error), context.now)
            context.run.failed += 1
            if in_a_row > 1 and isinstance(error, RetryLater):  # it is not the order's fault
                raise
        finally:
            db.session.commit()
        context.lease.renew()


def _wanting(context: Context) -> Sequence[OrderRow]:
    rows = db.session.scalars(_WANTING, {"store": context.store.id}).all()
    return [row for row in rows if row.next_try_at is None or row.next_try_at <= context.now]


def _read(context: Context, row: OrderRow) -> None:
    """Raises RetryLater, GiveUpOnOrder, AbortRun."""
    document = context.orders.with_details(stored.read(row.document))
    if document is not None and not _adds_up(context, _order(document)):
        document = _read_both(context, document)
    if document is None:
        raise GiveUpOnOrder("Amazon does not know this order any more", status=404)
    if not _order(document).lines:
        _without_items(context, row)
        return
    receive(context, document)
    succeeded(row)


def _read_both(context: Context, document: Document) -> Document | None:
    """Items that do not add up may be newer than their order: then the order is read anew, and they too."""
    order = context.orders.get_order(stored.order_id(document))
    if order is None:
        return None
    both = stored.completed(order, document)
    return context.orders.with_details(both) if stored.wants_details(both) else both


def _order(document: Document) -> Order:
    """Raises GiveUpOnOrder: what cannot be read is asked for again, and not stored."""
    try:
        return read_order(document)
    except UnreadableOrder as error:
        raise GiveUpOnOrder(str(error)) from None


def _adds_up(context: Context, order: Order) -> bool:
    if order.total is None or not order.lines:
        return True
    return expected_total(order, tax_included=context.marketplace.tax_included) == order.total


def _without_items(context: Context, row: OrderRow) -> None:
    """Once may be chance (F19), twice is a reason to tell somebody; it is asked for again in any case.

    Raises GiveUpOnOrder.
    """
    known = any(blocker["code"] == Code.DETAILS_INCOMPLETE for blocker in row.blockers)
    importable = row.commerce_order_id is None and row.phase in {Phase.DUE, Phase.BLOCKED}
    if not importable or not (row.attempts or known):
        raise GiveUpOnOrder("Amazon sent no items")
    block(context, row, [Blocker(Code.DETAILS_INCOMPLETE)])
    context.run.blocked += 1


def _postpone(context: Context, rows: Sequence[OrderRow]) -> None:
    """Say of each order that could be imported why it is not; it is no failure, and no blocker."""
    for row in rows:
        if row.phase != Phase.BLOCKED and processable(row.amazon_status, by_amazon=row.by_amazon):
            row.error, row.next_try_at = WAITS, context.now


def _read_withheld(context: Context) -> None:
    """Orders that wait for an address: one look tells whether Amazon grants it now (F21)."""
    for row in db.session.scalars(_BLOCKED, {"store": context.store.id}).all():
        if not any(blocker["code"] == Code.PII_UNAVAILABLE for blocker in row.blockers):
            continue
        try:
            document = context.orders.get_order(row.amazon_order_id)
        except Throttled:
            return
        if document is None or _order(document).address_withheld:
            return
        receive(context, document)
        db.session.commit()
        context.lease.renew()
