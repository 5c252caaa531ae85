"""What an order costs. Amounts are taken as Amazon sent them; no rate is ever derived (F46)."""

from __future__ import annotations

from decimal import Decimal

from connector.domain.order import ZERO, Order


def expected_total(order: Order, *, tax_included: bool) -> Decimal:
    """The grand total that the lines add up to.

    Tax stands on top of the prices in the US, Canada and Mexico, and inside them elsewhere.
    """
    total = ZERO
    for line in order.live_lines:
        total += (line.item_total or ZERO) + line.shipping + line.gift_wrap - line.discount
        if not tax_included:
            total += line.tax
    return total
