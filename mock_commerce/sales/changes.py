"""Cancel, hold, unhold and comments."""

from __future__ import annotations

from typing import Any

from mock_commerce import lifecycle, stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import Order
from mock_commerce.sales import book, statuses
from mock_commerce.settings import current


def cancel(order: Order) -> bool:
    """Cancel what is neither invoiced nor shipped; False where Commerce does not cancel at all."""
    if not lifecycle.can_cancel(book.facts(order)):
        return False
    for item in order.items:
        units = book.line_of(item).to_cancel
        item.qty_canceled += units
        if units and order.touches_stock:
            stock.reserve(order, item.sku, units, "order_canceled")
    book.save(order, lifecycle.after_cancel(book.facts(order)))
    return True


def hold(order: Order) -> None:
    facts = book.facts(order)
    if not lifecycle.can_hold(facts):
        raise CommerceError("A hold action is not available.")
    order.hold_before_state, order.hold_before_status = order.state, order.status
    book.save(order, lifecycle.moved(facts, "holded"))


def unhold(order: Order) -> None:
    if order.state != "holded":
        raise CommerceError("You cannot remove the hold.")
    order.state, order.status = order.hold_before_state, order.hold_before_status
    order.hold_before_state = order.hold_before_status = None
    book.save(order)


def comment(order: Order, text: str | None, status: str | None, **flags: Any) -> None:
    """Add a comment. It sets the status only, never the state."""
    if status is None:
        order.status = None if current().has("comment_empties_status") else order.status
    else:
        if not current().has("any_comment_status") and not statuses.belongs(status, order.state):
            raise CommerceError(
                'Unable to add comment: The status "%1" is not part of the order status history.', [status]
            )
        order.status = status
    book.comment(order, text, **flags)
    order.updated_at = book.now()
    book.render(order)
