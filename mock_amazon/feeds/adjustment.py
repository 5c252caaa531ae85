"""POST_PAYMENT_ADJUSTMENT_DATA: the seller gives money of an order back, or cancels units of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from mock_amazon.feeds.envelope import child, children, text_of, units_of
from mock_amazon.feeds.lines import cancel_items
from mock_amazon.feeds.lookups import check_sellers, item_of, order_of
from mock_amazon.feeds.refunds import COMPONENTS, KEPT_BACK, REASONS, TAX_NOT_ELIGIBLE, TooMuch, added, check
from mock_amazon.feeds.results import Refused, incomplete
from mock_amazon.models import Order, OrderItem, Refund, db
from mock_amazon.moments import now
from mock_amazon.ordering.lifecycle import NotAllowed, shipped_quantities

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
_TAKEN_BACK = ("Principal", "Shipping")
"""What a promotion was for; its part of the refund is taken back with PromotionAdjustments."""


def adjust(seller_id: str, element: Element) -> list[str]:
    """Carry out an OrderAdjustment, all of it or nothing.

    Raises Refused.
    """
    order = order_of(seller_id, text_of(element, "AmazonOrderID"), text_of(element, "MerchantOrderID"))
    check_sellers(order)
    action = text_of(element, "ActionType")
    if action not in {"", "Refund", "Cancel"}:
        raise incomplete(f"ActionType: {action!r} is not Refund or Cancel")
    adjusted = list(children(element, "AdjustedItem"))
    if not adjusted:
        raise incomplete("AdjustedItem is missing")
    refunds: list[Refund] = []
    for each in adjusted:
        refunds.append(_refund(order, each, refunds))
    _cancel(order, refunds)
    db.session.add_all(refunds)
    return []


def _refund(order: Order, element: Element, earlier: list[Refund]) -> Refund:
    item = item_of(order, text_of(element, "AmazonOrderItemCode"), text_of(element, "MerchantOrderItemID"))
    before = [*_known(item), *(each for each in earlier if each.order_item_id == item.order_item_id)]
    reason, own_id = (
        text_of(element, "AdjustmentReason"),
        text_of(element, "MerchantAdjustmentItemID") or None,
    )
    if reason not in REASONS:
        raise incomplete(f"AdjustmentReason: {reason!r} is not one of {', '.join(REASONS)}")
    if own_id and (len(own_id) > 100 or any(each.adjustment_id == own_id for each in before)):  # noqa: PLR2004 - its column
        raise incomplete(f"MerchantAdjustmentItemID: {own_id!r} was used before or is too long")
    cancelled = units_of(element, "QuantityCancelled") or 0
    _check_quantity(order, item, units_of(element, "Quantity"))
    amounts = added(_components(order, element))
    _check_amounts(order, item, before, amounts, cancelled=cancelled)
    return Refund(
        order_id=order.id,
        order_item_id=item.order_item_id,
        adjustment_id=own_id,
        created=now(),
        reason=reason,
        quantity_cancelled=cancelled,
        amounts={name: order.marketplace.amount(amount) for name, amount in amounts.items()},
        total=sum(amounts.values(), Decimal(0)),
    )


def _known(item: OrderItem) -> list[Refund]:
    return list(db.session.scalars(select(Refund).where(Refund.order_item_id == item.order_item_id)))


def _check_quantity(order: Order, item: OrderItem, quantity: int | None) -> None:
    if quantity is not None and quantity > item.quantity:
        raise incomplete(f"Quantity: {quantity} of order {order.amazon_order_id}, which has {item.quantity}")


def _check_amounts(
    order: Order, item: OrderItem, before: list[Refund], asked: dict[str, Decimal], *, cancelled: int
) -> None:
    if not cancelled and not shipped_quantities(order.packed.values())[item.order_item_id]:
        raise incomplete("nothing of this item is shipped: the buyer has not been charged")
    if not cancelled and not asked:
        raise incomplete("there is neither an amount nor a QuantityCancelled")
    refunded = added({name: Decimal(text) for name, text in each.amounts.items()} for each in before)
    try:
        check(item, refunded, asked, tax_included=order.marketplace.tax_included)
    except TooMuch as error:
        raise (
            Refused(TAX_NOT_ELIGIBLE) if str(error) == TAX_NOT_ELIGIBLE else incomplete(str(error))
        ) from None


def _components(order: Order, element: Element) -> Iterator[dict[str, Decimal]]:
    prices = child(element, "ItemPriceAdjustments")
    for component in [] if prices is None else children(prices, "Component"):
        kind, amount = text_of(component, "Type"), _amount(order, component)
        if kind not in COMPONENTS:
            raise incomplete(f"Type: {kind!r} is not one of {', '.join(COMPONENTS)}")
        if amount < 0 and kind not in KEPT_BACK:
            raise incomplete(f"{kind}: {amount} is negative")
        yield {kind: -abs(amount) if kind in KEPT_BACK else amount}
    for promotion in children(element, "PromotionAdjustments"):
        for component in children(promotion, "Component"):
            kind, amount = text_of(component, "Type"), _amount(order, component)
            if kind not in _TAKEN_BACK:
                raise incomplete(f"promotion Type: {kind!r} is not one of {', '.join(_TAKEN_BACK)}")
            yield {f"Promotion{kind}": -abs(amount)}


def _amount(order: Order, component: Element) -> Decimal:
    element = child(component, "Amount")
    written = "" if element is None else (element.text or "").strip()
    currency = "" if element is None else element.get("currency", "")
    if not _AMOUNT.fullmatch(written):
        raise incomplete(f"Amount: {written!r} is not an amount")
    if currency != order.marketplace.currency:
        raise incomplete(f"Amount: the currency is {currency!r}, not {order.marketplace.currency}")
    amount = Decimal(written)
    if amount != round(amount, order.marketplace.decimals):
        raise incomplete(f"Amount: {written!r} has more decimals than {currency}")
    return amount


def _cancel(order: Order, refunds: list[Refund]) -> None:
    units: dict[str, int] = {}
    for refund in refunds:
        if refund.quantity_cancelled:
            units[refund.order_item_id] = units.get(refund.order_item_id, 0) + refund.quantity_cancelled
    if not units:
        return
    try:
        cancel_items(order, units)
    except NotAllowed as error:
        raise incomplete(str(error)) from None
