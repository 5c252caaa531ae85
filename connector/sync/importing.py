"""Import: every order that is due or blocked, oldest first, becomes a Commerce order or says why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import and_, bindparam, or_, select, tuple_, update

from connector.commerce import placing
from connector.database import db
from connector.domain.statuses import KNOWN_PROCESSABLE, Phase
from connector.models import OrderRow
from connector.sync.context import Context
from connector.sync.importer import adopt
from connector.sync.importers import importer_for
from connector.sync.isolation import one_order
from connector.sync.problems import cannot_place, clear_problem
from connector.sync.rows import unblock

BATCH = placing.BATCH
_WAITS = (Phase.DUE, Phase.BLOCKED)
_HERE = OrderRow.store_id == bindparam("store")
_NOT_PLACED = OrderRow.commerce_order_id.is_(None)
_PROCESSABLE = or_(
    *(
        and_(
            OrderRow.by_amazon.is_(by_amazon),
            OrderRow.amazon_status.in_([status for status, of in KNOWN_PROCESSABLE.items() if of[by_amazon]]),
        )
        for by_amazon in (False, True)
    )
)
_BECOME_DUE = (
    update(OrderRow)
    .where(_HERE, _NOT_PLACED, OrderRow.phase == Phase.WAITING, _PROCESSABLE)
    .values(phase=Phase.DUE)
    # "evaluate" would hold rows that are loaded against the parameter's name, not its value
    .execution_options(synchronize_session="fetch")
)
_WAITING = select(OrderRow).where(_HERE, _NOT_PLACED, OrderRow.phase.in_(_WAITS))
_PLACING = select(OrderRow).where(_HERE, OrderRow.phase == Phase.PLACING)
_FIRST = (
    select(OrderRow)
    .where(
        _HERE,
        OrderRow.phase.in_(_WAITS),
        or_(OrderRow.next_try_at.is_(None), OrderRow.next_try_at <= bindparam("now")),
    )
    .order_by(OrderRow.purchased_at, OrderRow.id)
    .limit(BATCH)
)
_NEXT = _FIRST.where(
    tuple_(OrderRow.purchased_at, OrderRow.id)
    > tuple_(bindparam("last_time", type_=OrderRow.purchased_at.type), bindparam("last_id"))
)


def import_orders(context: Context) -> None:
    """Place what can be placed.

    Raises RetryLater, AbortRun.
    """
    _follow_setting(context)
    _adopt_placed(context)
    if not context.store.settings.imports:
        return
    _check_way(context)
    importer = importer_for(context)
    for rows in _batches(context):
        importer.run(rows)
        context.lease.renew()


def _check_way(context: Context) -> None:
    """A store that could not place orders is looked at again before anything is tried.

    Raises AbortRun, RetryLater.
    """
    if cannot_place(context.store):
        by_plugin = context.store.settings["place_orders_by"] == placing.PLUGIN
        if by_plugin and placing.MODULE not in context.commerce.modules():
            raise placing.module_missing()
        clear_problem(context.store)
        db.session.commit()


def _follow_setting(context: Context) -> None:
    """Import switched on makes waiting orders due (S-13); switched off, nothing is blocked (B-27)."""
    if context.store.settings.imports:
        db.session.execute(_BECOME_DUE, {"store": context.store.id})
    else:
        for row in db.session.scalars(_WAITING, {"store": context.store.id}):
            unblock(row, Phase.WAITING)
    db.session.commit()


def _adopt_placed(context: Context) -> None:
    """Orders whose answer was lost: look for their Commerce orders before anything is sent again (F58)."""
    rows = db.session.scalars(_PLACING, {"store": context.store.id}).all()
    if not rows:
        return
    found = context.commerce.orders_by_amazon_id(row.amazon_order_id for row in rows)
    for row in rows:
        with one_order(context, row):
            adopt(context, row, found.get(row.amazon_order_id))
        db.session.commit()


def _batches(context: Context) -> Iterator[Sequence[OrderRow]]:
    here = {"store": context.store.id}
    rows = db.session.scalars(_FIRST, {**here, "now": context.now}).all()
    while rows:
        last = {"last_time": rows[-1].purchased_at, "last_id": rows[-1].id}
        yield rows
        rows = db.session.scalars(_NEXT, {**here, **last, "now": context.now}).all()
