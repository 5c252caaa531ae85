"""One invoice, shipment or credit memo; a shipment takes tracking that comes later."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mock_commerce.errors import CommerceError
from mock_commerce.models import Creditmemo, Invoice, Shipment, Source, db
from mock_commerce.sales import book, papers, tracks
from mock_commerce.web.order_view import view_of
from mock_commerce.web.paper_forms import CARRIERS, TrackForm
from mock_commerce.web.section import gone, refuse, section, succeed
from mock_commerce.web.words import CREDITMEMO_STATES, INVOICE_STATES

bp = section("admin_document")

_TOTALS = {
    "subtotal": "Subtotal",
    "discount_amount": "Discount",
    "shipping_amount": "Shipping & Handling",
    "tax_amount": "Tax",
    "adjustment_positive": "Adjustment Refund",
    "adjustment_negative": "Adjustment Fee",
    "grand_total": "Grand Total",
}
_ALWAYS = {"subtotal", "shipping_amount", "grand_total"}
_LESS = {"adjustment_negative"}


@bp.get("/sales/order_invoice/view/invoice_id/<int:entity_id>")
def invoice(entity_id: int) -> str:
    return _page("Invoice", papers.content_of(_found(Invoice, entity_id)), states=INVOICE_STATES)


@bp.get("/sales/order_creditmemo/view/creditmemo_id/<int:entity_id>")
def creditmemo(entity_id: int) -> str:
    return _page("Credit Memo", papers.content_of(_found(Creditmemo, entity_id)), states=CREDITMEMO_STATES)


@bp.get("/order_shipment/view/shipment_id/<int:entity_id>")
def shipment(entity_id: int) -> str:
    return _shipment(_found(Shipment, entity_id), TrackForm())


@bp.post("/order_shipment/view/shipment_id/<int:entity_id>")
def add_track(entity_id: int) -> tuple[str, int] | Response:
    """A tracking number for what was shipped without one."""
    row = _found(Shipment, entity_id)
    form = TrackForm(request.form)
    if form.validate():
        carrier = form.carrier.data
        given = {
            "order_id": row.order_id,
            "parent_id": row.entity_id,
            "track_number": form.number.data,
            "carrier_code": carrier,
            "title": form.title.data or CARRIERS[carrier],
        }
        try:
            tracks.save(given)
        except CommerceError as error:
            form.form_errors.append(refuse(error))
        else:
            succeed("You added the tracking number.")
            return redirect(url_for("admin_document.shipment", entity_id=entity_id), 303)
    return _shipment(row, form), 400


def _shipment(row: Shipment, form: TrackForm) -> str:
    content = papers.content_of(row)
    code = (content.get("extension_attributes") or {}).get("source_code")
    source = db.session.get(Source, code) if code else None
    return _page("Shipment", content, source=source.name if source else code, form=form, carriers=CARRIERS)


def _found(model: Any, entity_id: int) -> Any:
    try:
        return book.entity(model, entity_id)
    except CommerceError:
        gone("This document no longer exists.")


def _page(kind: str, content: dict[str, Any], **more: Any) -> str:
    order = book.get(content["order_id"])
    return render_template(
        "admin/document.html",
        kind=kind,
        paper=content,
        order=order,
        view=view_of(order),
        totals=_totals(content),
        **more,
    )


def _totals(content: dict[str, Any]) -> list[tuple[str, Decimal]]:
    """The rows of the totals; of those that few documents have only what there is."""
    amounts = {key: Decimal(str(content.get(key) or 0)) for key in _TOTALS}
    return [
        (_TOTALS[key], -amount if key in _LESS else amount)
        for key, amount in amounts.items()
        if amount or key in _ALWAYS
    ]
