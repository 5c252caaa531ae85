"""Import: every order that is due or blocked, oldest first, becomes a Commerce order or says why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select, tuple_, update

from connector.commerce import placing
from connector.commerce.schemas import PlacedOrder
from connector.database import db
from connector.domain.assessment import (
    Catalog,
    blockers_before_stock,
    needed_products,
    rule_blockers,
    stock_blockers,
)
from connector.domain.blockers import Blocker, Code, by_precedence
from connector.domain.order import Order
from connector.domain.statuses import KNOWN_PROCESSABLE, Phase
from connector.domain.translation import CommerceOrder, translate
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.models import OrderRow
from connector.sync.backoff import failed
from connector.sync.catalog import CatalogCache
from connector.sync.context import Context
from connector.sync.isolation import one_order
from connector.sync.problems import cannot_place, clear_problem
from connector.sync.rows import block, decide_anew, link, order_of, unblock
from connector.sync.stock import StockLedger

BATCH = placing.BATCH
_WAITS = (Phase.DUE, Phase.BLOCKED)
_REFUSALS = {
    # how Commerce's own messages begin, where looking again does not explain them
    "Please check the shipping address": Code.ADDRESS_INVALID,
    "Please check the billing address": Code.ADDRESS_INVALID,
    "Some addresses can't be used": Code.ADDRESS_INVALID,
    "Undefined rate from": Code.CURRENCY_UNSUPPORTED,
}


@dataclass(frozen=True)
class Ready:
    """An order that nothing blocks, translated."""

    row: OrderRow
    order: Order
    translated: CommerceOrder
    needed: dict[str, int]


def import_orders(context: Context) -> None:
    """Place what can be placed.

    Raises RetryLater, AbortRun.
    """
    _follow_setting(context)
    _adopt_placed(context)
    if not context.store.settings.imports:
        return
    _check_way(context)
    importer = _Importer(context)
    for rows in _batches(context):
        importer.run(rows)
        context.lease.renew()


def _check_way(context: Context) -> None:
    """A store that could not place orders is looked at again before anything is tried.

    Raises AbortRun, RetryLater.
    """
    if cannot_place(context.store):
        if placing.MODULE not in context.commerce.modules():
            raise placing.module_missing()
        clear_problem(context.store)


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
            _adopt(context, row, found.get(row.amazon_order_id))
        db.session.commit()


def _adopt(context: Context, row: OrderRow, placed: PlacedOrder | None) -> None:
    if placed is None:
        decide_anew(context, row)
        return
    # Lines are sent in Amazon's order and never merged, so they come back in that order.
    lines = zip(order_of(row).live_lines, sorted(placed.lines, key=lambda x: x.item_id), strict=True)
    items = {line.item_id: item.item_id for line, item in lines}
    link(context, row, placed.entity_id, placed.number, items)


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


class _Importer:
    """The import phase of one run; catalog and stock are looked up once for all batches."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._catalog = CatalogCache(context.commerce, context.store.id)
        self._stock = StockLedger(context.commerce, context.store.stock_id or 1)
        self._tax_included = context.marketplace.tax_included
        settings = context.store.settings
        self._options = placing.Options(
            store_view=settings["store_view"] or context.store.store_view,
            custom_status=settings.custom_status,
            amazon_numbers=settings["order_number_source"] == "amazon",
            create_accounts=settings["customer_creation"] == "new_account",
            seller_central_url=f"https://{context.marketplace.seller_central}/orders-v3/order/{{}}",
        )

    def run(self, rows: Sequence[OrderRow]) -> None:
        orders = []
        for row in rows:
            with one_order(self._context, row):
                orders.append((row, order_of(row)))
        catalog = self._catalog.load({sku for _, order in orders for sku in order.needed})
        fresh = [order for row, order in orders if row.phase == Phase.DUE and not order.by_amazon]
        self._stock.look_at_sources({sku for order in fresh for sku in needed_products(order, catalog)})
        ready = []
        for row, order in orders:
            with one_order(self._context, row):
                ready += self._assess(row, order, catalog)
        db.session.commit()
        if ready:
            self._place(ready)

    def _assess(self, row: OrderRow, order: Order, catalog: Catalog) -> list[Ready]:
        """Block the order, or answer it ready to be placed."""
        found = blockers_before_stock(order, catalog, self._context.shop, tax_included=self._tax_included)
        needed = needed_products(order, catalog)
        exactly = bool(found) or row.phase == Phase.BLOCKED or order.by_amazon
        found += stock_blockers(order, catalog, self._stock.available(needed, exactly=exactly))
        if found:
            self._block(row, found)
            return []
        if not order.by_amazon:  # L-32: stock is not Commerce's affair
            self._stock.take(needed)
        translated = translate(order, catalog.product_of, tax_included=self._tax_included)
        return [Ready(row, order, translated, needed)]

    def _block(self, row: OrderRow, found: list[Blocker]) -> None:
        block(self._context, row, by_precedence(found))
        self._context.run.blocked += 1
        db.session.commit()

    def _place(self, ready: list[Ready]) -> None:
        for item in ready:
            item.row.phase = Phase.PLACING
        db.session.commit()
        try:
            results = placing.place(
                self._context.commerce, [item.translated for item in ready], self._options
            )
        except RetryLater as error:
            self._postpone(ready, error)
            raise
        except AbortRun:
            self._take_back(ready)
            raise
        except GiveUpOnOrder as refusal:
            self._place_apart(ready, refusal)
            return
        self._stock.sent()
        for item, result in zip(ready, results, strict=True):
            if result.kind == "refused":
                self._refused(item, result.message)
            else:
                self._placed(item, result)
            db.session.commit()

    def _place_apart(self, ready: list[Ready], refusal: GiveUpOnOrder) -> None:
        """Commerce refused the whole list: one order of it may be the cause (F15)."""
        if len(ready) > 1:
            for item in ready:
                self._place([item])
            return
        self._refused(ready[0], refusal.message)
        db.session.commit()

    def _take_back(self, ready: list[Ready]) -> None:
        """Nobody took the orders: the store has a problem, not they."""
        for item in ready:
            item.row.phase = Phase.DUE
        db.session.commit()

    def _postpone(self, ready: list[Ready], error: RetryLater) -> None:
        for item in ready:
            failed(item.row, str(error), self._context.now)
            if not error.perhaps_done:
                item.row.phase = Phase.DUE
        self._context.run.failed += len(ready)
        db.session.commit()

    def _placed(self, item: Ready, result: placing.Result) -> None:
        link(self._context, item.row, result.entity_id, result.number, result.items)
        if result.kind == "placed":
            item.row.commerce_state = "processing"
        if result.total != item.translated.total:  # F44: never silently
            item.row.error = f"Commerce's total {result.total} differs from Amazon's {item.translated.total}"

    def _refused(self, item: Ready, message: str) -> None:
        """Look again at what Commerce refused: a refusal so explained gets that code."""
        if not item.order.by_amazon:
            self._stock.give_back(item.needed)
        catalog = self._catalog.load(item.order.needed, again=True)
        found = blockers_before_stock(
            item.order, catalog, self._context.shop, tax_included=self._tax_included
        )
        needed = needed_products(item.order, catalog)
        found += stock_blockers(item.order, catalog, self._stock.look_again(needed))
        if not found:
            found = rule_blockers(item.order, catalog, self._stock.broken_rules)
        self._block(item.row, found or [_unexplained(message)])


def _unexplained(message: str) -> Blocker:
    codes = [code for start, code in _REFUSALS.items() if message.startswith(start)]
    return Blocker(codes[0] if codes else Code.COMMERCE_REJECTED, {"reason": message})
