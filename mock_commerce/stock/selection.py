"""Which sources give how much: Commerce's algorithm by priority, the only one that is imitated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mock_commerce.stock.moving import take
from mock_commerce.stock.quantities import DEFAULT_SOURCE, IN_STOCK, ZERO, source_item
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


def take_by_priority(sku: str, units: Decimal, stock_id: int) -> None:
    """Take units out of the sources of a stock; what they lack is asked of the first of them.

    Raises NotEnoughAtSource.
    """
    found = shares(sku, units, stock_id)
    lacking = units - sum((share.units for share in found), ZERO)
    for place, share in enumerate(found or [Share(DEFAULT_SOURCE, ZERO, ZERO)]):
        wanted = share.units + (lacking if place == 0 else ZERO)
        if wanted:
            take(sku, share.source_code, wanted)
