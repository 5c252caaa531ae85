"""Orders as the pages show them: amounts written out, quantities counted. No HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from mock_amazon.models import Order, OrderItem, Refund, db
from mock_amazon.ordering.cancelling import can_cancel_line
from mock_amazon.ordering.lifecycle import (
    FOLLOWERS,
    PAYMENT_OPEN,
    Status,
    left_quantities,
    shipped_quantities,
)
from mock_amazon.ordering.regulated import regulated_half
from mock_amazon.ordering.totals import breakdown, line_total, order_total
from mock_amazon.web import rare
from mock_amazon.wire.promises import deliver_by, ship_by

CHANNELS = {"MFN": "Fulfilled by seller", "AFN": "Fulfilled by Amazon"}
STATUSES = {
    Status.PENDING_AVAILABILITY: "Pending availability",
    Status.PENDING: "Pending",
    Status.UNSHIPPED: "Unshipped",
    Status.PARTIALLY_SHIPPED: "Part shipped",
    Status.SHIPPED: "Shipped",
    Status.CANCELED: "Canceled",
    Status.UNFULFILLABLE: "Unfulfillable",
    Status.INVOICE_UNCONFIRMED: "Invoice unconfirmed",
}
COLOURS = {
    Status.PENDING_AVAILABILITY: "secondary",
    Status.PENDING: "secondary",
    Status.UNSHIPPED: "warning",
    Status.PARTIALLY_SHIPPED: "warning",
    Status.SHIPPED: "success",
    Status.CANCELED: "danger",
    Status.UNFULFILLABLE: "danger",
    Status.INVOICE_UNCONFIRMED: "info",
}
_PARTS = {
    "ITEM": "Items",
    "SHIPPING": "Shipping",
    "GIFT_WRAP": "Gift wrap",
    "COD_FEE": "Cash on delivery fee",
    "DISCOUNT": "Discount",
    "TAX": "Tax",
}


@dataclass(frozen=True)
class Line:
    """An order item with what has become of it."""

    item: OrderItem
    shipped: int
    left: int
    amounts: Mapping[str, str]
    total: str
    facts: list[rare.Row]
    can_cancel: bool


class Shown:
    """One order for a template."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.market = order.marketplace
        self.status = STATUSES[order.state]
        self.colour = COLOURS[order.state]
        self.channel = CHANNELS[order.channel]

    @property
    def total(self) -> str:
        total = order_total(self.order.items, tax_included=self.market.tax_included)
        return self.amount(total)

    @property
    def ship_by(self) -> datetime | None:
        """Amazon tells the merchant alone by when to ship."""
        return None if self.order.by_amazon else ship_by(self.order)[1]

    @property
    def deliver_by(self) -> datetime:
        return deliver_by(self.order)[1]

    @property
    def lines(self) -> Iterator[Line]:
        packages = self.order.packed.values()
        shipped, left = shipped_quantities(packages), left_quantities(self.order.ordered, packages)
        for item in self.order.items:
            amounts = {kind: self.amount(value) for kind, value in breakdown(item).items()}
            total = self.amount(line_total(item, tax_included=self.market.tax_included))
            number = item.order_item_id
            can_cancel = can_cancel_line(self.order, item)
            yield Line(
                item,
                shipped[number],
                left.get(number, 0),
                amounts,
                total,
                list(rare.of_line(item)),
                can_cancel,
            )

    @property
    def sums(self) -> dict[str, str]:
        """What the total is made of, in words."""
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for item in self.order.items:
            for kind, value in breakdown(item).items():
                sums[kind] += value
        tax = "Tax (in the prices)" if self.market.tax_included else "Tax"
        names = _PARTS | {"TAX": tax}
        return {names[kind]: self.amount(sums[kind]) for kind in _PARTS if kind in sums}

    @property
    def rare(self) -> dict[str, list[rare.Row]]:
        """What few orders have, by what it is told of; what has nothing is left out."""
        told = {
            "Order": rare.of_order(self.order),
            "Buyer": rare.of_buyer(self.order),
            "Address": rare.of_address(self.order),
            "Regulated": rare.of_verification(regulated_half(self.order)),
        }
        return {name: found for name, rows in told.items() if (found := list(rows))}

    @property
    def refunds(self) -> Sequence[Refund]:
        mine = select(Refund).where(Refund.order_id == self.order.id)
        return db.session.scalars(mine.order_by(Refund.id)).all()

    @property
    def can_confirm(self) -> bool:
        return self.order.state in PAYMENT_OPEN

    @property
    def can_ship(self) -> bool:
        return Status.SHIPPED in FOLLOWERS[self.order.state] and any(line.left for line in self.lines)

    @property
    def can_cancel(self) -> bool:
        return Status.CANCELED in FOLLOWERS[self.order.state]

    def sku_of(self, item_id: str) -> str:
        return next(item.seller_sku for item in self.order.items if item.order_item_id == item_id)

    def amount(self, value: Decimal) -> str:
        return f"{self.market.currency} {self.market.amount(value)}"
