"""The connector's own record of an order: what a document from Amazon, a blocker or a link does to it."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from connector.amazon import stored
from connector.amazon.loose import UnreadableOrder
from connector.amazon.orders import Document
from connector.amazon.reading import read_order
from connector.database import db
from connector.domain.blockers import Blocker, Code
from connector.domain.eligibility import Cancelled, Due, Ignored, Waiting, decide
from connector.domain.order import Order
from connector.domain.statuses import (
    COMPLETED,
    AmazonStatus,
    Phase,
    cancelled_line_note,
    is_known,
    next_table_status,
    request_note,
    status_note,
)
from connector.models import OrderRow
from connector.sync.backoff import succeeded
from connector.sync.context import Context

LIVE = (Phase.IMPORTED, Phase.PARTLY_SHIPPED, Phase.SHIPPED)
"""Phases of an order that has a Commerce order and is not finished."""
_SILENT = frozenset({AmazonStatus.PENDING, AmazonStatus.PENDING_AVAILABILITY})
"""Statuses that a new row has without a note (L-01, L-02)."""
_ROW = select(OrderRow).where(
    OrderRow.store_id == bindparam("store"), OrderRow.amazon_order_id == bindparam("number")
)


def order_of(row: OrderRow) -> Order:
    """The order as Amazon sent it last."""
    return read_order(stored.read(row.document))


def receive(context: Context, document: Document) -> bool:
    """Store a document, whatever it is, and say whether it was news. The caller commits."""
    amazon_order_id = stored.order_id(document)
    row = find(context.store.id, amazon_order_id)
    if row is not None:
        document = stored.completed(document, stored.read(row.document))
    text = stored.written(document)
    try:
        order = read_order(document)
    except UnreadableOrder as error:
        _unreadable(context, row, amazon_order_id, text, str(error))
        return True
    if row is not None and (_older(order, row) or text == row.document):
        row.seen_at = context.now  # F68: an older version never overwrites a newer one
        return False
    if row is None:
        row = OrderRow(store_id=context.store.id, amazon_order_id=amazon_order_id)
        db.session.add(row)
    _take_over(context, row, order, text)
    return True


def _older(order: Order, row: OrderRow) -> bool:
    """Whether more is known already. v0 counts in whole seconds, and tells less of the same change."""
    if order.packages_told or stored.version_of(stored.read(row.document)) == stored.V0:
        return order.updated_at < row.updated_at
    known, told = row.updated_at.replace(microsecond=0), order.updated_at.replace(microsecond=0)
    return told < known or (told == known and order.status == row.amazon_status)


def find(store_id: int, amazon_order_id: str) -> OrderRow | None:
    return db.session.scalar(_ROW, {"store": store_id, "number": amazon_order_id})


def _unreadable(context: Context, row: OrderRow | None, number: str, text: str, reason: str) -> None:
    """Keep what was sent; it is read again when Amazon sends it again (F16)."""
    if row is None:
        now = context.now
        row = OrderRow(store_id=context.store.id, amazon_order_id=number, amazon_status="", by_amazon=False)
        row.purchased_at = row.updated_at = context.connected_at
        row.seen_at, row.next_try_at, row.phase = now, now, Phase.NEEDS_ATTENTION
        db.session.add(row)
    row.document, row.error, row.seen_at = text, reason, context.now
    context.run.failed += 1


def _take_over(context: Context, row: OrderRow, order: Order, text: str) -> None:
    before = row.document
    row.document, row.amazon_status, row.by_amazon = text, order.status, order.by_amazon
    row.purchased_at, row.updated_at, row.seen_at = order.purchased_at, order.updated_at, context.now
    row.buyer_name, row.currency, row.total = order.buyer_name, order.currency, order.total
    if row.commerce_order_id is None:
        _decide(context, row, order)
    else:
        show_status(row, order.status)
    _tell(row, order, before)


def _tell(row: OrderRow, order: Order, before: str | None) -> None:
    """Note what a person has to know beside the status: a new wish to cancel, a line that is gone."""
    imported = row.commerce_order_id is not None
    if order.cancelled or row.phase == Phase.BLOCKED or not (imported or order.cancel_request is not None):
        return
    known = _known(before)
    if order.cancel_request is not None and (known is None or known.cancel_request != order.cancel_request):
        row.note = request_note(order.cancel_request)
    if known is not None and imported and (gone := known.units_ordered.keys() - order.units_ordered.keys()):
        row.note = cancelled_line_note(
            ", ".join(line.sku for line in known.live_lines if line.item_id in gone)
        )


def _known(text: str | None) -> Order | None:
    try:
        return None if text is None else read_order(stored.read(text))
    except UnreadableOrder:
        return None


def decide_anew(context: Context, row: OrderRow) -> None:
    """Nothing was placed after all: what is to happen with the order now?"""
    row.phase = Phase.SEEN
    _decide(context, row, order_of(row))


def _decide(context: Context, row: OrderRow, order: Order) -> None:
    if row.phase == Phase.PLACING:  # first it has to be known whether there is a Commerce order (F58)
        show_status(row, AmazonStatus.CANCELED if order.cancelled else order.status)
        return
    match decide(order, context.connected_at, imports=context.store.settings.imports):
        case Ignored():
            row.phase, row.table_status = Phase.IGNORED, None
        case Cancelled():
            show_status(row, AmazonStatus.CANCELED)
            unblock(row, Phase.CANCELLED_BEFORE_IMPORT)
        case Waiting():
            show_status(row, order.status)
            unblock(row, Phase.WAITING)
            if not is_known(order.status) and context.store.settings.imports:
                block(context, row, [Blocker(Code.UNKNOWN_STATUS, {"status": order.status})])
        case Due():
            show_status(row, order.status)
            if row.phase != Phase.BLOCKED:
                unblock(row, Phase.DUE)


def show_status(row: OrderRow, status: str) -> None:
    """Let the table show a status; a change is noted."""
    shown = next_table_status(row.table_status, status)
    if shown != row.table_status:
        if row.table_status is not None or shown not in _SILENT:
            row.note = status_note(shown)
        row.table_status = shown


def block(context: Context, row: OrderRow, blockers: list[Blocker]) -> None:
    """Keep the order out of Commerce, and say why (L-20). The note changes only with the reasons (F42)."""
    stored = [{"code": blocker.code.value, "data": dict(blocker.data)} for blocker in blockers]
    if row.blockers != stored:
        row.blockers, row.note = stored, blockers[0].note
    if row.blocked_since is None:
        row.blocked_since = context.now
    row.phase = Phase.BLOCKED
    succeeded(row)


def unblock(row: OrderRow, phase: Phase) -> None:
    """Nothing stands against the order any more."""
    if row.blockers:
        row.blockers, row.note = [], status_note(row.table_status or "")
    row.blocked_since = None
    row.phase = phase
    succeeded(row)


def link(
    context: Context, row: OrderRow, order: Order, commerce: tuple[int, str], items: dict[str, int]
) -> None:
    """Tie the row to its Commerce order, given by id and number. The caller commits at once (F59)."""
    row.commerce_order_id, row.commerce_number = commerce
    row.commerce_items = items
    unblock(row, Phase.IMPORTED)
    asked = order.cancel_request
    row.note = status_note(row.table_status or "") if asked is None else request_note(asked)
    context.placed_now.add(row.id)
    context.run.imported += 1
    if row.by_amazon:  # Commerce completes an FBA order when it is placed (L-31)
        complete(row)


def complete(row: OrderRow) -> None:
    """The Commerce order is complete (L-07)."""
    row.phase = Phase.COMPLETED
    show_status(row, COMPLETED)
    succeeded(row)


def follow_table(row: OrderRow) -> None:
    """Let the phase of an imported order follow what the table shows."""
    if row.phase in LIVE:
        row.phase = {
            AmazonStatus.SHIPPED.value: Phase.SHIPPED,
            AmazonStatus.PARTIALLY_SHIPPED.value: Phase.PARTLY_SHIPPED,
        }.get(row.table_status or "", Phase.IMPORTED)
