"""What can be sold where new orders are stored without a reservation (``place_orders_by: orders_api``).

Commerce's salable quantity does not know of such orders, and its reservations are wrong for good once one of
them was shipped or cancelled: more is given back than was ever held. So what unfinished orders still need is
counted from the orders themselves, against the units at the sources; the salable quantity is an upper bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from connector.commerce.client import CommerceClient, Stock

ENDLESS = Decimal("Infinity")


class DemandLedger:
    """Units that this run may still take, by catalog SKU. Used as ``stock.StockLedger`` is."""

    def __init__(self, commerce: CommerceClient, stock_id: int) -> None:
        self._commerce = commerce
        self._stock_id = stock_id
        self._at_sources: dict[str, Decimal] = {}
        self._asked: dict[tuple[str, int], Stock] = {}
        self._endless: dict[str, bool] = {}
        self._demand: Counter[str] | None = None
        """Of the orders that Commerce had when this was asked first."""
        self._taken: Counter[str] = Counter()
        self.broken_rules: dict[str, str] = {}

    def look_at_sources(self, skus: Iterable[str]) -> None:
        wanted = {sku for sku in skus if sku not in self._at_sources}
        if wanted:
            found = self._commerce.physical(sorted(wanted))
            self._at_sources.update({sku: found.get(sku, Decimal(0)) for sku in wanted})
        if self._demand is None:
            self._demand = self._commerce.open_demand()

    def available(self, needed: Mapping[str, int], *, exactly: bool) -> dict[str, Decimal]:
        """SKU to units that can still be taken; it is always exact here."""
        del exactly
        self.look_at_sources(needed)
        return {sku: self._left(sku, count) for sku, count in needed.items()}

    def look_again(self, needed: Mapping[str, int]) -> dict[str, Decimal]:
        """Nobody but this ledger minds the stock: Commerce did not refuse because of it."""
        return self.available(needed, exactly=True)

    def take(self, needed: Mapping[str, int]) -> None:
        self._taken.update(needed)

    def give_back(self, needed: Mapping[str, int]) -> None:
        self._taken.subtract(needed)

    def sent(self) -> None:
        """Commerce's numbers never count what this run stores there."""

    def _left(self, sku: str, count: int) -> Decimal:
        stock = self._ask(sku, count)
        self.broken_rules[sku] = stock.broken_rule
        demand = self._demand or Counter()
        left = min(stock.units, self._at_sources[sku] - demand[sku.casefold()]) - self._taken[sku]
        return ENDLESS if left < count and self._never_runs_out(sku) else left

    def _ask(self, sku: str, count: int) -> Stock:
        if (sku, count) not in self._asked:
            self._asked[sku, count] = self._commerce.stock(sku, self._stock_id, count, thorough=True)
        return self._asked[sku, count]

    def _never_runs_out(self, sku: str) -> bool:
        if sku not in self._endless:
            self._endless[sku] = self._commerce.never_runs_out(sku)
        return self._endless[sku]
