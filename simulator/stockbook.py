"""The quantities last set by hand, SKU by SKU: what I3 measures Commerce's stock against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEFAULT_SOURCE = "default"
DEFAULT_QTY = 100
_COUNTED_TYPE = "simple"
"""Virtual products leave the stock with the invoice, composite ones with their children."""


@dataclass
class _Entry:
    counted: bool = True
    by_source: dict[str, Any] = field(default_factory=dict)
    shipped_before: Any = 0

    @property
    def total(self) -> Any:
        return sum(self.by_source.values())


class StockBook:
    """Notes every catalog, product and stock step, with what had been shipped until then."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def product_saved(self, product: Mapping[str, Any], commerce: Mapping[str, Any] | None) -> None:
        """After a product step; ``commerce`` is the shop's state then, None before anything was sold."""
        entry = self._entries.get(product["sku"])
        if entry is None:
            entry = self._entries[product["sku"]] = _Entry(by_source={DEFAULT_SOURCE: DEFAULT_QTY})
            if "sources" in product:
                entry.by_source = {}
        entry.counted = product.get("manage_stock", entry.counted)
        entry.counted &= product.get("type", _COUNTED_TYPE) == _COUNTED_TYPE
        given = {**product.get("sources", {})}
        if "qty" in product:
            given[DEFAULT_SOURCE] = product["qty"]
        self._set(product["sku"], given, commerce)

    def product_deleted(self, sku: str) -> None:
        """Its units are gone; those of the next product of that SKU are counted anew."""
        self._entries.pop(sku, None)

    def stock_set(self, stock: Mapping[str, Any], commerce: Mapping[str, Any]) -> None:
        self._set(stock["sku"], {stock.get("source", DEFAULT_SOURCE): stock["qty"]}, commerce)

    def expected(self, commerce: Mapping[str, Any]) -> dict[str, Any]:
        """The physical quantity that each SKU must have now."""
        shipped = shipped_units(commerce)
        return {
            sku: entry.total - (shipped[sku] - entry.shipped_before)
            for sku, entry in self._entries.items()
            if entry.counted
        }

    def _set(self, sku: str, by_source: Mapping[str, Any], commerce: Mapping[str, Any] | None) -> None:
        """Take over quantities set by hand. The other sources are taken as they are: only the sum is known
        of what was shipped from them.
        """
        if not by_source or sku not in self._entries:
            return
        entry = self._entries[sku]
        if commerce is not None:
            entry.by_source.update(commerce["stock"].get(sku, {}).get("by_source", {}))
            entry.shipped_before = shipped_units(commerce)[sku]
        entry.by_source.update(by_source)


def shipped_units(commerce: Mapping[str, Any]) -> Counter[str]:
    """Units shipped so far by SKU, orders that Amazon fulfils left out."""
    shipped: Counter[str] = Counter()
    for order in commerce["orders"]:
        if order.get("fulfilled_by") != "amazon":
            for line in order["lines"]:
                shipped[line["sku"]] += line["shipped"]
    return shipped
