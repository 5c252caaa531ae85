"""Which sources give how much: Commerce's algorithm by priority, the only one that is imitated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mock_commerce.stock.quantities import IN_STOCK, ZERO, source_item
from mock_commerce.stock.stocks import sources_of


@dataclass(frozen=True)
class Share:
    """What one source gives, out of what it has."""

    source_code: str
    units: Decimal
    available: Decimal


def shares(sku: str, units: Decimal, stock_id: int) -> list[Share]:
    """The sources of a stock that have a SKU, by priority; less than ``units`` in sum if that is all."""
    found = []
    for source in sources_of(stock_id):
        item = source_item(sku, source.source_code)
        if not source.enabled or item is None or item.status != IN_STOCK:
            continue
        share = max(ZERO, min(units, item.quantity))
        found.append(Share(source.source_code, share, item.quantity))
        units -= share
    return found
