"""What orders do to stock: taken when placed, given back when cancelled, gone when Amazon has shipped.

Never below zero: an order of more than there is takes what there is, as with two buyers at once.
"""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select

from mock_amazon.models import FbaStock, Listing, Order, OrderItem, db
from mock_amazon.moments import now
from mock_amazon.ordering.lifecycle import Status, shipped_quantities

_Kept = TypeVar("_Kept", Listing, FbaStock)
_ENDED = frozenset({Status.CANCELED, Status.UNFULFILLABLE})


def move_stock(order: Order) -> None:
    """Take and give back what the order's items say now; doing it again changes nothing."""
    shipped = shipped_quantities(order.packed.values())
    move = _move_at_amazon if order.by_amazon else _move_at_merchant
    # Always in the same order, so that two orders do not wait for each other.
    for item in sorted(order.items, key=lambda item: item.seller_sku):
        sent = shipped[item.order_item_id]
        move(order, item, units_wanted(order, item, sent), sent)


def units_wanted(order: Order, item: OrderItem, sent: int) -> int:
    """The units that the buyer has got or still gets."""
    return sent if order.state in _ENDED else item.quantity


def _move_at_merchant(order: Order, item: OrderItem, wanted: int, sent: int) -> None:
    del sent  # what is shipped was taken before
    taken = item.stock_taken
    if taken is not None and taken <= wanted:
        return
    listing = _locked(Listing, order, item)
    quantity = None if listing is None else listing.quantity
    if listing is None or quantity is None:
        item.stock_taken = 0 if taken is None else wanted
        return
    change = min(wanted, quantity) if taken is None else wanted - taken
    item.stock_taken = (taken or 0) + change
    if change:
        listing.quantity, listing.updated = quantity - change, now()


def _move_at_amazon(order: Order, item: OrderItem, wanted: int, sent: int) -> None:
    held, gone = item.stock_taken, item.stock_gone or 0
    if held is not None and held <= wanted and min(sent, held) == gone:
        return
    stock = _locked(FbaStock, order, item)
    free = 0 if stock is None else stock.fulfillable
    taken = min(wanted, free if held is None else held)
    leaving, change = min(sent, taken) - gone, taken - (held or 0)
    item.stock_taken, item.stock_gone = taken, gone + leaving
    if stock is not None and (leaving or change):
        stock.fulfillable -= change
        stock.ordered = max(stock.ordered + change - leaving, 0)  # somebody may have made the row anew
        stock.updated = now()


def _locked(kept: type[_Kept], order: Order, item: OrderItem) -> _Kept | None:
    here = select(kept).where(
        kept.seller_id == order.seller_id,
        kept.marketplace_id == order.marketplace_id,
        kept.seller_sku == item.seller_sku,
    )
    return db.session.scalar(here.with_for_update().execution_options(populate_existing=True))
