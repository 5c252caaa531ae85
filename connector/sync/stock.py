"""What can be sold, as far as one run knows: looked up once for each SKU, and counted off as it is taken.

A fresh order is first held against the units at the sources, which one call tells for many SKUs; only
where that is not enough, or an order is blocked already, is Commerce asked for the salable quantity.
What reservations hold back is then Commerce's to refuse, and the refusal is explained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from connector.commerce.client import CommerceClient

NONE_LEFT = Decimal(0)


class StockLedger:
    """Units that this run may still take, by catalog SKU."""

    def __init__(self, commerce: CommerceClient, stock_id: int) -> None:
        self._commerce = commerce
        self._stock_id = stock_id
        self._at_sources: dict[str, Decimal] = {}
        self._salable: dict[str, Decimal] = {}
        self._unsent: Counter[str] = Counter()
        """Taken by orders that Commerce has not seen yet, so that its numbers still count them."""
        self.broken_rules: dict[str, str] = {}

    def look_at_sources(self, skus: Iterable[str]) -> None:
        wanted = {sku for sku in skus if sku not in self._at_sources and sku not in self._salable}
        if wanted:
            found = self._commerce.physical(sorted(wanted))
            self._at_sources.update({sku: found.get(sku, NONE_LEFT) for sku in wanted})

    def available(self, needed: Mapping[str, int], *, exactly: bool) -> dict[str, Decimal]:
        """SKU to units that can still be taken; ``exactly``: reservations counted off."""
        units = {}
        for sku, count in needed.items():
            rough = self._at_sources.get(sku)
            if sku not in self._salable and not exactly and rough is not None and rough >= count:
                units[sku] = rough
            else:
                units[sku] = self._look_up(sku, count)
        return units

    def look_again(self, needed: Mapping[str, int]) -> dict[str, Decimal]:
        """As ``available``, asked anew and with the quantity rules: Commerce has just refused."""
        for sku, count in needed.items():
            self._salable.pop(sku, None)
            self._look_up(sku, count, thorough=True)
        return self.available(needed, exactly=True)

    def take(self, needed: Mapping[str, int]) -> None:
        for sku, count in needed.items():
            self._unsent[sku] += count
            for units in (self._at_sources, self._salable):
                if sku in units:
                    units[sku] -= count

    def give_back(self, needed: Mapping[str, int]) -> None:
        """The order that took them was refused."""
        for sku, count in needed.items():
            for units in (self._at_sources, self._salable):
                if sku in units:
                    units[sku] += count

    def sent(self) -> None:
        """Commerce has seen everything that was taken so far."""
        self._unsent.clear()

    def _look_up(self, sku: str, count: int, *, thorough: bool = False) -> Decimal:
        if sku not in self._salable:
            stock = self._commerce.stock(sku, self._stock_id, count + self._unsent[sku], thorough=thorough)
            self._salable[sku] = stock.units - self._unsent[sku]
            self.broken_rules[sku] = stock.broken_rule
        return self._salable[sku]
