"""Cancel, hold, unhold and comments."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mock_commerce import mails, stock
from mock_commerce.config.settings import current
from mock_commerce.errors import CommerceError, CouldNotSave
from mock_commerce.models import Order, OrderItem
from mock_commerce.sales import book, families, lifecycle, statuses
from mock_commerce.sales.saving import address_of


def cancel(order: Order) -> bool:
    """Cancel what is neither invoiced nor shipped; False where Commerce does not cancel at all."""
    if not lifecycle.can_cancel(book.facts(order)):
        return False
    for item, units in _open_units(order):
        item.qty_canceled += units
        if units and order.touches_stock and not item.has_children:
            stock.reserve(order, item.sku, units, "order_canceled")
    families.lift_parents(order, "canceled")
    book.save(order, lifecycle.after_cancel(book.facts(order)))
    return True


def try_cancel(order: Order) -> bool:
    """What the cancel call answers: whether it was done, in most versions.

    Raises CommerceError where the quirk is off that answers false.
    """
    if cancel(order) or current().has("cancel_always_true"):
        return True
    if not current().has("cancel_answers_false"):
        raise CommerceError("You have not canceled the item.")
    return False


def _open_units(order: Order) -> list[tuple[OrderItem, Decimal]]:
    leading = [(item, book.line_of(item).to_cancel) for item in order.items]
    led = [
        pair
        for item, units in leading
        if units
        for pair in families.followers(order, item, units, "canceled")
    ]
    return [pair for pair in (*leading, *led) if pair[1]]


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


def append_comment(order: Order, text: str | None, *, notified: object, visible: int) -> None:
    """A document's comment in the order's history as well."""
    book.comment(order, text, is_customer_notified=int(bool(notified)), is_visible_on_front=visible)
    book.render(order)


def change_address(order: Order, given: Mapping[str, Any]) -> str:
    """Replace the billing or shipping address, and answer which. The order itself is not updated.

    Raises CouldNotSave where something is missing, and for an address of another order.
    """
    kind = _kind_of_address(order, given)
    missing = [label for field, label in _ADDRESS_FIELDS.items() if not given.get(field)]
    if kind is None or missing:
        lines = [f'"{label}" is required. Enter and try again.' for label in missing]
        reason = CommerceError("\n".join(["We can't save the address:", *lines]))
        raise CouldNotSave("The order address couldn't be saved.") from reason
    kept = {**address_of(dict(given))}
    if kind == "billing":
        order.billing_address = kept
    else:
        order.shipping_address = kept
    book.render(order)
    return kind


_ADDRESS_FIELDS = {
    "postcode": "Zip/Postal Code",
    "lastname": "Last name",
    "street": "Street",
    "city": "City",
    "email": "Email",
    "country_id": "Country",
    "firstname": "First Name",
    "address_type": "Address Type",
}


def _kind_of_address(order: Order, given: Mapping[str, Any]) -> str | None:
    own = {order.entity_id * 2: "billing", order.entity_id * 2 - 1: "shipping"}
    kinds = [*own.values()]
    if given.get("entity_id"):
        return own.get(given["entity_id"])
    return given["address_type"] if given.get("address_type") in kinds else None


def notify(order: Order) -> bool:
    """Write the order's e-mail down, as nothing is sent; False without an address."""
    if not order.customer_email:
        return False
    order.extra = {**order.extra, "email_sent": 1}
    mails.write("order_new", customer_id=order.customer_id, order_id=order.entity_id)
    book.render(order)
    return True
