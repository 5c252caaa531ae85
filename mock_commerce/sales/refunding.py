"""Credit memos, offline: money back, and units back to stock where the caller says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import Creditmemo, Invoice, Order, OrderItem, db
from mock_commerce.sales import book, families, lifecycle, papers, parcels
from mock_commerce.sales.papers import comment_rows, write
from mock_commerce.wire.documents import PAID, Part, Sums, creditmemo_document
from mock_commerce.wire.values import number

PREFIX = "Creditmemo Document Validation Error(s):"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Wish:
    """A refund that somebody asks for. ``units`` None means everything that is invoiced."""

    units: Mapping[int, Decimal] | None = None
    shipping: Decimal | None = None
    adjustment: Decimal = ZERO
    fee: Decimal = ZERO
    back_to_stock: frozenset[int] = frozenset()
    comment: str | None = None
    visible: int = 0
    total: Decimal | None = None
    """The amount, where the caller says what it is."""
    invoice_id: int | None = None
    most: Mapping[int, Decimal] | None = None
    """Units that may be refunded at most, where an invoice sets a limit."""


def of_invoice(invoice: Invoice, wish: Wish) -> Wish:
    """The same refund, within the units of one invoice.

    Raises CommerceError for an invoice that is not paid.
    """
    if invoice.state != PAID:
        raise CommerceError(f"{PREFIX}\nWe can't create creditmemo for the invoice.")
    most: dict[int, Decimal] = {}
    for line in papers.content_of(invoice)["items"]:
        item_id = line.get("order_item_id") or 0
        most[item_id] = most.get(item_id, ZERO) + Decimal(str(line.get("qty") or 0))
    for memo in db.session.scalars(select(Creditmemo).where(Creditmemo.order_id == invoice.order_id)):
        content = papers.content_of(memo)
        for line in content["items"] if content.get("invoice_id") == invoice.entity_id else []:
            most[line["order_item_id"]] -= Decimal(str(line["qty"]))
    return replace(wish, invoice_id=invoice.entity_id, most=most)


def refund(order: Order, wish: Wish) -> Creditmemo:
    """Make a credit memo. The caller commits.

    Raises CommerceError with all that is wrong.
    """
    parts = _parts(order, wish)
    sums = _sums(order, parts, wish)
    if refusals := _refusals(order, parts, sums, wish):
        raise CommerceError("\n".join([PREFIX, *refusals]))
    for part in parts:
        _return(order, part, wish)
    for part in parts:
        part.item.qty_refunded += part.units
    families.lift_parents(order, "refunded")
    order.total_refunded += sums.total
    order.shipping_refunded += sums.shipping
    row = book.new_document(Creditmemo, order)
    book.save(order, lifecycle.after_refund(book.facts(order)))
    content = creditmemo_document(row, order, sums, comment_rows(row, wish.comment, wish.visible))
    write(row, content if wish.invoice_id is None else {**content, "invoice_id": wish.invoice_id})
    return row


def _parts(order: Order, wish: Wish) -> list[Part]:
    parts = []
    for item in order.items:
        wanted = _open_units(item, wish)
        if wish.units is not None:
            wanted = book.units_of(item, wish.units.get(item.item_id, ZERO))
        if wanted > 0 and item.is_priced:
            parts.append(Part(item, wanted, item.qty_refunded))
            led = families.followers(order, item, wanted, "refunded")
            parts.extend(Part(child, part, child.qty_refunded) for child, part in led)
    return parts


def _open_units(item: OrderItem, wish: Wish) -> Decimal:
    units = book.line_of(item).to_refund
    return units if wish.most is None else min(units, wish.most.get(item.item_id, ZERO))


def _too_many(sku: str) -> str:
    return f'The quantity to refund must not be greater than the unrefunded quantity for product SKU "{sku}".'


def _sums(order: Order, parts: Sequence[Part], wish: Wish) -> Sums:
    rest = order.shipping_amount - order.shipping_refunded
    if wish.shipping is not None and wish.shipping > rest:
        raise CommerceError("Maximum shipping amount allowed to refund is: %1", [f"${rest:,.2f}"])
    return Sums(
        tuple(parts),
        shipping=rest if wish.shipping is None else wish.shipping,
        gift_wrap=order.gift_wrap if order.total_refunded == 0 else ZERO,
        adjustment=wish.adjustment,
        fee=wish.fee,
        given=wish.total,
    )


def _refusals(order: Order, parts: Sequence[Part], sums: Sums, wish: Wish) -> list[str]:
    refusals = lifecycle.creditmemo_refusals(book.facts(order))
    refundable = order.total_paid - order.total_refunded
    if not refusals and sums.total > refundable:
        refusals.append(f"The most money available to refund is {number(refundable)}.")
    refusals.extend(
        _too_many(part.item.sku)
        for part in parts
        if part.item.is_priced and part.units > _open_units(part.item, wish)
    )
    known = {item.item_id for item in order.items}
    refusals.extend(
        f'The creditmemo contains product SKU "{item_id}" that is not part of the original order.'
        for item_id in wish.units or ()
        if item_id not in known
    )
    if not parts and sums.total <= 0:
        refusals.append("The creditmemo can't be created without products. Add products and try again.")
    elif sums.total < 0:
        refusals.append("The credit memo's total must be positive.")
    return refusals


def _return(order: Order, part: Part, wish: Wish) -> None:
    """Units that had left go back to where they came from; what was still held back is free again."""
    wanted = {part.item.item_id, part.item.parent_item_id} & wish.back_to_stock
    if not order.touches_stock or part.item.has_children or not wanted:
        return
    rest = part.units
    for source, units in _sent_from(order, part.item):
        back = min(rest, units)
        if back > 0:
            stock.put_back(part.item.sku, source, back)
            rest -= back
    if rest > 0:
        stock.reserve(order, part.item.sku, rest, "creditmemo_created")


def _sent_from(order: Order, item: OrderItem) -> list[tuple[str, Decimal]]:
    """Sources with the units that left them, without those that were refunded before; the first ones first.

    What is virtual, or had left before the order came here, counts as of the default source.
    """
    if item.is_virtual:
        return [(stock.DEFAULT_SOURCE, item.qty_invoiced)]
    found = parcels.sent_from(order, item)
    known = sum((units for _, units in found), ZERO)
    found.append((stock.DEFAULT_SOURCE, max(_sent(order, item) - known, ZERO)))
    refunded = item.qty_refunded
    rest = []
    for source, units in found:
        gone = min(refunded, units)
        refunded -= gone
        rest.append((source, units - gone))
    return rest


def _sent(order: Order, item: OrderItem) -> Decimal:
    """Shipped units; a configurable's child left in its parent's parcel."""
    parent = families.parent_of(order, item)
    if parent is None or parent.product_type != families.CONFIGURABLE:
        return item.qty_shipped
    return families.share(item, parent, parent.qty_shipped)
