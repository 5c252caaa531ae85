"""Lines with parents: configurable and bundle products, whose children follow or lead.

Commerce calls a line a dummy where the other side carries the price or the parcel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from mock_commerce.models import Order, OrderItem, db

ZERO = Decimal(0)
_PLACES = Decimal("0.0001")
CONFIGURABLE = "configurable"
BUNDLE = "bundle"
Deed = Literal["invoiced", "shipped", "refunded", "canceled"]


def adopt(
    parent: OrderItem,
    children: Iterable[OrderItem],
    *,
    ships_separately: bool = False,
    priced_by_child: bool = False,
) -> None:
    """Make lines of one order the children of another; the parent's id has to be known."""
    if parent.item_id is None:
        db.session.flush()
    parent.has_children = True
    for item in (parent, *children):
        item.ships_separately, item.priced_by_child = ships_separately, priced_by_child
        if item is not parent:
            item.parent_item_id = parent.item_id


def children_of(order: Order, parent: OrderItem) -> list[OrderItem]:
    if not parent.has_children:
        return []
    return [item for item in order.items if item.parent_item_id == parent.item_id]


def parent_of(order: Order, child: OrderItem) -> OrderItem | None:
    if child.parent_item_id is None:
        return None
    return next((item for item in order.items if item.item_id == child.parent_item_id), None)


def share(child: OrderItem, parent: OrderItem, units: Decimal) -> Decimal:
    """The units of a child that belong to so many of its parent."""
    if not parent.qty_ordered:
        return ZERO
    return (units * child.qty_ordered / parent.qty_ordered).quantize(_PLACES).normalize()


def followers(order: Order, item: OrderItem, units: Decimal, deed: Deed) -> list[tuple[OrderItem, Decimal]]:
    """Children that go with units of their parent, as far as they are open.

    A configurable's child is in its parent's parcel and never counted as shipped itself.
    """
    if deed == "shipped" and item.product_type == CONFIGURABLE:
        return []
    counts = "is_shipped" if deed == "shipped" else "is_priced"
    found = []
    for child in children_of(order, item):
        rest = child.qty_ordered - getattr(child, f"qty_{deed}")
        part = min(share(child, item, units), rest)
        if not getattr(child, counts) and part > 0:
            found.append((child, part))
    return found


def lift_parents(order: Order, deed: Deed) -> None:
    """Parents whose children lead are as far as the slowest child."""
    counts = "is_shipped" if deed == "shipped" else "is_priced"
    for parent in order.items:
        children = children_of(order, parent)
        if children and not getattr(parent, counts):
            setattr(parent, f"qty_{deed}", _slowest(parent, children, deed))


def _slowest(parent: OrderItem, children: Sequence[OrderItem], deed: Deed) -> Decimal:
    done = [
        getattr(child, f"qty_{deed}") / child.qty_ordered
        for child in children
        if child.qty_ordered and (deed != "shipped" or not child.is_virtual)
    ]
    return (min(done, default=ZERO) * parent.qty_ordered).quantize(_PLACES).normalize()


def in_stock_terms(order: Order, item: OrderItem, units: Decimal) -> list[tuple[OrderItem, Decimal]]:
    """What leaves or comes back for units of a line: its children where it is made of some."""
    children = children_of(order, item)
    if not children:
        return [(item, units)]
    return [
        (child, part)
        for child in children
        if not child.is_shipped and not child.is_virtual and (part := share(child, item, units)) > 0
    ]
