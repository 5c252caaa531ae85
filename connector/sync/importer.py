"""Looks at orders that are due and has those placed that nothing blocks; how, is a subclass's affair."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Protocol

from connector.commerce.placing import Options, Result
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
from connector.domain.statuses import Phase
from connector.domain.translation import CommerceOrder, translate
from connector.errors import RetryLater
from connector.models import OrderRow
from connector.sync.backoff import failed
from connector.sync.catalog import CatalogCache
from connector.sync.context import Context
from connector.sync.isolation import one_order
from connector.sync.rows import block, decide_anew, link, order_of

_REFUSALS = {
    # how Commerce's own messages begin, where looking again does not explain them
    "Please check the shipping address": Code.ADDRESS_INVALID,
    "Please check the billing address": Code.ADDRESS_INVALID,
    "Some addresses can't be used": Code.ADDRESS_INVALID,
    "Undefined rate from": Code.CURRENCY_UNSUPPORTED,
}


class Ledger(Protocol):
    """What can be sold, as far as one run knows."""

    broken_rules: dict[str, str]

    def look_at_sources(self, skus: Iterable[str]) -> None: ...
    def available(self, needed: Mapping[str, int], *, exactly: bool) -> dict[str, Decimal]: ...
    def look_again(self, needed: Mapping[str, int]) -> dict[str, Decimal]: ...
    def take(self, needed: Mapping[str, int]) -> None: ...
    def give_back(self, needed: Mapping[str, int]) -> None: ...
    def sent(self) -> None: ...


@dataclass(frozen=True)
class Ready:
    """An order that nothing blocks, translated."""

    row: OrderRow
    order: Order
    translated: CommerceOrder
    needed: dict[str, int]


class Importer(ABC):
    """The import phase of one run; catalog and stock are looked up once for all batches."""

    def __init__(self, context: Context, stock: Ledger) -> None:
        self._context = context
        self._catalog = CatalogCache(context.commerce, context.store.id)
        self._stock = stock
        self._tax_included = context.marketplace.tax_included

    def run(self, rows: Sequence[OrderRow]) -> None:
        """Block or place each of these orders.

        Raises RetryLater, AbortRun.
        """
        orders = []
        for row in rows:
            with one_order(self._context, row):
                order = order_of(row)
                if order.detailed:  # else it waits for its items: never half an order (F19)
                    orders.append((row, order))
        catalog = self._catalog.load({sku for _, order in orders for sku in order.needed})
        fresh = [order for row, order in orders if row.phase == Phase.DUE and not order.by_amazon]
        if fresh:
            self._stock.look_at_sources({sku for order in fresh for sku in needed_products(order, catalog)})
        ready = []
        for row, order in orders:
            with one_order(self._context, row):
                ready += self._assess(row, order, catalog)
        db.session.commit()
        if ready:
            self._place(ready)

    @abstractmethod
    def _place(self, ready: list[Ready]) -> None:
        """Place these orders, and write down what became of each."""

    def _objections(
        self, order: Order, translated: CommerceOrder, catalog: Catalog, needed: Mapping[str, int]
    ) -> list[Blocker]:
        """What has to be said against an order because Commerce would not say it."""
        del order, translated, catalog, needed
        return []

    def _assess(self, row: OrderRow, order: Order, catalog: Catalog) -> list[Ready]:
        """Block the order, or answer it ready to be placed."""
        found = blockers_before_stock(order, catalog, self._context.shop, tax_included=self._tax_included)
        needed = needed_products(order, catalog)
        exactly = bool(found) or row.phase == Phase.BLOCKED or order.by_amazon
        found += stock_blockers(order, catalog, self._stock.available(needed, exactly=exactly))
        translated = translate(
            order, catalog.product_of, tax_included=self._tax_included, products=catalog.products
        )
        found += self._objections(order, translated, catalog, needed)
        if found:
            self._block(row, found)
            return []
        if not order.by_amazon:  # L-32: stock is not Commerce's affair
            self._stock.take(needed)
        return [Ready(row, order, translated, needed)]

    def _block(self, row: OrderRow, found: list[Blocker]) -> None:
        block(self._context, row, by_precedence(found))
        self._context.run.blocked += 1
        db.session.commit()

    def _mark(self, ready: Sequence[Ready], phase: Phase) -> None:
        """Placing: from now on the answer may be lost. Due: nobody took the orders after all."""
        for item in ready:
            item.row.phase = phase
        db.session.commit()

    def _postpone(self, ready: Sequence[Ready], error: RetryLater) -> None:
        for item in ready:
            failed(item.row, str(error), self._context.now)
            if not error.perhaps_done:
                item.row.phase = Phase.DUE
        self._context.run.failed += len(ready)
        db.session.commit()

    def _placed(self, item: Ready, result: Result) -> None:
        link(self._context, item.row, item.order, (result.entity_id, result.number), result.items)
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


def options_of(context: Context) -> Options:
    """How the store's settings want new orders."""
    settings = context.store.settings
    return Options(
        store_view=settings["store_view"] or context.store.store_view,
        custom_status=settings.custom_status,
        amazon_numbers=settings["order_number_source"] == "amazon",
        create_accounts=settings["customer_creation"] == "new_account",
        seller_central=partial(context.links.seller_central_order, context.store.marketplace),
    )


def adopt(context: Context, row: OrderRow, placed: PlacedOrder | None) -> None:
    """Tie the row to the Commerce order that is there; where there is none, decide anew."""
    if placed is None:
        tries = row.attempts, row.error, row.next_try_at
        decide_anew(context, row)
        if row.phase == Phase.DUE:  # the waits between tries go on growing
            row.attempts, row.error, row.next_try_at = tries
        return
    order = order_of(row)
    # Lines are sent in Amazon's order and never merged, so they come back in that order. One that was
    # cancelled at Amazon since then is in the Commerce order all the same.
    sent = order.live_lines if len(order.live_lines) == len(placed.lines) else order.lines
    lines = zip(sent, sorted(placed.lines, key=lambda x: x.item_id), strict=True)
    items = {line.item_id: item.item_id for line, item in lines}
    link(context, row, order, (placed.entity_id, placed.number), items)


def _unexplained(message: str) -> Blocker:
    codes = [code for start, code in _REFUSALS.items() if message.startswith(start)]
    return Blocker(codes[0] if codes else Code.COMMERCE_REJECTED, {"reason": message})
