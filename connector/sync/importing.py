"""Import: every order that is due or blocked, oldest first, becomes a Commerce order or says why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select, tuple_, update

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
    here = and_(OrderRow.store_id == context.store.id, OrderRow.commerce_order_id.is_(None))
    if context.store.settings.imports:
        merchant = [status for status, (yes, _) in KNOWN_PROCESSABLE.items() if yes]
        amazon = [status for status, (_, yes) in KNOWN_PROCESSABLE.items() if yes]
        processable = or_(
            and_(OrderRow.by_amazon.is_(False), OrderRow.amazon_status.in_(merchant)),
            and_(OrderRow.by_amazon.is_(True), OrderRow.amazon_status.in_(amazon)),
        )
        statement = update(OrderRow).where(here, OrderRow.phase == Phase.WAITING, processable)
        db.session.execute(statement.values(phase=Phase.DUE))
    else:
        for row in db.session.scalars(select(OrderRow).where(here, OrderRow.phase.in_(_WAITS))):
            unblock(row, Phase.WAITING)
    db.session.commit()


def _adopt_placed(context: Context) -> None:
    """Orders whose answer was lost: look for their Commerce orders before anything is sent again (F58)."""
    rows = db.session.scalars(
        select(OrderRow).where(OrderRow.store_id == context.store.id, OrderRow.phase == Phase.PLACING)
    ).all()
    if not rows:
        return
    found = context.commerce.orders_by_amazon_id(row.amazon_order_id for row in rows)
    for row in rows:
        with one_order(context, row):
            adopt(context, row, found.get(row.amazon_order_id))
        db.session.commit()


def _batches(context: Context) -> Iterator[Sequence[OrderRow]]:
    last: tuple[datetime, int] | None = None
    while rows := db.session.scalars(_next(context, last)).all():
        last = (rows[-1].purchased_at, rows[-1].id)
        yield rows


def _next(context: Context, last: tuple[datetime, int] | None) -> Select[OrderRow]:
    now = context.now
    statement = select(OrderRow).where(
        OrderRow.store_id == context.store.id,
        OrderRow.phase.in_(_WAITS),
        or_(OrderRow.next_try_at.is_(None), OrderRow.next_try_at <= now),
    )
    if last is not None:
        statement = statement.where(tuple_(OrderRow.purchased_at, OrderRow.id) > tuple_(*last))
    return statement.order_by(OrderRow.purchased_at, OrderRow.id).limit(BATCH)
