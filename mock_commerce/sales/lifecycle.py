"""PURE: the state machine of sales orders. State is the engine, status a label of a state.

The rules are those of specification section 3; ``state_cases.json`` is their oracle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

ZERO = Decimal(0)

DEFAULT_STATUS = {
    "new": "pending",
    "pending_payment": "pending_payment",
    "processing": "processing",
    "complete": "complete",
    "closed": "closed",
    "canceled": "canceled",
    "holded": "holded",
    "payment_review": "payment_review",
}
"""State to its default status."""

MORE_STATUSES = {"fraud": ("processing", "payment_review")}
"""Statuses that are no state's default, and the states they belong to."""

_UNTOUCHABLE = frozenset({"holded", "payment_review", "canceled"})
_FINISHED = frozenset({"complete", "closed"})


@dataclass(frozen=True)
class Line:
    """Quantities of one order line. Lines whose price or parcel is their parent's or children's count for
    nothing there: ``priced`` and ``ships`` are False.
    """

    ordered: Decimal
    invoiced: Decimal = ZERO
    shipped: Decimal = ZERO
    refunded: Decimal = ZERO
    canceled: Decimal = ZERO
    virtual: bool = False
    priced: bool = True
    ships: bool = True
    locked_invoice: bool = False
    locked_ship: bool = False

    @property
    def to_invoice(self) -> Decimal:
        if not self.priced:
            return ZERO
        return max(self.ordered - self.invoiced - self.canceled, ZERO)

    @property
    def to_ship(self) -> Decimal:
        if not self.ships:
            return ZERO
        return max(self.ordered - max(self.shipped, self.refunded) - self.canceled, ZERO)

    @property
    def to_refund(self) -> Decimal:
        if not self.priced:
            return ZERO
        return max(self.invoiced - self.refunded, ZERO)

    @property
    def to_cancel(self) -> Decimal:
        """What is neither invoiced nor sent; children follow their parent or the other way round."""
        unsent = max(self.ordered - max(self.shipped, self.refunded) - self.canceled, ZERO)
        return min(self.to_invoice, unsent)

    @property
    def is_shippable(self) -> bool:
        is_open = self.to_ship > 0 and self.refunded < self.ordered
        return is_open and not self.virtual and not self.locked_ship

    @property
    def is_invoiceable(self) -> bool:
        return self.to_invoice > 0 and not self.locked_invoice


@dataclass(frozen=True)
class SalesOrder:
    """What the state machine looks at."""

    state: str | None
    status: str | None
    lines: tuple[Line, ...]
    virtual: bool = False
    grand_total: Decimal = ZERO
    total_paid: Decimal = ZERO
    total_refunded: Decimal = ZERO
    has_creditmemo: bool = False
    closes_unpaid: bool = True
    """Whether it is closed, not complete, when it is shipped and nothing was ever paid."""


def can_invoice(order: SalesOrder) -> bool:
    return order.state not in _UNTOUCHABLE | _FINISHED and any(line.is_invoiceable for line in order.lines)


def can_ship(order: SalesOrder) -> bool:
    """Whether a shipment may be made: complete and closed orders are not excluded."""
    return (
        order.state not in _UNTOUCHABLE
        and not order.virtual
        and any(line.is_shippable for line in order.lines)
    )


def can_cancel(order: SalesOrder) -> bool:
    return order.state not in _UNTOUCHABLE | _FINISHED and any(line.to_invoice for line in order.lines)


def can_hold(order: SalesOrder) -> bool:
    return order.state not in _UNTOUCHABLE | _FINISHED


def can_creditmemo(order: SalesOrder) -> bool:
    if order.state in _UNTOUCHABLE or order.state == "closed":
        return False
    if order.grand_total == 0:
        # Nothing to pay back: allowed once it is invoiced, and only once.
        return not can_invoice(order) and not order.has_creditmemo
    return round(order.total_paid, 2) != order.total_refunded


def moved(order: SalesOrder, state: str) -> SalesOrder:
    """The order in another state, with that state's default status."""
    return replace(order, state=state, status=DEFAULT_STATUS[state])


def after_invoice(order: SalesOrder) -> SalesOrder:
    """An invoice starts the processing and takes a custom status back to the default one."""
    return moved(order, "processing")


def after_shipment(order: SalesOrder) -> SalesOrder:
    return moved(order, "processing") if order.state == "new" else order


def after_cancel(order: SalesOrder) -> SalesOrder:
    if not any(line.to_refund for line in order.lines):
        return moved(order, "canceled")
    return moved(order, "processing" if any(line.is_shippable for line in order.lines) else "complete")


def after_refund(order: SalesOrder) -> SalesOrder:
    everything = order.total_paid == order.total_refunded and not any(line.to_refund for line in order.lines)
    if everything and not can_invoice(order):
        return moved(order, "closed")
    return order


def after_save(order: SalesOrder) -> SalesOrder:
    """What the check at each save makes of the state."""
    if order.state in {"canceled", "holded"} or can_invoice(order):
        return order
    shippable = can_ship(order)
    open_work = order.state in {"processing", "complete"}
    may_close = order.closes_unpaid or order.total_refunded > 0 or order.grand_total == 0
    if open_work and not shippable and not order.virtual and may_close and not can_creditmemo(order):
        return moved(order, "closed")
    if order.state == "processing" and (not shippable or _shipped_or_refunded(order)):
        return moved(order, "complete")
    if order.virtual and order.status == "closed":
        return moved(order, "closed")
    return order


def _shipped_or_refunded(order: SalesOrder) -> bool:
    return all(
        line.shipped + line.refunded >= line.ordered - line.canceled for line in order.lines if line.ships
    )


def belongs(status: str, state: str | None) -> bool:
    """Whether a status that Commerce knows by itself is one of a state's."""
    return DEFAULT_STATUS.get(state or "") == status or state in MORE_STATUSES.get(status, ())


def is_known(status: str) -> bool:
    return status in MORE_STATUSES or status in DEFAULT_STATUS.values()


def shipment_refusals(order: SalesOrder) -> list[str]:
    """What the order itself says against a shipment."""
    if can_ship(order):
        return []
    if order.state in _UNTOUCHABLE or order.virtual:
        return [f"A shipment cannot be created when an order has a status of {order.status}"]
    return ["The order does not allow a shipment to be created."]


def invoice_refusals(order: SalesOrder) -> list[str]:
    if can_invoice(order):
        return []
    if order.state in _UNTOUCHABLE | _FINISHED:
        return [f"An invoice cannot be created when an order has a status of {order.status}"]
    return ["The order does not allow an invoice to be created."]


def creditmemo_refusals(order: SalesOrder) -> list[str]:
    if can_creditmemo(order):
        return []
    if order.state in _UNTOUCHABLE | {"closed"}:
        return [f"A creditmemo can not be created when an order has a status of {order.status}"]
    return ["The order does not allow a creditmemo to be created."]
