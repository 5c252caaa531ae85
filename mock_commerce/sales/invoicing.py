"""Invoices, always offline here: nothing of a payment provider is imitated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from mock_commerce import stock
from mock_commerce.errors import CommerceError
from mock_commerce.models import Invoice, Order, db
from mock_commerce.sales import book, failures, families, lifecycle
from mock_commerce.sales.papers import comment_rows, write
from mock_commerce.wire.documents import OPEN, PAID, Part, Sums, invoice_document
from mock_commerce.wire.order import rate_of
from mock_commerce.wire.values import in_both_currencies

PREFIX = "Invoice Document Validation Error(s):"
ZERO = Decimal(0)


def invoice(
    order: Order,
    units: Mapping[int, Decimal] | None = None,
    comment: str | None = None,
    visible: int = 0,
    *,
    paid: bool = True,
) -> Invoice:
    """Invoice some units, or all that are left; the money counts as paid or is due. The caller commits.

    Raises CommerceError with all that is wrong.
    """
    parts = _parts(order, units)
    if refusals := _refusals(order, units, parts):
        raise CommerceError("\n".join([PREFIX, *refusals]))
    sums = _sums(order, parts)
    row = book.new_document(Invoice, order)
    for part in parts:
        part.item.qty_invoiced += part.units
        if part.item.is_virtual and not part.item.has_children and order.touches_stock:
            _hand_over(order, part)
    families.lift_parents(order, "invoiced")
    _count(order, sums, paid=paid)
    row.state = PAID if paid else OPEN
    book.save(order, lifecycle.after_invoice(book.facts(order)))
    write(row, invoice_document(row, order, sums, comment_rows(row, comment, visible)))
    return row


def _count(order: Order, sums: Sums, *, paid: bool) -> None:
    """What is invoiced is what is paid, until an invoice stays open: then the order shows its own sum."""
    invoiced = Decimal(str(order.extra.get("total_invoiced", order.total_paid))) + sums.total
    order.total_paid += sums.total if paid else ZERO
    if invoiced != order.total_paid:
        shown = in_both_currencies({"total_invoiced": invoiced}, rate_of(order))
        order.extra = {**order.extra, **shown}


def _parts(order: Order, units: Mapping[int, Decimal] | None) -> list[Part]:
    parts = []
    for item in order.items:
        open_units = book.line_of(item).to_invoice
        wanted = open_units if units is None else book.units_of(item, units.get(item.item_id, ZERO))
        if wanted > open_units and open_units:
            raise CommerceError('We found an invalid quantity to invoice item "%1".', [item.name or item.sku])
        if min(wanted, open_units) > 0 and not item.extra.get("locked_do_invoice"):
            parts.append(Part(item, wanted, item.qty_invoiced))
            led = families.followers(order, item, wanted, "invoiced")
            parts.extend(Part(child, part, child.qty_invoiced) for child, part in led)
    return parts


def _refusals(order: Order, units: Mapping[int, Decimal] | None, parts: Sequence[Part]) -> list[str]:
    refusals = []
    if set(units or ()) - {item.item_id for item in order.items}:
        refusals.append("The invoice contains one or more items that are not part of the original order.")
    if not parts:
        refusals.append("The invoice can't be created without products. Add products and try again.")
    return [*refusals, *lifecycle.invoice_refusals(book.facts(order))]


def _sums(order: Order, parts: Sequence[Part]) -> Sums:
    """The first invoice carries shipping and gift wrap."""
    first = _is_first(order)
    return Sums(
        tuple(parts),
        shipping=order.shipping_amount if first else ZERO,
        gift_wrap=order.gift_wrap if first else ZERO,
    )


def _is_first(order: Order) -> bool:
    """Invoices that are only stored (magento2#4052) have neither counted units nor the shipping."""
    if order.total_paid:
        return False
    query = select(Invoice.entity_id).where(Invoice.order_id == order.entity_id).limit(1)
    return not any(item.qty_invoiced for item in order.items) or db.session.scalar(query) is None


def _hand_over(order: Order, part: Part) -> None:
    """Virtual units leave at the invoice, from the sources of the stock by their priority."""
    try:
        stock.take_by_priority(part.item.sku, part.units, stock.of_store(order.store_id))
    except stock.NotEnoughAtSource as reason:
        raise failures.not_saved("an invoice", reason) from reason
    stock.reserve(order, part.item.sku, part.units, "invoice_created")
