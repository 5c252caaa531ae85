"""What happens to orders, whoever asks for it: placed, confirmed, shipped, cancelled. The caller commits.

Every change bumps LastUpdateDate (creation counts as one) and renders the document anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from mock_amazon.models import Order, Package, PackageItem, Seller, db
from mock_amazon.moments import now
from mock_amazon.ordering import changes, regulated
from mock_amazon.ordering.lifecycle import (
    CancelledBy,
    NotAllowed,
    Quantities,
    Status,
    after_package,
    after_payment,
    check_follows,
    left_quantities,
)
from mock_amazon.switches import switches_of
from mock_amazon.wire.orders_2026 import render
from mock_amazon.wire.orders_v0 import render_v0
from simkit.simulation import simulation


def find(amazon_order_id: str, seller_id: str | None = None) -> Order | None:
    """The order of that number, of one seller where it matters who asks."""
    if not amazon_order_id.isprintable():  # PostgreSQL does not even look for a NUL
        return None
    statement = select(Order).where(Order.amazon_order_id == amazon_order_id)
    if seller_id is not None:
        statement = statement.where(Order.seller_id == seller_id)
    return db.session.scalar(statement)


def confirm(order: Order) -> None:
    """The payment is verified.

    Raises NotAllowed.
    """
    order.status = after_payment(order.state)
    touch(order)


def cancel(order: Order, *, by: CancelledBy | None = None, bump: bool = True) -> None:
    """Cancel what is left; ``bump=False`` leaves LastUpdateDate alone, as Amazon sometimes does (F12).

    Where nobody says who, it is the merchant whom the buyer asked, or the buyer. Raises NotAllowed.
    """
    check_follows(order.state, Status.CANCELED)
    order.status = Status.CANCELED
    for item in order.items:
        item.cancelled_by = item.cancelled_by or by
    touch(order, bump=bump and not _cancels_quietly(order))


def _cancels_quietly(order: Order) -> bool:
    seller = db.session.get(Seller, order.seller_id)
    return seller is not None and "cancel_without_bump" in switches_of(seller.switched).quirks


def expire_verification(order: Order) -> None:
    """Nobody verified the regulated order in time: it is cancelled.

    Raises NotAllowed.
    """
    half = regulated.regulated_half(order)
    if half is None:
        raise NotAllowed("the order has no regulated items: nothing of it can expire")
    regulated.expire(half)
    cancel(order, by=CancelledBy.AMAZON)


def ship_by_hand(
    order: Order, wanted: Iterable[tuple[str, int]] | None, carrier: str | None, tracking: str | None
) -> None:
    """A package made in Seller Central, or by Amazon for AFN.

    ``wanted``: (SKU, units) each; everything that is left if None.

    Raises NotAllowed.
    """
    left = left_quantities(order.ordered, order.packed.values())
    ship_items(order, left if wanted is None else _by_sku(order, wanted, left), carrier, tracking)


def ship_items(order: Order, contents: Quantities, carrier: str | None, tracking: str | None) -> None:
    """A package of these items under the next free reference; carrier and number are made up if not told.

    Raises NotAllowed.
    """
    if not contents:
        raise NotAllowed(f"the order is {order.status}: nothing is left to ship")
    put_package(
        order,
        _free_reference(order),
        contents,
        carrier=carrier or "UPS",
        tracking=tracking or f"1Z{simulation().ids.digits('tracking', 16)}",
    )


def fetch(order: Order, contents: Quantities, carrier: str) -> None:
    """These items leave with their buyer: a package that nobody can track.

    Raises NotAllowed.
    """
    put_package(order, _free_reference(order), contents, carrier=carrier, tracking="")


def _free_reference(order: Order) -> str:
    packed = order.packed
    return next(str(number) for number in itertools.count(1) if str(number) not in packed)


def put_package(
    order: Order,
    reference: str,
    contents: Quantities,
    *,
    carrier: str,
    tracking: str,
    shipped_at: datetime | None = None,
    method: str | None = None,
    codes: Mapping[str, list[str]] | None = None,
) -> None:
    """Add a package, or replace the one of that reference. It leaves now unless ``shipped_at`` says when.

    Raises NotAllowed, UnknownItem, TooMany, AlreadyFulfilled.
    """
    regulated.check_shippable(order)
    status = after_package(order.state, order.ordered, order.packed, reference, contents)
    package = next((known for known in order.packages if known.reference == reference), None)
    if package is None:
        package = Package(reference=reference, created=now(), status="SHIPPED")
        order.packages.append(package)
    else:
        package.contents.clear()
        db.session.flush()  # the old contents go before the new ones come
    package.carrier, package.tracking, package.shipping_method = carrier, tracking, method
    package.ship_date = shipped_at or now()
    for item_id, quantity in contents.items():
        package.contents.append(
            PackageItem(
                order_item_id=item_id, quantity=quantity, transparency_codes=(codes or {}).get(item_id, [])
            )
        )
    order.status = status
    touch(order)


def touch(order: Order, *, bump: bool = True) -> None:
    """Write the renderings anew, with the time of the change unless Amazon keeps quiet about it."""
    if bump:
        order.last_update = now()
    render(order)
    render_v0(order)
    changes.follow(order)


def _by_sku(order: Order, wanted: Iterable[tuple[str, int]], left: Mapping[str, int]) -> dict[str, int]:
    """Spread units of SKUs over the lines that have some left."""
    contents: dict[str, int] = {}
    for sku, units in wanted:
        items = [item for item in order.items if sku in {item.sku, item.seller_sku}]
        if not items:
            known = ", ".join(dict.fromkeys(item.sku for item in order.items))
            raise NotAllowed(f"SKU {sku!r} is not in the order: it has {known}")
        open_units = units
        for item in items:
            share = min(open_units, left.get(item.order_item_id, 0) - contents.get(item.order_item_id, 0))
            if share > 0:
                contents[item.order_item_id] = contents.get(item.order_item_id, 0) + share
                open_units -= share
        if open_units:
            raise NotAllowed(f"{open_units} units of SKU {sku!r} more than are left to ship")
    return contents
