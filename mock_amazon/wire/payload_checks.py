"""What a real answer must agree on with itself and with its marketplace. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from mock_amazon.marketplaces import BY_ID, Marketplace
from mock_amazon.ordering.totals import line_total
from mock_amazon.wire.payload_parts import UNPRICED, Draft, DraftLine, UnusablePayload


def check(draft: Draft) -> None:
    """What can be said without a store.

    Raises UnusablePayload.
    """
    _once("item", (line.item_id for line in draft.lines))
    _once("package", (package.reference for package in draft.packages))
    if draft.marketplace_id and draft.marketplace_id not in BY_ID:
        raise UnusablePayload(f"marketplace {draft.marketplace_id!r} is not one of {', '.join(BY_ID)}")
    if draft.marketplace_id:
        check_amounts(draft, BY_ID[draft.marketplace_id])


def check_amounts(draft: Draft, market: Marketplace) -> None:
    """The currency, a price of each line, and the total that they add up to.

    Raises UnusablePayload.
    """
    if draft.currency and draft.currency != market.currency:
        name = draft.money_fields[0]
        raise UnusablePayload(f"field {name!r}: {draft.currency!r} is not {market.code}'s {market.currency}")
    for line in draft.lines:
        _check_price(line, draft, market)
    if draft.total is not None:
        _check_total(draft, draft.total, market)


def _once(what: str, names: Iterable[str]) -> None:
    if twice := sorted(name for name, count in Counter(names).items() if count > 1):
        raise UnusablePayload(f"{what} {twice[0]!r} stands there twice")


def _check_price(line: DraftLine, draft: Draft, market: Marketplace) -> None:
    name = f"{draft.money_fields[1]} of item {line.item_id}"
    if line.price is None:
        free = draft.replacement or draft.total == 0
        if draft.status not in UNPRICED and line.quantity and not free:
            words = ", ".join(sorted(UNPRICED))
            raise UnusablePayload(f"{name} is missing: only free orders and those that are {words} have none")
    elif line.quantity and market.amount(line.unit_price * line.quantity) != market.amount(line.price):
        raise UnusablePayload(f"{name}: {line.price} cannot be told per unit for {line.quantity} units")


def _check_total(draft: Draft, total: Decimal, market: Marketplace) -> None:
    added = sum((_cost(line, market) for line in draft.lines), Decimal(0))
    if market.amount(added) != market.amount(total):
        tax = "tax is in the prices" if market.tax_included else "tax on top"
        told = f"{total}, but the items add up to {market.amount(added)} ({tax})"
        raise UnusablePayload(f"field {draft.money_fields[0]!r}: {told}")


def _cost(line: DraftLine, market: Marketplace) -> Decimal:
    rest = line_total(line, tax_included=market.tax_included) - line.unit_price * line.quantity
    return rest + (line.price if line.price is not None and line.quantity else Decimal(0))
