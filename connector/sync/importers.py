"""The importers, one for each way of placing orders."""

from __future__ import annotations

from collections.abc import Mapping

from connector.commerce import by_plugin
from connector.commerce.by_orders_api import OrdersApi
from connector.commerce.placing import ORDERS_API
from connector.database import db
from connector.domain.assessment import Catalog, rule_blockers
from connector.domain.blockers import Blocker
from connector.domain.order import Order
from connector.domain.statuses import Phase
from connector.domain.translation import CommerceOrder
from connector.errors import AbortRun, GiveUpOnOrder, RetryLater
from connector.sync.context import Context
from connector.sync.demand import DemandLedger
from connector.sync.importer import Importer, Ready, adopt, options_of
from connector.sync.isolation import one_order
from connector.sync.stock import StockLedger


def importer_for(context: Context) -> Importer:
    """The importer of the store's way of placing orders."""
    if context.store.settings["place_orders_by"] == ORDERS_API:
        return OrdersApiImporter(context)
    return PluginImporter(context)


class PluginImporter(Importer):
    """Through the module's route: a batch in one call, checked, reserved, kept from doubles by Commerce."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, StockLedger(context.commerce, context.store.stock_id or 1))
        self._options = options_of(context)

    def _place(self, ready: list[Ready]) -> None:
        self._mark(ready, Phase.PLACING)
        try:
            results = by_plugin.place(
                self._context.commerce, [item.translated for item in ready], self._options
            )
        except RetryLater as error:
            self._postpone(ready, error)
            raise
        except AbortRun:
            self._mark(ready, Phase.DUE)  # the store has a problem, not they
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


class OrdersApiImporter(Importer):
    """Through the plain save: one call each, and everything is looked at here before it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, DemandLedger(context.commerce, context.store.stock_id or 1))
        self._api = OrdersApi(context.commerce, options_of(context), context.store.website_id or 0)
        self._failures = 0

    def _objections(
        self, order: Order, translated: CommerceOrder, catalog: Catalog, needed: Mapping[str, int]
    ) -> list[Blocker]:
        broken = {sku: rule for sku, rule in self._stock.broken_rules.items() if sku in needed}
        addressed = not (order.by_amazon or order.address_withheld)
        return [
            *self._api.objections(translated, addressed=addressed),
            *rule_blockers(order, catalog, broken),
        ]

    def _place(self, ready: list[Ready]) -> None:
        """Look for Commerce orders that are there already: Commerce itself would store a second one."""
        numbers = [item.row.amazon_order_id for item in ready]
        there = self._context.commerce.orders_by_amazon_id(numbers)
        for item in ready:
            with one_order(self._context, item.row):
                if placed := there.get(item.row.amazon_order_id):
                    adopt(self._context, item.row, placed)
                else:
                    self._place_one(item)
            db.session.commit()

    def _place_one(self, item: Ready) -> None:
        self._context.lease.renew()
        self._mark([item], Phase.PLACING)
        try:
            result = self._api.place(item.translated)
        except RetryLater as error:
            self._postpone([item], error)
            self._failures += 1
            if self._failures > 1:  # one may be this order's fault, two are Commerce's
                raise
        except AbortRun:
            self._mark([item], Phase.DUE)
            raise
        except GiveUpOnOrder as refusal:
            self._refused(item, refusal.message)
        else:
            self._failures = 0
            self._placed(item, result)
