"""Credit memos, offline: money back, and units back to stock where the caller says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mock_commerce import lifecycle, stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import Creditmemo, Order
from mock_commerce.sales import book
from mock_commerce.sales.invoicing import comments_of
from mock_commerce.webhooks import events
from mock_commerce.wire.documents import Part, Sums, creditmemo_document
from mock_commerce.wire.values import number
from simkit import jsons

PREFIX = "Creditmemo Document Validation Error(s):"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Wish:
    """A refund that somebody asks for. ``units`` None means everything that is invoiced."""

    units: Mapping[int, Decimal] | None = None
    shipping: Decimal | None = None
    adjustment: Decimal = ZERO
    back_to_stock: frozenset[int] = frozenset()
    comment: str | None = None


def refund(order: Order, wish: Wish) -> Creditmemo:
    """Make a credit memo. The caller commits.

    Raises CommerceError with all that is wrong.
    """
    parts = _parts(order, wish)
    sums = _sums(order, parts, wish)
    if refusals := _refusals(order, parts, sums):
        raise CommerceError("\n".join([PREFIX, *refusals]))
    for part in parts:
        _return(order, part, wish)
        part.item.qty_refunded += part.units
    order.total_refunded += sums.total
    order.shipping_refunded += sums.shipping
    row = _document(order, sums, wish.comment)
    book.save(order, lifecycle.after_refund(book.facts(order)))
    return row


def _parts(order: Order, wish: Wish) -> list[Part]:
    parts = []
    for item in order.items:
        open_units = book.line_of(item).to_refund
        wanted = open_units if wish.units is None else wish.units.get(item.item_id, ZERO)
        if wanted > open_units:
            raise CommerceError(f"{PREFIX}\n{_too_many(item.sku)}")
        if wanted > 0:
            parts.append(Part(item, wanted, item.qty_refunded))
    return parts


def _too_many(sku: str) -> str:
    return f'The quantity to refund must not be greater than the unrefunded quantity for product SKU "{sku}".'


def _sums(order: Order, parts: Sequence[Part], wish: Wish) -> Sums:
    rest = order.shipping_amount - order.shipping_refunded
    return Sums(
        tuple(parts),
        shipping=rest if wish.shipping is None else wish.shipping,
        gift_wrap=order.gift_wrap if order.total_refunded == 0 else ZERO,
        adjustment=wish.adjustment,
    )


def _refusals(order: Order, parts: Sequence[Part], sums: Sums) -> list[str]:
    refusals = lifecycle.creditmemo_refusals(book.facts(order))
    if not parts and sums.total <= 0:
        refusals.append("The creditmemo can't be created without products. Add products and try again.")
    refundable = order.total_paid - order.total_refunded
    if not refusals and sums.total > refundable:
        refusals.append(f"The most money available to refund is {number(refundable)}.")
    return refusals


def _return(order: Order, part: Part, wish: Wish) -> None:
    if not order.touches_stock or part.item.item_id not in wish.back_to_stock:
        return
    deducted = part.item.is_virtual or part.item.qty_shipped - part.item.qty_refunded >= part.units
    if deducted:
        stock.put_back(part.item.sku, stock.DEFAULT_SOURCE, part.units)
    else:
        stock.reserve(order, part.item.sku, part.units, "creditmemo_created")


def _document(order: Order, sums: Sums, comment: str | None) -> Creditmemo:
    row = book.new_document(Creditmemo, order)
    row.document = jsons.dump(creditmemo_document(row, order, sums, comments_of(row, comment)))
    events.saved(row)
    return row
