"""An order placed as a real answer tells it: what the answer leaves open stays open. The caller commits.

What the mock has no place for is told; what would change the order's meaning is refused.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_amazon.marketplaces import BY_ID, Marketplace
from mock_amazon.models import Order, OrderItem, db
from mock_amazon.moments import now
from mock_amazon.ordering import life, orders
from mock_amazon.ordering.fact_rules import columns_and_facts
from mock_amazon.ordering.lifecycle import NotAllowed, Quantities, Status, left_quantities
from mock_amazon.ordering.placing import asin_of, free_label, free_number, market_of, purchased
from mock_amazon.wire.payload import read
from mock_amazon.wire.payload_checks import check_amounts
from mock_amazon.wire.payload_parts import Draft, DraftLine, UnusablePayload
from simkit.control import BadControl
from simkit.simulation import simulation

_AFTERWARDS = frozenset({Status.CANCELED, Status.UNFULFILLABLE, Status.INVOICE_UNCONFIRMED})
"""Statuses that an order can have whatever is shipped of it."""
_WITH_PACKAGES = frozenset({Status.SHIPPED, Status.PARTIALLY_SHIPPED})


def place_payload(wish: dict[str, Any]) -> tuple[Order, list[str]]:
    """The new order, and what of the answer is not kept.

    Raises BadControl; nothing is written then.
    """
    try:
        draft = read(wish["order"], wish["items"], wish["pick"])
        market = _market(wish, draft)
        told = draft.losses
        order = _order(wish, draft, market, told)
    except UnusablePayload as error:
        raise BadControl(f"{error.part}: {error}") from None
    db.session.add(order)
    _bring_to_its_status(order, draft)
    life.begin(order, None)
    return order, told


def _market(wish: dict[str, Any], draft: Draft) -> Marketplace:
    """Where it was sold, as the answer tells, or else as the store of the scenario does."""
    told = BY_ID[draft.marketplace_id].code if draft.marketplace_id else None
    wanted = wish["marketplace"]
    if told is None and wanted is None:
        raise UnusablePayload("it does not tell its marketplace: name a store")
    if told and wanted and told != wanted:
        raise UnusablePayload(f"it is an order of marketplace {told}, the store sells in {wanted}")
    market = market_of({**wish, "marketplace": told or wanted})
    check_amounts(draft, market)
    return market


def _order(wish: dict[str, Any], draft: Draft, market: Marketplace, told: list[str]) -> Order:
    number = draft.number
    if orders.find(number) is not None:
        number = free_number()
        told.append(f"the number {draft.number}, which is taken")
    order = Order(
        label=free_label(wish),
        amazon_order_id=number,
        seller_id=wish["seller"],
        marketplace_id=market.id,
        channel=draft.channel,
        status=draft.status,
        purchase_date=purchased(wish["placed"]),
        last_update=now(),
        service_level=draft.service_level,
        prime=draft.prime,
        business=draft.business,
        premium=draft.premium,
        replacement_of=draft.replacement_of,
        buyer_name=draft.buyer_name,
        buyer_email=draft.buyer_email,
        ship_to=dict(draft.ship_to),
        buyer_facts=dict(draft.buyer_facts),
        **columns_and_facts(draft.facts),
        document="",
    )
    order.items.extend(_item(line, told) for line in draft.lines)
    return order


def _item(line: DraftLine, told: list[str]) -> OrderItem:
    taken = select(OrderItem.id).where(OrderItem.order_item_id == line.item_id)
    free = line.item_id and db.session.scalar(taken) is None
    if not free:
        told.append(f"the number of item {line.item_id or 'without one'}, which is taken")
    return OrderItem(
        order_item_id=line.item_id if free else simulation().ids.digits("order_item_id", 14),
        sku=line.sku,
        seller_sku=line.sku,
        asin=line.asin or asin_of(line.sku),
        title=line.title,
        quantity=line.quantity,
        unit_price=line.unit_price,
        tax=line.tax,
        shipping=line.shipping,
        discount=line.discount,
        gift_wrap=line.gift_wrap,
        gift_message=line.gift_message,
        facts=dict(line.facts),
    )


def _bring_to_its_status(order: Order, draft: Draft) -> None:
    """Make the packages; the status has to be what they say."""
    ids = {line.item_id: item.order_item_id for line, item in zip(draft.lines, order.items, strict=True)}
    shipped = any(line.shipped for line in draft.lines)
    if shipped:
        order.status = Status.UNSHIPPED
        try:
            _pack(order, draft, ids)
        except NotAllowed as error:
            raise BadControl(f"order: its packages do not fit its items: {error}") from None
    if draft.status not in _AFTERWARDS:
        _check_status(order, draft.status, shipped=shipped)
    order.status = draft.status
    orders.touch(order)


def _check_status(order: Order, told: Status, *, shipped: bool) -> None:
    if shipped and order.status != told:
        raise BadControl(f"order: it is {told}, but by its shipped units it is {order.status}")
    if not shipped and told in _WITH_PACKAGES and any(order.ordered.values()):
        raise BadControl(f"order: it is {told}, but no unit of it is shipped")


def _pack(order: Order, draft: Draft, ids: dict[str, str]) -> None:
    for package in draft.packages:
        if foreign := sorted(set(package.contents) - set(ids)):
            raise NotAllowed(f"package {package.reference} has an item {foreign[0]!r}")
        contents = {ids[item]: units for item, units in package.contents.items() if units}
        if contents:
            orders.put_package(
                order,
                package.reference,
                contents,
                carrier=package.carrier,
                tracking=package.tracking,
                method=package.method,
            )
            order.packages[-1].status = package.status
    wanted: Quantities = {ids[line.item_id]: line.shipped for line in draft.lines}
    if rest := left_quantities(wanted, order.packed.values()):
        orders.ship_items(order, rest, None, None)  # v0 never tells its packages
